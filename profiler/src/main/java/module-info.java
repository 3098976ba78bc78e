/** From events to numbers: profiles and their breakdown. */
module ringside.profiler {
    requires transitive ringside.emulator;
    requires com.fasterxml.jackson.core;

    exports ringside.profiler.profile;
}
