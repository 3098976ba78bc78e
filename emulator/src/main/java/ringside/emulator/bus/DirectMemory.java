package ringside.emulator.bus;

/** RAM as a bus-mastering device sees it: copies in and out by physical address. */
public interface DirectMemory {
    /**
     * Copies from RAM.
     *
     * @param physical first byte
     * @param into     receives
     * @param offset   in {@code into}
     * @param length   bytes
     * @return whether all of it is RAM; if not, nothing is copied
     */
    boolean read(long physical, byte[] into, int offset, int length);

    /**
     * Copies to RAM. Code that a CPU translated from there is forgotten.
     *
     * @param physical first byte
     * @param from     gives
     * @param offset   in {@code from}
     * @param length   bytes
     * @return whether all of it is RAM; if not, nothing is copied
     */
    boolean write(long physical, byte[] from, int offset, int length);
}
