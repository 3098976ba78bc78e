/**
 * A virtio disk and what is behind it (Virtual I/O Device specification 1.1). Depends on the bus's roles, the clock and
 * the state only.
 *
 * <pre>
 *   PciFunction ── ModernWindow, LegacyWindow ── VirtioCore ── Virtqueue ── guest memory
 *                                                    └──────── BlockRequests ── BlockBackend
 * </pre>
 */
package ringside.emulator.device.virtio;
