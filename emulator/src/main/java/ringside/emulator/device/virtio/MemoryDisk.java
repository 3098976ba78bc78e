package ringside.emulator.device.virtio;

import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** A disk in the host's memory; its content goes with the machine's state. */
public final class MemoryDisk implements BlockBackend {
    private final byte[] content;
    private long version;

    /**
     * Makes a disk.
     *
     * @param content its sectors, copied: a multiple of {@link #SECTOR} bytes, at least one
     */
    public MemoryDisk(final byte[] content) {
        if (content.length == 0 || content.length % SECTOR != 0) {
            throw new IllegalArgumentException("a disk is whole sectors: bytes=" + content.length);
        }
        this.content = content.clone();
    }

    /** {@return a copy of all sectors} */
    public byte[] content() {
        return content.clone();
    }

    @Override
    public long sectors() {
        return content.length / SECTOR;
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public boolean restorable() {
        return true;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public void read(final long sector, final byte[] into, final int length) {
        System.arraycopy(content, (int) sector * SECTOR, into, 0, length);
    }

    @Override
    public void write(final long sector, final byte[] from, final int length) {
        version++;
        System.arraycopy(from, 0, content, (int) sector * SECTOR, length);
    }

    @Override
    public void flush() {
        // There is nothing that this memory would outlive.
    }

    @Override
    public void save(final StateWriter out) {
        out.section("memory-disk").bytes(content);
    }

    @Override
    public void load(final StateReader in) {
        version++;
        final byte[] saved = in.section("memory-disk").bytes(content.length);
        if (saved.length != content.length) {
            throw in.refused("a disk has " + content.length + " bytes: bytes=" + saved.length);
        }
        System.arraycopy(saved, 0, content, 0, saved.length);
    }
}
