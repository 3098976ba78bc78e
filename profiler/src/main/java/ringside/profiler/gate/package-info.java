/**
 * The gate: what paths cost, held against what a baseline says they cost. Values, files and their comparison; nothing
 * here knows how a path is measured, and nothing needs a native library.
 */
package ringside.profiler.gate;
