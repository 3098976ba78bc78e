/** Bantam: its ABI and layouts, its assembly, the build of its image from named features, user programs from Java. */
module ringside.kernel {
    requires transitive ringside.toolchain;

    exports ringside.kernel.abi;
    exports ringside.kernel.build;
    exports ringside.kernel.user;
}
