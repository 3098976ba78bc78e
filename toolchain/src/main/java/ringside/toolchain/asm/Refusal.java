package ringside.toolchain.asm;

/** A reason to refuse the line at hand; whoever knows the line turns it into an {@link AsmException}. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(final String reason) {
        super(reason, null, false, false);
    }
}
