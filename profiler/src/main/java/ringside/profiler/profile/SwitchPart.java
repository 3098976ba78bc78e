package ringside.profiler.profile;

/** What the time of a context switch is spent on, in the order in which a switch goes through it. */
public enum SwitchPart {
    /** The CPU's own way into the kernel: SYSCALL, or the delivery of an exception or interrupt. */
    ENTRY("entry"),
    /** The kernel keeps the registers of the thread that it leaves. */
    SAVE("save"),
    /** Checks, and the choice of the thread that runs next. */
    SCHEDULING("scheduling"),
    /** What the kernel was entered for: an IPC call's queues, its link for the reply, its words; a fault's report. */
    SERVICE("service"),
    /** The instruction that changes the page-table root. */
    SPACE("address space"),
    /** The kernel loads the registers of the thread that it goes to. */
    RESTORE("restore"),
    /** The last instruction in the kernel: SYSRET, IRET. */
    RETURN("return"),
    /** Misses of the thread that runs then, as {@link SwitchProfiler} defines them. */
    MISSES("misses after");

    private final String title;

    SwitchPart(final String title) {
        this.title = title;
    }

    /** {@return in words, for tables} */
    public String title() {
        return title;
    }
}
