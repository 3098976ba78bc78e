package ringside.profiler.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A core's make as data: what a cycle model is made of, read from a file whose keys {@code docs/models.md} explains.
 *
 * <p>Times are core cycles, sizes bytes. Sets of ports are bits: bit n is the n-th of {@link Core#ports()}.
 *
 * @param id       name and version, e.g. {@code zen4-2}: what results name
 * @param name     in words
 * @param sources  the documents that the numbers are from
 * @param kind     what is modelled
 * @param hardware what the core is made of; empty where each instruction takes one cycle
 */
public record Microarchitecture(String id, String name, List<String> sources, Kind kind,
        Optional<Hardware> hardware) {
    /** The names of the files that come with the program. */
    public static final List<String> SHIPPED = List.of("zen4", "zen4-caches", "skylake", "icelake", "unit");

    /** How much of a core is modelled. */
    public enum Kind {
        /** Nothing: each instruction takes a cycle. */
        UNIT,
        /** The way to memory, and what costs a fixed number of cycles. */
        CACHES,
        /** All of it. */
        OUT_OF_ORDER;

        /** {@return its name in files} */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Reads one of {@link #SHIPPED}.
     *
     * @throws ModelException when there is none of that name
     */
    public static Microarchitecture named(final String name) {
        return MicroarchitectureReader.shipped(name);
    }

    /**
     * Reads a file, e.g. a changed copy of a shipped one.
     *
     * @throws ModelException when it cannot be read or is no such file, with file, place and reason
     */
    public static Microarchitecture load(final Path file) {
        return MicroarchitectureReader.file(file);
    }

    /** {@return the file that it was read from and those of its tables, which may be shipped ones and not there} */
    public Stream<Path> files(final Path file) {
        return Stream.concat(Stream.of(file), hardware().stream()
                .flatMap(parts -> parts.instructions().stream()).map(file::resolveSibling));
    }

    /**
     * All parts of an out-of-order core.
     *
     * @param instructions tables of instructions, shipped names or files beside this one; a later one wins
     * @param core         widths, queues, ports
     * @param frontEnd     fetch and decode
     * @param branches     prediction and what it costs to be wrong
     * @param memory       caches, memory and the way to other cores
     * @param translation  TLBs and page walks
     * @param forwarding   from stores to loads, and locked operations
     * @param movs         REP MOVS by the bytes it moves
     * @param stos         REP STOS by the bytes it stores
     * @param costs        a row for each {@link FixedCost}
     * @param origins      where the numbers of each table of the file are from, by the table's name
     * @param table        the tables of instructions, read
     */
    public record Hardware(List<String> instructions, Core core, FrontEnd frontEnd, Branches branches, Memory memory,
            Translation translation, Forwarding forwarding, StringCost movs, StringCost stos,
            Map<FixedCost, Cost> costs, Map<String, String> origins, InstructionTable table) {
        /** {@return the row of a cost} */
        public Cost cost(final FixedCost what) {
            return costs.get(what);
        }

        /** {@return what a repeated string instruction takes for so many bytes} */
        long stringCost(final StaticInstruction what, final long bytes, final boolean words) {
            if (what.stores() > 0) {
                final StringCost cost = what.loads() > 0 ? movs : stos;
                return words ? cost.byWords(bytes) : cost.cycles(bytes);
            }
            return what.serial() + movs.each() * bytes;
        }

        /** {@return bytes that a repeated string instruction moves in a cycle at best} */
        int stringBytes(final StaticInstruction what) {
            return (what.loads() > 0 ? movs : stos).beyond();
        }
    }

    /**
     * Widths, queues, ports.
     *
     * @param dispatch       slots a cycle into the reorder buffer
     * @param retire         slots a cycle out of it
     * @param reorderBuffer  slots
     * @param loadQueue      loads from dispatch to retirement
     * @param storeQueue     stores from dispatch until they are in the L1
     * @param ports          names, in the order of their bits
     * @param schedulers     queues in front of the ports; each port belongs to one
     * @param addressQueue   loads and stores whose address is waited for
     * @param loads          ports that start a load
     * @param indexedStores  slots more of a store whose address has an index
     * @param vectorLoads    those of them that can load a vector register
     * @param storeAddresses ports that make a store's address
     * @param storeData      ports that take a store's data
     * @param moves          whether moves between registers are done by renaming
     * @param zeroing        whether zeroing idioms need no port; they depend on nothing in any case
     */
    public record Core(int dispatch, int retire, int reorderBuffer, int loadQueue, int storeQueue, List<String> ports,
            List<Scheduler> schedulers, int addressQueue, int indexedStores, int loads,
            int vectorLoads, int storeAddresses, int storeData, boolean moves, boolean zeroing) {
        /** {@return the bits of named ports, or -1 where a name is unknown} */
        public int mask(final List<String> names) {
            int mask = 0;
            for (final String name : names) {
                final int bit = ports.indexOf(name);
                if (bit < 0) {
                    return -1;
                }
                mask |= 1 << bit;
            }
            return mask;
        }
    }

    /**
     * A queue of instructions that wait for their operands.
     *
     * @param name    of it
     * @param entries instructions
     * @param ports   that it feeds, bits
     */
    public record Scheduler(String name, int entries, int ports) {
    }

    /**
     * Fetch and decode.
     *
     * @param cachedOps   slots a cycle from the op cache
     * @param cacheOps    slots that the op cache holds
     * @param cacheWays   its ways
     * @param cacheWindow bytes of code that one of its lines covers
     * @param lineOps     slots that one of its lines holds
     * @param decode      instructions a cycle where the op cache has them not
     * @param branches    branches a cycle; a taken one ends it
     * @param fuses       mnemonics that become one with a conditional branch behind them
     */
    public record FrontEnd(int cachedOps, int cacheOps, int cacheWays, int cacheWindow, int lineOps, int decode,
            int branches, List<String> fuses) {
    }

    /**
     * Branch prediction.
     *
     * @param missConditional cycles from a conditional branch's execution to dispatch of the right path
     * @param missIndirect    the same of an indirect jump or call
     * @param missReturn      the same of a return
     * @param taken           fetch cycles from a taken conditional branch or jump to its target
     * @param takenCall       the same of returns, and the least from a call or return to the next one
     * @param takenIndirect   the same of indirect jumps and calls
     * @param corrected       fetch cycles lost where a longer history corrects what was foretold first
     * @param correctedLate   the same of the longer half of the histories
     * @param missTarget      fetch cycles that an unknown target of a direct branch adds, until decode knows it
     * @param bimodal         counters indexed by address alone
     * @param histories       branches of history that each tagged table sees, shortest first
     * @param tagged          entries of each
     * @param tagBits         bits of their tags
     * @param targets         entries of the branch target buffer
     * @param targetWays      its ways
     * @param indirect        entries of the table of indirect targets
     * @param returnStack     calls that are remembered
     */
    public record Branches(int missConditional, int missIndirect, int missReturn, int taken, int takenCall,
            int takenIndirect, int corrected, int correctedLate, int missTarget, int bimodal,
            List<Integer> histories, int tagged, int tagBits, int targets, int targetWays, int indirect,
            int returnStack) {
    }

    /**
     * Caches and what is behind them.
     *
     * @param l1i          instructions
     * @param l1d          data
     * @param l2           both
     * @param l3           the last
     * @param vectorExtra  cycles that a load into a vector register adds
     * @param fillInterval cycles from one line to the next, L2 to L1
     * @param fills        lines that may be on their way into the L1D
     * @param dram         cycles of a load that no cache serves
     * @param transfer     cycles of a load of a line that another core has written
     * @param stride       whether loads of one instruction at equal distances are fetched ahead
     * @param nextLine     whether the line behind a missing one is fetched too
     */
    public record Memory(Cache l1i, Cache l1d, Cache l2, Cache l3, int vectorExtra, int fillInterval, int fills,
            int dram, int transfer, boolean stride, boolean nextLine) {
    }

    /**
     * One cache, least recently used line out first.
     *
     * @param bytes   of data
     * @param ways    a set
     * @param line    bytes
     * @param latency cycles of a load that hits, from its address to its value
     */
    public record Cache(int bytes, int ways, int line, int latency) {
        /** {@return how many sets} */
        public int sets() {
            return bytes / ways / line;
        }
    }

    /**
     * From linear addresses to physical ones.
     *
     * @param l1i    first level, code
     * @param l1d    first level, data
     * @param l2i    second level, code; no entries where {@code l2} serves code too
     * @param l2     second level
     * @param walk   entries of the cache for each upper level of the page tables
     * @param step   cycles that each step of a walk adds to its load
     * @param walks  walks at a time
     */
    public record Translation(Tlb l1i, Tlb l1d, Tlb l2i, Tlb l2, int walk, int step, int walks) {
    }

    /**
     * One TLB. Entries of the three sizes are separate, unless {@code shared}: then all are of {@code entries4k}, and
     * the two other numbers are what fits of their size at most.
     *
     * @param entries4k for 4 KiB pages
     * @param entries2m for 2 MiB pages
     * @param entries1g for 1 GiB pages
     * @param ways      a set; a size with no more entries than ways is fully associative
     * @param latency   cycles that a hit adds
     * @param shared    whether the sizes share the entries
     */
    public record Tlb(int entries4k, int entries2m, int entries1g, int ways, int latency, boolean shared) {
    }

    /**
     * Stores that a later load wants.
     *
     * @param plain    cycles from the store's data, or the load's address, to the load's value, in place of the L1D's
     * @param indexed  the same where one of the two addresses has an index
     * @param queued   the same where renaming cannot do it: fewer than 4 bytes, an upper part, vectors, what computes
     * @param mismatch cycles more, where the store holds only a part of what is loaded
     * @param slots    load ports that a forwarded load occupies for a cycle
     * @param lock     cycles that a locked operation keeps the unit for them
     */
    public record Forwarding(int plain, int indexed, int queued, int mismatch, int slots, int lock) {
    }

    /**
     * A repeated string instruction: straight lines between measured points.
     *
     * @param bytes  of the points, ascending
     * @param cycles at them
     * @param beyond bytes a cycle behind the last
     * @param each   cycles of an iteration where it runs one by one (DF set, or operands close together)
     */
    public record StringCost(List<Integer> bytes, List<Integer> cycles, int words, int wordCycles, int wordMore,
            int beyond, int each) {
        /** {@return the cycles for that many bytes, by iterations of more than one} */
        public long byWords(final long size) {
            return size <= words ? wordCycles : cycles(size) + wordMore;
        }

        /** {@return the cycles for that many bytes} */
        public long cycles(final long size) {
            if (size <= bytes.getFirst()) {
                return cycles.getFirst();
            }
            for (int i = 1; i < bytes.size(); i++) {
                if (size <= bytes.get(i)) {
                    final long run = bytes.get(i) - bytes.get(i - 1);
                    final long rise = cycles.get(i) - cycles.get(i - 1);
                    return cycles.get(i - 1) + (size - bytes.get(i - 1)) * rise / run;
                }
            }
            return cycles.getLast() + (size - bytes.getLast()) / beyond;
        }
    }

    /**
     * A cost that is a number.
     *
     * @param cycles that it takes
     * @param error  how far it may be off, either way
     * @param source where the number is from
     */
    public record Cost(int cycles, int error, String source) {
    }
}
