/** The laboratory: generated fast paths, experiments and their variants. */
module ringside.fastpath {
    requires transitive ringside.kernel;
    requires transitive ringside.profiler;

    exports ringside.fastpath.claim;
    exports ringside.fastpath.codegen;
    exports ringside.fastpath.experiment;
    exports ringside.fastpath.interleave;
    exports ringside.fastpath.lab;
    exports ringside.fastpath.view;
}
