package ringside.profiler.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ringside.profiler.model.Microarchitecture.Branches;
import ringside.profiler.model.Microarchitecture.Cache;
import ringside.profiler.model.Microarchitecture.Core;
import ringside.profiler.model.Microarchitecture.Cost;
import ringside.profiler.model.Microarchitecture.Forwarding;
import ringside.profiler.model.Microarchitecture.FrontEnd;
import ringside.profiler.model.Microarchitecture.Hardware;
import ringside.profiler.model.Microarchitecture.Kind;
import ringside.profiler.model.Microarchitecture.Memory;
import ringside.profiler.model.Microarchitecture.Scheduler;
import ringside.profiler.model.Microarchitecture.StringCost;
import ringside.profiler.model.Microarchitecture.Tlb;
import ringside.profiler.model.Microarchitecture.Translation;
import ringside.profiler.toml.TomlTable;

/** From a TOML file to a {@link Microarchitecture}: every key is wanted, none is ignored, every number has bounds. */
final class MicroarchitectureReader {
    private static final int MOST_WIDTH = 16;
    private static final int MOST_QUEUE = 4096;
    private static final int MOST_PORTS = 24;
    private static final int MOST_CYCLES = 1_000_000;
    private static final int MOST_ENTRIES = 1 << 20;
    private static final int MOST_BYTES = 1 << 30;
    private static final int MOST_HISTORY = 1000;
    /** Two folds of a history go into a tag, the shorter one of four bits less. */
    private static final int LEAST_TAG = 6;
    /** With one more a tag is a {@code short}. */
    private static final int MOST_TAG = 14;
    /** Of every cache: coherence and the way to memory know no other. */
    private static final int LINE = 64;

    private final Map<String, String> origins = new TreeMap<>();

    private MicroarchitectureReader() {
    }

    static Microarchitecture shipped(final String name) {
        return new MicroarchitectureReader().read(ModelFile.shipped(name + ".toml"));
    }

    static Microarchitecture file(final Path file) {
        return new MicroarchitectureReader().read(ModelFile.of(file));
    }

    private Microarchitecture read(final ModelFile file) {
        final TomlTable top = parse(file);
        final String key = top.text("kind");
        final Kind kind = Arrays.stream(Kind.values()).filter(one -> one.key().equals(key)).findFirst()
                .orElseThrow(() -> top.wrong("kind", "unit, caches or out-of-order is wanted"));
        final Microarchitecture result = new Microarchitecture(top.text("id"), top.text("name"),
                top.texts("sources"), kind, switch (kind) {
                    case UNIT -> Optional.empty();
                    case CACHES -> Optional.of(hardwareOf(file, top));
                    case OUT_OF_ORDER -> Optional.of(hardware(file, top));
                });
        top.end();
        return result;
    }

    /** The hardware of another file, which has some of its own. */
    private static Hardware hardwareOf(final ModelFile file, final TomlTable top) {
        final String other = top.text("memory_of");
        try {
            final ModelFile named = file.beside(other + ".toml");
            final TomlTable its = parse(named);
            if (!its.text("kind").equals(Kind.OUT_OF_ORDER.key())) {
                throw its.wrong("kind", Kind.OUT_OF_ORDER.key() + " is wanted");
            }
            return new MicroarchitectureReader().read(named).hardware().orElseThrow();
        } catch (final ModelException refused) {
            throw top.wrong("memory_of", refused.getMessage());
        }
    }

    private static TomlTable parse(final ModelFile file) {
        return TomlTable.parse(file.text(), (place, reason) -> new ModelException(file.name(), place, reason));
    }

    private Hardware hardware(final ModelFile file, final TomlTable top) {
        final Core core = core(table(top, "core"));
        final List<String> instructions = top.texts("instructions");
        return new Hardware(instructions, core, frontEnd(table(top, "front_end")),
                branches(table(top, "branches")), memory(table(top, "memory")),
                translation(table(top, "translation")), forwarding(table(top, "forwarding")),
                string(table(top, "movs")), string(table(top, "stos")), costs(top.table("costs")),
                Map.copyOf(origins), InstructionTable.read(core, instructions.stream().map(file::beside).toList()));
    }

