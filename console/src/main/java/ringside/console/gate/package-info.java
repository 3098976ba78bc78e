/**
 * The gate's other half: what a gate file asks for, measured. Bantam's calls, experiments of the laboratory, paths
 * through kernels of others, and scripts.
 */
package ringside.console.gate;
