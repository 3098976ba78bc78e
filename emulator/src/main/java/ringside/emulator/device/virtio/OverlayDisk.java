package ringside.emulator.device.virtio;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/**
 * A disk that keeps what is written in memory and leaves the disk below it as it is: what changed goes with the
 * machine's state, and many machines may have the same disk below.
 */
public final class OverlayDisk implements BlockBackend {
    private static final int BLOCK = 8 * SECTOR;
    private static final int BLOCK_SECTORS = BLOCK / SECTOR;

    private final BlockBackend below;
    private final long mostBlocks;
    private final TreeMap<Long, byte[]> blocks = new TreeMap<>();
    private final byte[] sectorBuffer = new byte[SECTOR];
    private long version;

    /**
     * Makes an overlay with nothing changed.
     *
     * @param below     the disk whose sectors show where nothing was written; only read, and closed with this one
     * @param mostBytes how much may change; a write beyond is an error that the guest sees
     */
    public OverlayDisk(final BlockBackend below, final long mostBytes) {
        this.below = below;
        mostBlocks = mostBytes / BLOCK;
    }

    /** {@return bytes of memory that changes take} */
    public long changedBytes() {
        return (long) blocks.size() * BLOCK;
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
    public long version() {
        return version;
    }

    @Override
    public void read(final long sector, final byte[] into, final int length) throws IOException {
        below.read(sector, into, length);
        for (int done = 0; done < length; done += SECTOR) {
            final long at = sector + done / SECTOR;
            final byte[] block = blocks.get(at / BLOCK_SECTORS);
            if (block != null) {
                System.arraycopy(block, (int) (at % BLOCK_SECTORS) * SECTOR, into, done, SECTOR);
            }
        }
    }

    @Override
    public void write(final long sector, final byte[] from, final int length) throws IOException {
        version++;
        for (int done = 0; done < length; done += SECTOR) {
            final long at = sector + done / SECTOR;
            System.arraycopy(from, done, block(at / BLOCK_SECTORS), (int) (at % BLOCK_SECTORS) * SECTOR, SECTOR);
        }
    }

    private byte[] block(final long number) throws IOException {
        final byte[] known = blocks.get(number);
        if (known != null) {
            return known;
        }
        if (blocks.size() >= mostBlocks) {
            throw new IOException("an overlay keeps " + mostBlocks * BLOCK + " bytes of changes");
        }
        final byte[] block = new byte[BLOCK];
        final long first = number * BLOCK_SECTORS;
        for (int i = 0; i < BLOCK_SECTORS && first + i < sectors(); i++) {
            below.read(first + i, sectorBuffer, SECTOR);
            System.arraycopy(sectorBuffer, 0, block, i * SECTOR, SECTOR);
        }
        blocks.put(number, block);
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
        out.section("overlay-disk").i64(sectors()).i64(blocks.size());
        for (final Map.Entry<Long, byte[]> block : blocks.entrySet()) {
            out.i64(block.getKey()).bytes(block.getValue());
        }
        below.save(out);
    }

    @Override
    public void load(final StateReader in) {
        version++;
        in.section("overlay-disk");
        if (in.i64() != sectors()) {
            throw in.refused("the state is of a disk of another size");
        }
        blocks.clear();
        final long count = in.i64(0, mostBlocks);
        for (long i = 0; i < count; i++) {
            final long number = in.i64(0, (sectors() - 1) / BLOCK_SECTORS);
            final byte[] block = in.bytes(BLOCK);
            if (block.length != BLOCK || !blocks.isEmpty() && blocks.lastKey() >= number) {
                throw in.refused("blocks are whole and in order: number=" + number);
            }
            blocks.put(number, block);
        }
        below.load(in);
    }
}
