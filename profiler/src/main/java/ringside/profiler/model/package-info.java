/**
 * Cycle models: what a processor of a given make would take for the instructions that a machine ran. Models follow the
 * event stream; they read no clock and change nothing.
 */
package ringside.profiler.model;
