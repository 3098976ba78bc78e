package ringside.profiler.calibrate;

import java.util.Objects;
import java.util.Optional;

/**
 * A small routine that does something kernels do, over and over: the same bytes for the host's CPU and for the emulated
 * machine.
 *
 * <p>It is entered with RDI = its data, RSI = how many iterations, and all other registers defined; it ends with RET,
 * keeps what System V says a callee keeps, touches nothing but its data and its stack, and uses no instruction that
 * needs privilege or that the emulated machine's CPUID does not have.
 */
public final class Snippet {
    private final String name;
    private final SnippetHeader header;
    private final byte[] code;
    private final int loopStart;
    private final int loopEnd;

    Snippet(final String name, final SnippetHeader header, final byte[] code, final int loopStart,
            final int loopEnd) {
        this.name = Objects.requireNonNull(name, "name");
        this.header = Objects.requireNonNull(header, "header");
        this.code = code.clone();
        this.loopStart = loopStart;
        this.loopEnd = loopEnd;
        if (code.length > Stage.CODE_BYTES || loopStart < 0 || loopStart >= loopEnd || loopEnd > code.length) {
            throw new CalibrationException("snippet " + name + ": its loop does not lie in its code, of at most "
                    + Stage.CODE_BYTES + " bytes: start=" + loopStart + " end=" + loopEnd + " code=" + code.length);
        }
    }

    /** {@return its file's name without the ending} */
    public String name() {
        return name;
    }

    /** {@return what it does, in a line} */
    public String title() {
        return header.title();
    }

    /** {@return how often its loop runs in one measured call} */
    public int iterations() {
        return header.iterations();
    }

    /** {@return the name that it shares with the other way to do the same, if there is one} */
    public Optional<String> pair() {
        return header.pair();
    }

    /** {@return its machine code; entered at the first byte} */
    public byte[] code() {
        return code.clone();
    }

    /** {@return the virtual address of its first byte, on the host and in the emulated machine} */
    public long address() {
        return Stage.CODE;
    }

    /** {@return the virtual address at which every iteration begins} */
    public long loopStart() {
        return Stage.CODE + loopStart;
    }

    /** {@return the first virtual address behind the loop; what the loop calls lies behind it} */
    public long loopEnd() {
        return Stage.CODE + loopEnd;
    }

    /** {@return the virtual address of its data, and in the emulated machine the physical one} */
    public long dataAddress() {
        return Stage.DATA;
    }

    /** {@return its data before its first instruction} */
    public byte[] data() {
        return header.fill().bytes(header.dataBytes(), Stage.DATA);
    }

    @Override
    public String toString() {
        return name;
    }
}
