/** From events to numbers: profiles and their breakdown. */
module ringside.profiler {
    requires transitive ringside.emulator;

    exports ringside.profiler.profile;
}
