/**
 * Content in pages of 4 KiB, of RAM and of disks, as immutable trees that share what is the same in them.
 *
 * <p>Knows no machine and no device, and nothing of where pages are kept.
 */
package ringside.emulator.pages;
