package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.memory.TranslatedCode;

/** One engine's part in what its RAM knows: who translated from where, and who stored. */
final class RamMaps implements TranslatedCode.Holder, AutoCloseable {
    private final Unicorn library;
    private final MemorySegment uc;
    private final GuestRam ram;
    private final int place;

    RamMaps(final Unicorn library, final MemorySegment uc, final GuestRam ram, final MemorySegment shared) {
        this.library = library;
        this.uc = uc;
        this.ram = ram;
        place = ram.code().add(this);
        shared.set(JAVA_LONG, Shared.RAM_PAGES, ram.size() / GuestRam.PAGE);
        shared.set(JAVA_LONG, Shared.RAM_BASE, ram.segment().address());
        shared.set(JAVA_LONG, Shared.DIRTY_PAGES, ram.dirty().pages().address());
        shared.set(JAVA_LONG, Shared.DIRTY_GROUPS, ram.dirty().groups().address());
        shared.set(JAVA_LONG, Shared.CODE_BITS, ram.code().bits().address());
        shared.set(JAVA_LONG, Shared.CODE_SETS, ram.code().sets().address());
        shared.set(JAVA_LONG, Shared.STORE_WATCH, ram.stores().record().address());
        shared.set(JAVA_LONG, Shared.CODE_PLACE, 1L << place);
    }

    /** This CPU translated from a page that had no code. */
    void codeAppeared(final long page) {
        ram.code().appeared(page);
    }

    /** This CPU is about to store into code, and forgets its own translations of it. */
    void codeWritten(final long physical, final long bytes) {
        ram.code().written(physical, bytes, place);
    }

    /** This CPU forgot all its translations. */
    void codeForgotten() {
        ram.code().forgotten(place);
    }

    @Override
    public void forget(final long physical, final long bytes) {
        library.forgetCode(uc, physical, bytes);
    }

    @Override
    public void watchStores(final long physical, final long bytes) {
        library.trapStores(Env.cpu(uc), ram.segment().address() + physical, bytes);
    }

    @Override
    public void close() {
        ram.code().remove(place);
    }
}
