/** User programs of Bantam that Java generates: a method a system call, over the toolchain's code builder. */
package ringside.kernel.user;
