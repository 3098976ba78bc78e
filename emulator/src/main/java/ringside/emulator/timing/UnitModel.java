package ringside.emulator.timing;

/** One cycle an instruction: cycles are then the instruction count, a fact and not a model of any hardware. */
public final class UnitModel implements TimingModel {
    /** The one instance. */
    public static final UnitModel INSTANCE = new UnitModel();

    private UnitModel() {
    }

    @Override
    public String id() {
        return "unit-1";
    }

    @Override
    public int cycles(final long address, final int length) {
        return 1;
    }
}
