package ringside.toolchain.asm;

/**
 * What goes between the assembler and its child, in {@link java.io.DataOutputStream}'s encoding.
 *
 * <p>The child says {@link #MAGIC} and an error text, empty when it is ready. Then, again and again: the parent
 * sends a count and that many lines (a byte 32 or 64, a short length, ASCII); the child reads all of them, and
 * answers each as soon as it has it, so that the first one without an answer is the one that ended it. An answer is a
 * byte length and the code, or the byte 0 and Keystone's error number.
 */
final class EncoderProtocol {
    static final int MAGIC = 0x52494e47;
    static final int TEXT_BYTES = 512;
    static final int CODE_BYTES = 64;
    static final int BATCH = 1024;

    private EncoderProtocol() {
    }
}
