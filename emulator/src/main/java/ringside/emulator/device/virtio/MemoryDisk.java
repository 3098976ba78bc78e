package ringside.emulator.device.virtio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.pages.PageMap;
import ringside.emulator.pages.SharedPages;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** A disk in the host's memory; its content goes with the machine's state, and takes none where it is zeros. */
public final class MemoryDisk implements BlockBackend {
    private final int bytes;
    private final SharedPages content;

    /**
     * Makes a disk.
     *
     * @param content its sectors, copied: a multiple of {@link #SECTOR} bytes, at least one
     */
    public MemoryDisk(final byte[] content) {
        bytes = content.length;
        if (bytes == 0 || bytes % SECTOR != 0) {
            throw new IllegalArgumentException("a disk is whole sectors: bytes=" + bytes);
        }
        this.content = new SharedPages(bytes, false);
        write(0, content, bytes);
        this.content.take();
    }

    /** {@return a copy of all sectors} */
    public byte[] content() {
        final byte[] copy = new byte[bytes];
        content.read(0, copy, bytes);
        return copy;
    }

    @Override
    public long sectors() {
        return bytes / SECTOR;
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
    public void read(final long sector, final byte[] into, final int length) {
        Arrays.fill(into, 0, length, (byte) 0);
        content.read(sector * SECTOR, into, length);
    }

    @Override
    public void write(final long sector, final byte[] from, final int length) {
        try {
            content.write(sector * SECTOR, from, length, number -> new byte[GuestRam.PAGE]);
        } catch (final IOException impossible) {
            throw new UncheckedIOException("memory cannot fail", impossible);
        }
    }

    @Override
    public void flush() {
        // There is nothing that this memory would outlive.
    }

    @Override
    public void save(final StateWriter out) {
        out.section("memory-disk").i64(sectors());
    }

    @Override
    public void load(final StateReader in) {
        final long saved = in.section("memory-disk").i64();
        if (saved != sectors()) {
            throw in.refused("a disk has " + sectors() + " sectors: sectors=" + saved);
        }
    }

    @Override
    public PageMap pages() {
        return content.take();
    }

    @Override
    public void load(final PageMap pages) {
        content.restore(pages);
    }
}
