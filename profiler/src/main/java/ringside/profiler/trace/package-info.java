/**
 * Recorded runs as files: written while a machine runs, read, shown and compared without one. Nothing here needs the
 * engine.
 */
package ringside.profiler.trace;
