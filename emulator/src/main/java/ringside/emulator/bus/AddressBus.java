package ringside.emulator.bus;

import java.util.Map;
import java.util.TreeMap;

/** Disjoint ranges of addresses, each owned by one device. Where nobody answers, reads are all ones. */
public final class AddressBus {
    private static final long NOBODY = -1;

    private record Range(long base, long size, BusDevice device) {
    }

    private final TreeMap<Long, Range> ranges = new TreeMap<>();

    /** Makes a bus without devices. */
    public AddressBus() {
    }

    /**
     * Gives a range to a device.
     *
     * @param base   first address
     * @param size   how many, at least 1
     * @param device answers there
     */
    public void map(final long base, final long size, final BusDevice device) {
        if (!offer(base, size, device)) {
            throw new IllegalArgumentException("two devices want one address: base=" + base + " size=" + size
                    + " other=" + ranges.lowerEntry(base + size).getValue().base);
        }
    }

    /**
     * Gives a range to a device unless another one has a part of it.
     *
     * @param base   first address
     * @param size   how many, at least 1
     * @param device answers there
     * @return whether it does
     */
    public boolean offer(final long base, final long size, final BusDevice device) {
        if (size <= 0 || base < 0 || base + size < base) {
            throw new IllegalArgumentException("a device has a range: base=" + base + " size=" + size);
        }
        final Map.Entry<Long, Range> below = ranges.lowerEntry(base + size);
        if (below != null && below.getValue().base + below.getValue().size > base) {
            return false;
        }
        ranges.put(base, new Range(base, size, device));
        return true;
    }

    /**
     * Takes a range back; nobody answers there then.
     *
     * @param base first address of a range that was given
     */
    public void remove(final long base) {
        if (ranges.remove(base) == null) {
            throw new IllegalArgumentException("no range begins there: base=" + base);
        }
    }

    /**
     * {@return the value read, all ones where no device answers}
     *
     * @param address first byte
     * @param size    bytes: 1, 2, 4 or 8
     */
    public long read(final long address, final int size) {
        final Range range = find(address, size);
        final long value = range == null ? NOBODY : range.device.read((int) (address - range.base), size);
        return size == Long.BYTES ? value : value & (1L << size * Byte.SIZE) - 1;
    }

    /**
     * Writes; nothing happens where no device answers.
     *
     * @param address first byte
     * @param size    bytes: 1, 2, 4 or 8
     * @param value   in the low bytes
     */
    public void write(final long address, final int size, final long value) {
        final Range range = find(address, size);
        if (range != null) {
            range.device.write((int) (address - range.base), size, value);
        }
    }

    private Range find(final long address, final int size) {
        final Map.Entry<Long, Range> below = ranges.floorEntry(address);
        if (below == null) {
            return null;
        }
        final Range range = below.getValue();
        return address - range.base <= range.size - size ? range : null;
    }
}
