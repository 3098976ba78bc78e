package ringside.emulator.device.virtio;

import java.io.IOException;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.pages.PageMap;
import ringside.emulator.pages.SharedPages;
import ringside.emulator.state.StateException;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/**
 * A disk that keeps what is written in memory and leaves the disk below it as it is: what changed goes with the
 * machine's state, and many machines may have the same disk below.
 */
public final class OverlayDisk implements BlockBackend {
    private static final int BLOCK = GuestRam.PAGE;
    private static final int BLOCK_SECTORS = BLOCK / SECTOR;

    private final BlockBackend below;
    private final int mostBlocks;
    private final SharedPages blocks;

    /**
     * Makes an overlay with nothing changed.
     *
     * @param below     the disk whose sectors show where nothing was written; only read, and closed with this one
     * @param mostBytes how much may change; a write beyond is an error that the guest sees
     */
    public OverlayDisk(final BlockBackend below, final long mostBytes) {
        this.below = below;
        mostBlocks = (int) Math.min(mostBytes / BLOCK, Integer.MAX_VALUE);
        blocks = new SharedPages(below.sectors() * SECTOR, true);
    }

    /** {@return bytes of memory that changes take} */
    public long changedBytes() {
        return (long) blocks.used() * BLOCK;
    }

    @Override
    public long sectors() {
        return below.sectors();
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public boolean restorable() {
        return below.readOnly() || below.restorable();
    }

    @Override
    public void read(final long sector, final byte[] into, final int length) throws IOException {
        below.read(sector, into, length);
        blocks.read(sector * SECTOR, into, length);
    }

    @Override
    public void write(final long sector, final byte[] from, final int length) throws IOException {
        blocks.write(sector * SECTOR, from, length, this::belowBlock);
    }

    private byte[] belowBlock(final int number) throws IOException {
        if (blocks.used() >= mostBlocks) {
            throw new IOException("an overlay keeps " + (long) mostBlocks * BLOCK + " bytes of changes");
        }
        final byte[] block = new byte[BLOCK];
        final long first = (long) number * BLOCK_SECTORS;
        below.read(first, block, (int) Math.min(BLOCK_SECTORS, sectors() - first) * SECTOR);
        return block;
    }

    @Override
    public void flush() {
        // Changes are in memory, and nothing is promised of them beyond the machine's state.
    }

    @Override
    public void close() {
        below.close();
    }

    @Override
    public void save(final StateWriter out) {
        out.section("overlay-disk").i64(sectors());
        below.save(out);
    }

    @Override
    public void load(final StateReader in) {
        in.section("overlay-disk");
        if (in.i64() != sectors()) {
            throw in.refused("the state is of a disk of another size");
        }
        below.load(in);
    }

    /** What was written, zeros or not: a block counts against the bound from its first write on. */
    @Override
    public PageMap pages() {
        return blocks.take();
    }

    @Override
    public void load(final PageMap pages) {
        if (pages.used() > mostBlocks) {
            throw new StateException("pages", "an overlay keeps " + mostBlocks + " blocks: pages=" + pages.used());
        }
        blocks.restore(pages);
    }
}
