/** Bantam: its ABI and layouts, its assembly, and the build of its image from named features. */
module ringside.kernel {
    requires transitive ringside.toolchain;

    exports ringside.kernel.abi;
    exports ringside.kernel.build;
    exports ringside.kernel.user;
}
