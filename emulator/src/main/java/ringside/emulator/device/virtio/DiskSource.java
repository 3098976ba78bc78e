package ringside.emulator.device.virtio;

/** Where a machine gets a disk from. Two machines never share one: each opens its own. */
@FunctionalInterface
public interface DiskSource {
    /**
     * Opens the disk.
     *
     * @return the disk; whoever asked closes it
     * @throws DiskImageException when it cannot be a disk
     */
    BlockBackend open();
}
