/** The machine: one stream of events over a native CPU engine. Knows images, never a particular kernel. */
module ringside.emulator {
    requires transitive ringside.toolchain;

    exports ringside.emulator.event;
}
