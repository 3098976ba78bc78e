package ringside.profiler.model;

/** What kept an instruction from retiring in the cycle of the one before it. Ids are stored in files: never reused. */
public enum Cause {
    /** As fast as the core is wide. */
    WIDTH(1, "width"),
    /** A result that it needs was not ready. */
    DEPENDENCY(2, "dependency"),
    /** All ports that can do it were taken. */
    PORT(3, "port"),
    /** A queue or the reorder buffer was full. */
    QUEUE(4, "queue"),
    /** The front end delivered it late: a taken branch, a narrow decoder. */
    FRONT_END(5, "front end"),
    /** Its bytes were not in the first instruction cache. */
    CODE_MISS(6, "code miss"),
    /** A branch before it was mispredicted. */
    MISPREDICT(7, "mispredict"),
    /** Its own computation takes long. */
    LATENCY(8, "latency"),
    /** Data came from the first cache, or from a store before it. */
    L1(9, "L1"),
    /** Data came from the second cache. */
    L2(10, "L2"),
    /** Data came from the last cache. */
    L3(11, "L3"),
    /** Data came from memory. */
    DRAM(12, "DRAM"),
    /** Data, or the right to write it, came from another core. */
    COHERENCE(13, "coherence"),
    /** A serialising or privileged instruction, by the table of its cost. */
    SERIAL(14, "serial"),
    /** A LOCK operation or a fence. */
    LOCK(15, "lock"),
    /** The delivery of an exception or interrupt. */
    EVENT(16, "event"),
    /** The CPU waited for an interrupt. */
    IDLE(17, "idle"),
    /** Its address, or that of its data, had to be translated: by the second TLB or a walk of the page tables. */
    TLB(18, "TLB walk");

    private final int id;
    private final String title;

    Cause(final int id, final String title) {
        this.id = id;
        this.title = title;
    }

    /** {@return the number that stands for this cause in files} */
    public int id() {
        return id;
    }

    /** {@return in words, for tables} */
    public String title() {
        return title;
    }
}
