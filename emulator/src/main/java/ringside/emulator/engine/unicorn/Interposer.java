package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ringside.emulator.engine.EngineException;
import ringside.emulator.memory.HostMemory;
import ringside.toolchain.codegen.CodeBuilder;

/**
 * Puts stubs in the place of libunicorn's functions, as a dynamic linker would: finds every slot that the library's
 * relocations fill with a function's address, in global offset table and tables of functions, and fills it with the
 * stub's.
 *
 * <p>Done once a process, before the first engine is opened; the stubs stay as long as the library does.
 */
final class Interposer {
    private static final int PAGE = 4096;
    private static final int ALIGNMENT = 16;
    /** An exported function that is always there, to find the load base by. */
    private static final String ANCHOR = "uc_open";

    private Interposer() {
    }

    /**
     * Interposes.
     *
     * @param file  the library's file, whose hash was checked
     * @param library its functions' addresses
     * @param stubs what stands in whose place, each symbol once
     * @throws EngineException when a symbol has no slot or the host forbids changing it
     */
    static void install(final Path file, final Unicorn library, final List<Interposition> stubs) {
        final Set<String> wanted = new HashSet<>();
        for (final Interposition stub : stubs) {
            if (!wanted.add(stub.symbol())) {
                throw new IllegalArgumentException("interposed twice: symbol=" + stub.symbol());
            }
        }
        final LibraryRelocations.Found found = LibraryRelocations.read(file, wanted, ANCHOR);
        final long base = library.symbol(ANCHOR).address() - found.anchor();
        final Map<Long, Long> values = new TreeMap<>();
        final Map<String, Long> placed = place(library, stubs);
        for (final Interposition stub : stubs) {
            final List<Long> slots = found.slots().get(stub.symbol());
            if (slots == null) {
                throw new EngineException("interpose " + stub.symbol(), "the library takes its address nowhere", 0);
            }
            slots.forEach(slot -> values.put(base + slot, placed.get(stub.symbol())));
        }
        final long firstProtected = base + found.protectedFrom() & -PAGE;
        final long endProtected = base + found.protectedTo() & -PAGE;
        values.forEach((slot, value) -> {
            final MemorySegment page = MemorySegment.ofAddress(slot & -PAGE).reinterpret(PAGE);
            final boolean readOnly = page.address() >= firstProtected && page.address() < endProtected;
            if (readOnly) {
                HostMemory.writable(page, true);
            }
            page.set(JAVA_LONG, slot & PAGE - 1, value);
            if (readOnly) {
                HostMemory.writable(page, false);
            }
        });
    }

    private static Map<String, Long> place(final Unicorn library, final List<Interposition> stubs) {
        final List<byte[]> codes = new ArrayList<>();
        long size = 0;
        for (final Interposition stub : stubs) {
            final CodeBuilder builder = new CodeBuilder();
            stub.emitter().emit(builder, symbol -> library.symbol(symbol).address());
            codes.add(builder.bytes());
            size += codes.getLast().length + ALIGNMENT;
        }
        final MemorySegment code = HostMemory.map(size + PAGE - 1 & -PAGE);
        final Map<String, Long> placed = new TreeMap<>();
        long at = 0;
        for (int i = 0; i < codes.size(); i++) {
            MemorySegment.copy(MemorySegment.ofArray(codes.get(i)), 0, code, at, codes.get(i).length);
            placed.put(stubs.get(i).symbol(), code.address() + at);
            at = at + codes.get(i).length + ALIGNMENT - 1 & -ALIGNMENT;
        }
        HostMemory.seal(code);
        return placed;
    }
}
