package ringside.emulator.timing;

/** What instructions cost in cycles. A model has a name and a version; results carry both. */
public interface TimingModel {
    /** {@return name and version, e.g. {@code unit-1}; changes whenever any cost changes} */
    String id();

    /**
     * {@return the cycles one execution of an instruction takes, at least 1}
     *
     * @param address virtual
     * @param length  bytes
     */
    int cycles(long address, int length);
}
