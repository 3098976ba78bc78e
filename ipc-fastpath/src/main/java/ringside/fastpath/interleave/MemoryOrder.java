package ringside.fastpath.interleave;

import java.util.Locale;

/** When the stores of one CPU reach the others. */
public enum MemoryOrder {
    /** At once: sequential consistency, as the machine itself does it. */
    SC,
    /** Later, in their order, as x86 allows: each CPU has a buffer of stores (Sewell et al., CACM 2010). */
    TSO;

    /** {@return its name in declarations} */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
