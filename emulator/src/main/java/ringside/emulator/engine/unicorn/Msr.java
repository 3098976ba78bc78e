package ringside.emulator.engine.unicorn;

/** Numbers of the model-specific registers that the engine keeps (Intel SDM volume 4, chapter 2). */
final class Msr {
    static final int PAT = 0x277;
    static final int EFER = 0xC000_0080;
    static final int STAR = 0xC000_0081;
    static final int LSTAR = 0xC000_0082;
    static final int CSTAR = 0xC000_0083;
    static final int FMASK = 0xC000_0084;
    static final int FS_BASE = 0xC000_0100;
    static final int GS_BASE = 0xC000_0101;
    static final int KERNEL_GS_BASE = 0xC000_0102;
    static final int TSC_AUX = 0xC000_0103;

    private Msr() {
    }
}
