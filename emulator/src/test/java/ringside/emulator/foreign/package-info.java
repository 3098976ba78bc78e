/** Kernels that this project did not write: what they say here and in QEMU. */
package ringside.emulator.foreign;
