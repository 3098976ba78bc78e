package ringside.emulator.machine;

/**
 * An exception of the guest, as a value.
 *
 * @param vector    0 to 255
 * @param errorCode as the CPU pushes it; 0 where the vector has none
 * @param address   CR2 for a page fault, otherwise 0
 */
public record GuestFault(int vector, long errorCode, long address) {
    private static final int PAGE_FAULT = 14;
    private static final String[] NAMES = {"#DE", "#DB", "NMI", "#BP", "#OF", "#BR", "#UD", "#NM", "#DF", "vector 9",
        "#TS", "#NP", "#SS", "#GP", "#PF", "vector 15", "#MF", "#AC", "#MC", "#XM", "#VE", "#CP"};

    /** {@return the vector's mnemonic, e.g. {@code #PF}} */
    public String name() {
        return vector < NAMES.length ? NAMES[vector] : "vector " + vector;
    }

    /** {@return e.g. {@code #PF error=0x2 address=0x1000}} */
    public String describe() {
        final String error = errorCode == 0 ? "" : " error=0x" + Long.toHexString(errorCode);
        return name() + error + (vector == PAGE_FAULT ? " address=0x" + Long.toHexString(address) : "");
    }
}
