/**
 * The generated fast paths, rings and queues: routines that Java emits into the same slots that assembly can fill,
 * under the same contracts, for the sizes and lengths that a configuration has.
 */
package ringside.fastpath.codegen;
