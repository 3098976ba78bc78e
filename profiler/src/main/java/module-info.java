/** From events to numbers: profiles and their breakdown, and cycle models. */
module ringside.profiler {
    requires transitive ringside.emulator;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.toml;

    exports ringside.profiler.calibrate;
    exports ringside.profiler.profile;
    exports ringside.profiler.model;
}
