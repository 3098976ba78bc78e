package ringside.console.gdb;

/**
 * What a single step is, in QEMU's bits: {@code maint packet Qqemu.sstep=0x7}. The machine's time goes on in a step, so
 * no interrupt is kept from coming; with either of the two bits a step that took one goes on until its handler has
 * returned, and takes the step again.
 *
 * @param bits of them
 */
record StepMode(int bits) {
    /** Steps are taken. */
    static final int ENABLE = 1;
    /** No step into an interrupt's handler. */
    static final int NOIRQ = 2;
    /** The same here: timers come as interrupts. */
    static final int NOTIMER = 4;
    /** As it is at first. */
    static final StepMode PLAIN = new StepMode(ENABLE);

    StepMode {
        if ((bits & ENABLE) == 0 || bits > (ENABLE | NOIRQ | NOTIMER)) {
            throw PacketException.notPossible("no such steps: 0x" + Integer.toHexString(bits));
        }
    }

    boolean skipsInterrupts() {
        return bits != ENABLE;
    }
}
