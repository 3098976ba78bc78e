package ringside.emulator.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Counts the stores to some bytes of RAM, by whichever CPU, page walk, device or host, at no cost for all others.
 *
 * <p>Their pages are in the maps as ones that somebody translated from ({@link TranslatedCode}), so every CPU looks
 * before it stores there; machine code then counts here.
 */
public final class StoreWatch {
    /** Where the first byte's address is, in the record that engines read. */
    public static final int FIRST = 0;
    /** Where the last one's is. */
    public static final int LAST = 8;
    /** Where the count is. */
    public static final int COUNT = 16;

    private static final int BYTES = 24;
    private static final long NOWHERE = -1;

    private final TranslatedCode code;
    private final MemorySegment record;
    private int place;

    StoreWatch(final TranslatedCode code, final Arena arena) {
        this.code = code;
        record = arena.allocate(BYTES, Long.BYTES);
        record.set(ValueLayout.JAVA_LONG, FIRST, NOWHERE);
        place = -1;
    }

    /** {@return the record, for engines' machine code} */
    public MemorySegment record() {
        return record;
    }

    /**
     * Watches some bytes from here on, in place of those before.
     *
     * @param physical the first one
     * @param bytes    how many, at least 1, all of it in RAM
     */
    public void begin(final long physical, final long bytes) {
        end();
        place = code.add(new TranslatedCode.Holder() {
            @Override
            public void forget(final long first, final long length) {
                // Nothing was translated.
            }

            @Override
            public void watchStores(final long first, final long length) {
                // No store is this one's.
            }
        });
        record.set(ValueLayout.JAVA_LONG, FIRST, physical);
        record.set(ValueLayout.JAVA_LONG, LAST, physical + bytes - 1);
        for (long page = physical / GuestRam.PAGE; page <= (physical + bytes - 1) / GuestRam.PAGE; page++) {
            code.held(place, page);
        }
    }

    /** Watches nothing. */
    public void end() {
        if (place >= 0) {
            record.set(ValueLayout.JAVA_LONG, FIRST, NOWHERE);
            record.set(ValueLayout.JAVA_LONG, LAST, 0);
            code.remove(place);
            place = -1;
        }
    }

    /** {@return how many stores were counted since the RAM was made} */
    public long count() {
        return record.get(ValueLayout.JAVA_LONG, COUNT);
    }

    /** A device or the host wrote. */
    void written(final long physical, final long bytes) {
        if (place >= 0 && physical <= record.get(ValueLayout.JAVA_LONG, LAST)
                && physical + bytes > record.get(ValueLayout.JAVA_LONG, FIRST)) {
            record.set(ValueLayout.JAVA_LONG, COUNT, count() + 1);
        }
    }
}