    /** A table that says where its numbers are from. */
    private TomlTable table(final TomlTable parent, final String key) {
        final TomlTable table = parent.table(key);
        origins.put(key, table.text("source"));
        return table;
    }

    private static Core core(final TomlTable table) {
        final List<String> ports = table.texts("ports");
        if (ports.size() > MOST_PORTS || ports.stream().distinct().count() < ports.size()) {
            throw table.wrong("ports", "at most " + MOST_PORTS + " different names are wanted");
        }
        final List<Scheduler> schedulers = new ArrayList<>();
        int fed = 0;
        for (final TomlTable scheduler : table.tables("schedulers")) {
            final int mask = mask(scheduler, "ports", ports);
            if ((fed & mask) != 0) {
                throw scheduler.wrong("ports", "a port of two schedulers");
            }
            fed |= mask;
            schedulers.add(new Scheduler(scheduler.text("name"), scheduler.number("entries", 1, MOST_QUEUE), mask));
            scheduler.end();
        }
        if (fed != (1 << ports.size()) - 1) {
            throw table.wrong("schedulers", "each port needs one");
        }
        final Core core = new Core(table.number("dispatch", 1, MOST_WIDTH), table.number("retire", 1, MOST_WIDTH),
                table.number("reorder_buffer", 1, MOST_QUEUE), table.number("load_queue", 1, MOST_QUEUE),
                table.number("store_queue", 1, MOST_QUEUE), ports, List.copyOf(schedulers),
                table.number("address_queue", 1, MOST_QUEUE), table.number("indexed_stores", 0, MOST_WIDTH),
                mask(table, "loads", ports),
                mask(table, "vector_loads", ports), mask(table, "store_addresses", ports),
                mask(table, "store_data", ports), table.flag("moves"), table.flag("zeroing"));
        table.end();
        return core;
    }

    private static int mask(final TomlTable table, final String key, final List<String> ports) {
        int mask = 0;
        for (final String name : table.texts(key)) {
            final int bit = ports.indexOf(name);
            if (bit < 0) {
                throw table.wrong(key, "no such port: " + name);
            }
            mask |= 1 << bit;
        }
        return mask;
    }

    private static FrontEnd frontEnd(final TomlTable table) {
        final FrontEnd result = new FrontEnd(table.number("cached_ops", 1, MOST_WIDTH),
                table.number("cache_ops", 1, MOST_ENTRIES), table.number("cache_ways", 1, MOST_QUEUE),
                power(table, "cache_window", LINE), table.number("line_ops", 1, MOST_WIDTH),
                table.number("decode", 1, MOST_WIDTH), table.number("branches", 1, MOST_WIDTH),
                table.texts("fuses"));
        if (result.cacheOps() % (result.lineOps() * result.cacheWays()) != 0) {
            throw table.wrong("cache_ops", "not a whole number of sets");
        }
        table.end();
        return result;
    }

    private static Branches branches(final TomlTable table) {
        final Branches result = new Branches(table.number("miss_conditional", 0, MOST_CYCLES),
                table.number("miss_indirect", 0, MOST_CYCLES), table.number("miss_return", 0, MOST_CYCLES),
                table.number("taken", 0, MOST_CYCLES), table.number("taken_call", 0, MOST_CYCLES),
                table.number("taken_indirect", 0, MOST_CYCLES), table.number("corrected", 0, MOST_CYCLES),
                table.number("corrected_late", 0, MOST_CYCLES), table.number("miss_target", 0, MOST_CYCLES),
                power(table, "bimodal", MOST_ENTRIES), table.numbers("histories", 1, MOST_HISTORY),
                power(table, "tagged", MOST_ENTRIES), table.number("tag_bits", LEAST_TAG, MOST_TAG),
                table.number("targets", 1, MOST_ENTRIES), table.number("target_ways", 1, MOST_QUEUE),
                power(table, "indirect", MOST_ENTRIES),
                table.number("return_stack", 1, MOST_QUEUE));
        if (result.targets() % result.targetWays() != 0) {
            throw table.wrong("target_ways", "does not divide the targets");
        }
        table.end();
        return result;
    }

