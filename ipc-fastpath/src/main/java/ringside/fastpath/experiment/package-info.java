/**
 * Experiments: the same workload on images that differ in one feature, and what each path of it costs.
 *
 * <p>Knows the kernel and its bench program; knows no table, no file format and no terminal.
 */
package ringside.fastpath.experiment;
