package ringside.console.report;

import java.util.Optional;
import ringside.toolchain.image.SourceLine;

/** What a listing asks of an image about an address. */
public interface CodeView {
    /** {@return the routine that holds the address, empty where none is known} */
    String routine(long address);

    /** {@return bytes from the start of {@link #routine} to the address} */
    long offset(long address);

    /** {@return the instruction at the address as text, or bytes in hexadecimal where it has none} */
    String instruction(long address);

    /** {@return the line of source that made it} */
    Optional<SourceLine> source(long address);
}