    private static int power(final TomlTable table, final String key, final int most) {
        final int number = table.number(key, 1, most);
        if (Integer.bitCount(number) != 1) {
            throw table.wrong(key, "a power of two is wanted");
        }
        return number;
    }

    private static Memory memory(final TomlTable table) {
        final Memory memory = new Memory(cache(table.table("l1i")), cache(table.table("l1d")),
                cache(table.table("l2")), cache(table.table("l3")), table.number("vector_extra", 0, MOST_CYCLES),
                table.number("fill_interval", 0, MOST_CYCLES), table.number("fills", 1, MOST_QUEUE),
                table.number("dram", 0, MOST_CYCLES), table.number("transfer", 0, MOST_CYCLES),
                table.flag("stride"), table.flag("next_line"));
        table.end();
        return memory;
    }

    private static Cache cache(final TomlTable table) {
        final Cache cache = new Cache(table.number("bytes", 1, MOST_BYTES), table.number("ways", 1, MOST_QUEUE),
                table.number("line", LINE, LINE), table.number("latency", 0, MOST_CYCLES));
        if (cache.bytes() % (cache.ways() * cache.line()) != 0) {
            throw table.wrong("bytes", "not a whole number of sets");
        }
        table.end();
        return cache;
    }

    private static Translation translation(final TomlTable table) {
        final Translation translation = new Translation(tlb(table.table("l1i"), 1), tlb(table.table("l1d"), 1),
                tlb(table.table("l2i"), 0), tlb(table.table("l2"), 1), table.number("walk", 0, MOST_QUEUE),
                table.number("step", 0, MOST_CYCLES), table.number("walks", 1, MOST_WIDTH));
        if (translation.walk() > PageWalker.WAYS && translation.walk() % PageWalker.WAYS != 0) {
            throw table.wrong("walk", "a multiple of " + PageWalker.WAYS + " is wanted");
        }
        table.end();
        return translation;
    }

    private static Tlb tlb(final TomlTable table, final int least) {
        final Tlb tlb = new Tlb(table.number("entries_4k", least, MOST_ENTRIES),
                table.number("entries_2m", 0, MOST_ENTRIES), table.number("entries_1g", 0, MOST_ENTRIES),
                table.number("ways", 1, MOST_QUEUE), table.number("latency", 0, MOST_CYCLES), table.flag("shared"));
        for (final int entries : List.of(tlb.entries4k(), tlb.entries2m(), tlb.entries1g())) {
            if (entries > tlb.ways() && entries % tlb.ways() != 0) {
                throw table.wrong("ways", "does not divide the entries: " + entries);
            }
        }
        table.end();
        return tlb;
    }

    private static Forwarding forwarding(final TomlTable table) {
        final Forwarding forwarding = new Forwarding(table.number("plain", 0, MOST_CYCLES),
                table.number("indexed", 0, MOST_CYCLES), table.number("queued", 0, MOST_CYCLES),
                table.number("mismatch", 0, MOST_CYCLES),
                table.number("slots", 1, MOST_WIDTH), table.number("lock", 0, MOST_CYCLES));
        table.end();
        return forwarding;
    }

    private static StringCost string(final TomlTable table) {
        final StringCost cost = new StringCost(table.numbers("bytes", 0, MOST_BYTES),
                table.numbers("cycles", 0, MOST_CYCLES), table.number("words", 0, MOST_BYTES),
                table.number("word_cycles", 0, MOST_CYCLES), table.number("word_more", 0, MOST_CYCLES),
                table.number("beyond", 1, MOST_QUEUE),
                table.number("each", 0, MOST_CYCLES));
        if (cost.bytes().size() != cost.cycles().size()) {
            throw table.wrong("cycles", "as many as bytes are wanted");
        }
        table.end();
        return cost;
    }

    private static Map<FixedCost, Cost> costs(final TomlTable table) {
        final Map<FixedCost, Cost> costs = new EnumMap<>(FixedCost.class);
        for (final FixedCost what : FixedCost.values()) {
            final TomlTable row = table.table(what.key());
            costs.put(what, new Cost(row.number("cycles", 0, MOST_CYCLES), row.number("error", 0, MOST_CYCLES),
                    row.text("source")));
            row.end();
        }
        table.end();
        return Collections.unmodifiableMap(costs);
    }
}
