/**
 * The generated fast paths: routines that Java emits into the same slots that assembly can fill, under the same
 * contracts.
 */
package ringside.fastpath.codegen;
