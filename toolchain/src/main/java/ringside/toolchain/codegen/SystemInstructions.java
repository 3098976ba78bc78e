package ringside.toolchain.codegen;

/** What only a kernel may say, mostly, and what it says to caches, ports and the clock (SDM 1, 5.1.8 and 5.20). */
abstract sealed class SystemInstructions extends BranchInstructions permits CodeBuilder {
    /**
     * Exchanges the gs base with IA32_KERNEL_GS_BASE.
     */
    public final void swapgs() {
        emit(Encoding.of(0xf01f8));
    }

    /**
     * Lets the kernel touch user pages in spite of SMAP.
     */
    public final void stac() {
        emit(Encoding.of(0xf01cb));
    }

    /**
     * Forbids the kernel user pages again.
     */
    public final void clac() {
        emit(Encoding.of(0xf01ca));
    }

    /**
     * Writes edx:eax to the model-specific register ecx.
     */
    public final void wrmsr() {
        emit(Encoding.of(0xf30));
    }

    /**
     * Reads the model-specific register ecx into edx:eax.
     */
    public final void rdmsr() {
        emit(Encoding.of(0xf32));
    }

    /**
     * Reads the time-stamp counter into edx:eax.
     */
    public final void rdtsc() {
        emit(Encoding.of(0xf31));
    }

    /**
     * Reads the time-stamp counter into edx:eax and IA32_TSC_AUX into ecx.
     */
    public final void rdtscp() {
        emit(Encoding.of(0xf01f9));
    }

    /**
     * Asks for leaf eax, subleaf ecx.
     */
    public final void cpuid() {
        emit(Encoding.of(0xfa2));
    }

    /**
     * Masks interrupts.
     */
    public final void cli() {
        emit(Encoding.of(0xfa));
    }

    /**
     * Unmasks interrupts after the next instruction.
     */
    public final void sti() {
        emit(Encoding.of(0xfb));
    }

    /**
     * Makes string instructions go upwards.
     */
    public final void cld() {
        emit(Encoding.of(0xfc));
    }

    /**
     * Waits for an interrupt.
     */
    public final void hlt() {
        emit(Encoding.of(0xf4));
    }

    /**
     * Orders loads and stores.
     */
    public final void mfence() {
        emit(Encoding.of(0xfaef0));
    }

    /**
     * Orders loads, and waits for what came before.
     */
    public final void lfence() {
        emit(Encoding.of(0xfaee8));
    }

    /**
     * Orders stores.
     */
    public final void sfence() {
        emit(Encoding.of(0xfaef8));
    }

    /**
     * Copies rcx bytes from rsi to rdi.
     */
    public final void repMovsb() {
        emit(Encoding.of(0xa4).prefix(0xf3));
    }

    /**
     * Copies rcx quadwords from rsi to rdi.
     */
    public final void repMovsq() {
        emit(Encoding.of(0xa5).prefix(0xf3).width(Width.QWORD));
    }

    /**
     * Stores al to rcx bytes at rdi.
     */
    public final void repStosb() {
        emit(Encoding.of(0xaa).prefix(0xf3));
    }

    /**
     * Stores rax to rcx quadwords at rdi.
     */
    public final void repStosq() {
        emit(Encoding.of(0xab).prefix(0xf3).width(Width.QWORD));
    }

    /**
     * Reads the fs base; needs CR4.FSGSBASE.
     *
     * @param destination register
     */
    public final void rdfsbase(final Reg64 destination) {
        emit(Encoding.of(0x0fae).prefix(0xf3).width(Width.QWORD).digit(0).rm(destination));
    }

    /**
     * Reads the gs base; needs CR4.FSGSBASE.
     *
     * @param destination register
     */
    public final void rdgsbase(final Reg64 destination) {
        emit(Encoding.of(0x0fae).prefix(0xf3).width(Width.QWORD).digit(1).rm(destination));
    }

    /**
     * Writes the fs base; needs CR4.FSGSBASE.
     *
     * @param source register
     */
    public final void wrfsbase(final Reg64 source) {
        emit(Encoding.of(0x0fae).prefix(0xf3).width(Width.QWORD).digit(2).rm(source));
    }

    /**
     * Writes the gs base; needs CR4.FSGSBASE.
     *
     * @param source register
     */
    public final void wrgsbase(final Reg64 source) {
        emit(Encoding.of(0x0fae).prefix(0xf3).width(Width.QWORD).digit(3).rm(source));
    }

    /**
     * Drops the translation of the page that holds an address.
     *
     * @param page any address inside it
     */
    public final void invlpg(final Mem page) {
        emit(Encoding.of(0x0f01).digit(7).rm(page));
    }

    /**
     * Reads a port into al, ax or eax.
     *
     * @param width BYTE, WORD or DWORD
     * @param port  0 to 255
     */
    public final void in(final Width width, final int port) {
        emit(port(0xe4, width, port));
    }

    /**
     * Reads port dx into al, ax or eax.
     *
     * @param width BYTE, WORD or DWORD
     */
    public final void inDx(final Width width) {
        emit(form(0xec, noQword(width)));
    }

    /**
     * Writes al, ax or eax to a port.
     *
     * @param width BYTE, WORD or DWORD
     * @param port  0 to 255
     */
    public final void out(final Width width, final int port) {
        emit(port(0xe6, width, port));
    }

    /**
     * Writes al, ax or eax to port dx.
     *
     * @param width BYTE, WORD or DWORD
     */
    public final void outDx(final Width width) {
        emit(form(0xee, noQword(width)));
    }

    private static Encoding port(final int opcode, final Width width, final int port) {
        if (port < 0 || port > 0xff) {
            throw new IllegalArgumentException("a port above 255 goes through dx: port=" + port);
        }
        return form(opcode, noQword(width)).immediate(port, 1);
    }

    private static Width noQword(final Width width) {
        if (width == Width.QWORD) {
            throw new IllegalArgumentException("a port has at most 32 bits: width=" + width);
        }
        return width;
    }
}
