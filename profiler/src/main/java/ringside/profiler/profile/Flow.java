package ringside.profiler.profile;

/** What an instruction does to the stack of calls. */
public enum Flow {
    /** Nothing: it goes on, or jumps. */
    NONE,
    /** It pushes a return address and jumps. */
    CALL,
    /** It pops a return address and jumps there. */
    RETURN,
    /** It goes back from an interrupt, an exception or a system call: IRET, SYSRET, SYSEXIT. */
    LEAVE;

    /**
     * {@return what an instruction does}
     *
     * @param mnemonic Intel's, in lower case, with its prefixes
     */
    public static Flow of(final String mnemonic) {
        return switch (mnemonic.substring(mnemonic.lastIndexOf(' ') + 1)) {
            case "call", "lcall" -> CALL;
            case "ret", "retf", "retfq" -> RETURN;
            case "iret", "iretd", "iretq", "sysret", "sysretq", "sysexit", "sysexitq" -> LEAVE;
            default -> NONE;
        };
    }
}
