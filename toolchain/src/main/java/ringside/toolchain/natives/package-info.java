/**
 * Finds the native libraries on this machine, and refuses one that is not the pinned build.
 *
 * <p>Knows where libraries lie and what they hash to, nothing of what is inside them; depends on no other package.
 */
package ringside.toolchain.natives;
