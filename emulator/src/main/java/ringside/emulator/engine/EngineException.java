package ringside.emulator.engine;

/** The native engine failed, or is not the one that was tested; never the guest's fault. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes a failed operation.
     *
     * @param operation what was asked of the engine
     * @param status    the engine's own word for what went wrong
     * @param rip       where the guest was, virtual; 0 before it runs
     */
    public EngineException(final String operation, final String status, final long rip) {
        super("the CPU engine failed: operation=" + operation + " status=" + status
                + " rip=0x" + Long.toHexString(rip));
    }

    /**
     * Describes a callback that threw while the engine ran.
     *
     * @param operation what the engine had called
     * @param cause     what it threw
     */
    public EngineException(final String operation, final Throwable cause) {
        super("a callback of the CPU engine failed: operation=" + operation + " cause=" + cause, cause);
    }
}
