package ringside.emulator.device.virtio;

import java.io.IOException;
import ringside.emulator.pages.Paged;

/**
 * Sectors that a disk consists of. Whoever calls keeps within them.
 *
 * <p>As {@link Paged} it saves what a guest changed, if it {@link #restorable} can: what kind of disk it is in bytes,
 * and sectors in pages of eight.
 */
public interface BlockBackend extends Paged, AutoCloseable {
    /** Bytes of a sector. */
    int SECTOR = 512;

    /** {@return how many sectors there are; never another number} */
    long sectors();

    /** {@return whether writing is refused} */
    boolean readOnly();

    /** {@return whether what it saves brings every sector back to what it was} */
    boolean restorable();

    /**
     * Reads whole sectors.
     *
     * @param sector the first
     * @param into   receives
     * @param length bytes from the beginning of {@code into}, a multiple of {@link #SECTOR}
     * @throws IOException when the host cannot
     */
    void read(long sector, byte[] into, int length) throws IOException;

    /**
     * Writes whole sectors.
     *
     * @param sector the first
     * @param from   gives
     * @param length bytes from the beginning of {@code from}, a multiple of {@link #SECTOR}
     * @throws IOException when the host cannot, or it is read only
     */
    void write(long sector, byte[] from, int length) throws IOException;

    /**
     * Comes back when what was written would outlive the host's crash.
     *
     * @throws IOException when the host cannot
     */
    void flush() throws IOException;

    /** Gives back what it holds of the host; nothing is asked of it afterwards. */
    @Override
    default void close() {
        // Memory needs no giving back.
    }
}
