/**
 * Cycle models held against the host's CPU: small routines that run on both, how long they take here, and what a model
 * says of them.
 */
package ringside.profiler.calibrate;
