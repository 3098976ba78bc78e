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

    /**
     * {@return what the disk holds at first, whatever it is called: equal for equal disks}
     *
     * @throws DiskImageException when it cannot be read
     */
    default String identity() {
        return "unnamed";
    }
}
