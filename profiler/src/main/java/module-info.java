/** From events to numbers: profiles and their breakdown, exports, and cycle models. */
module ringside.profiler {
    requires transitive ringside.emulator;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.toml;
    requires com.google.protobuf;
    requires HdrHistogram;
    requires it.unimi.dsi.fastutil.core;
    requires io.github.javadiffutils;
    requires java.xml;

    exports ringside.profiler.calibrate;
    exports ringside.profiler.export;
    exports ringside.profiler.gate;
    exports ringside.profiler.model;
    exports ringside.profiler.profile;
    exports ringside.profiler.replay;
    exports ringside.profiler.toml;
    exports ringside.profiler.trace;
}
