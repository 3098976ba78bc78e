package ringside.profiler.trace;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import ringside.emulator.event.EventKind;
import ringside.emulator.input.InputEntry;
import ringside.emulator.input.InputLog;
import ringside.emulator.state.PartialFile;

/** Reads a file in the form of {@link TraceFormat}, from anywhere; every count is held against its bound first. */
final class TraceReader {
    private final Path file;
    private final boolean mayBeCut;
    private final SectionReader in;
    private final List<TraceSymbols.Symbol> symbols = new ArrayList<>();
    private final List<String> probes = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final InputParts input = new InputParts();
    private TraceHead head;
    private TraceEnd end;
    private long streamed;
    private int ticks;
    private int rows;
    private long steps;
    private long cycles;
    private int kept;

    private TraceReader(final Path file, final boolean mayBeCut, final SectionReader in) {
        this.file = file;
        this.mayBeCut = mayBeCut;
        this.in = in;
    }

    static Trace read(final Path file) {
        try (SectionReader in = SectionReader.open(file)) {
            return new TraceReader(file, file.toString().endsWith(PartialFile.SUFFIX), in).read();
        }
    }

    static Trace read(final Path name, final InputStream bytes) {
        try (SectionReader in = SectionReader.of(name.toString(), bytes)) {
            return new TraceReader(name, name.toString().endsWith(PartialFile.SUFFIX), in).read();
        }
    }

    private Trace read() {
        try {
            in.begin();
            head(require(TraceFormat.HEAD, in.next()));
            names();
        } catch (final SectionReader.CutException cut) {
            throw cut.refusal();
        }
        try {
            stretches();
        } catch (final SectionReader.CutException cut) {
            if (!mayBeCut) {
                throw cut.refusal();
            }
        }
        final List<InputEntry> heard = input.entries(kept);
        try {
            return new Trace(file, head, new TraceSymbols(symbols, probes), new InputLog(heard), stretches,
                    Optional.ofNullable(end), offsets);
        } catch (final IllegalArgumentException nonsense) {
            throw new TraceException(file.toString(), "input", nonsense.getMessage());
        }
    }

    private TraceCursor require(final int tag, final TraceCursor section) {
        if (section == null) {
            throw new SectionReader.CutException(file.toString(), in.place());
        }
        if (in.tag() != tag) {
            throw in.refused("another section is expected here: " + TraceFormat.name(tag));
        }
        return section;
    }

    private void head(final TraceCursor fields) {
        try {
            head = new TraceHead(fields.text(), fields.i32(), fields.text(), fields.text(), fields.text(),
                    fields.text(), fields.i64(), fields.u8(), fields.number(), fields.truth(),
                    texts(fields, TraceLimits.ARGUMENTS), texts(fields, TraceLimits.REGISTERS));
        } catch (final IllegalArgumentException nonsense) {
            throw fields.refused(nonsense.getMessage());
        }
        fields.end();
    }

    private static List<String> texts(final TraceCursor fields, final int most) {
        final int count = fields.count(most, "a number of texts");
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(fields.text());
        }
        return texts;
    }

    private void names() {
        long before = 0;
        TraceCursor section = require(TraceFormat.SYMS, in.next());
        long bytes = 0;
        while (in.tag() == TraceFormat.SYMS) {
            bytes += section.length();
            if (bytes > TraceLimits.SYMBOL_BYTES) {
                throw section.refused("more than " + TraceLimits.SYMBOL_BYTES + " bytes of symbols");
            }
            while (!section.isAtEnd()) {
                if (symbols.size() == TraceLimits.SYMBOLS) {
                    throw section.refused("more than " + TraceLimits.SYMBOLS + " symbols");
                }
                final String name = section.text();
                before += section.number();
                symbols.add(new TraceSymbols.Symbol(name, before, section.number()));
            }
            section = in.next();
            if (section == null) {
                throw new SectionReader.CutException(file.toString(), in.place());
            }
        }
        require(TraceFormat.PROB, section);
        probes.addAll(texts(section, TraceLimits.PROBES));
        section.end();
    }

    private void stretches() {
        offsets.add(in.offset());
        while (end == null) {
            final TraceCursor section = in.next();
            if (section == null) {
                throw new SectionReader.CutException(file.toString(), in.place());
            }
            final int tag = in.tag();
            if (tag == TraceFormat.INPT) {
                input.read(section);
            } else if (tag == TraceFormat.EVNT && head.events()) {
                streamed += section.length();
            } else if (tag == TraceFormat.MARK) {
                mark(section);
                offsets.add(in.offset());
                kept = input.size();
                streamed = 0;
            } else if (tag == TraceFormat.LAST && streamed == 0 && kept == input.size() && !stretches.isEmpty()) {
                last(section);
            } else {
                throw in.refused("no such section is expected here");
            }
        }
        offsets.removeLast();
        if (in.next() != null) {
            throw in.refused("something follows the last section");
        }
    }

    private void mark(final TraceCursor fields) {
        if (stretches.size() == TraceLimits.CHECKPOINTS) {
            throw fields.refused("more than " + TraceLimits.CHECKPOINTS + " checkpoints");
        }
        final List<Tick> passed = ticks(fields);
        final List<EventRow> counted = rows(fields);
        final long events = fields.number(0, Long.MAX_VALUE, "a number of events");
        final long bytes = fields.number(0, Long.MAX_VALUE, "a number of bytes");
        if (bytes != streamed || events > bytes) {
            throw fields.refused("so many events do not fit: events=" + events + " bytes=" + bytes + " found="
                    + streamed);
        }
        steps = reached(fields);
        requireClaimed(stretches.isEmpty() ? 0 : stretches.getLast().end().steps(),
                TraceLimits.interval(head.interval(), stretches.size()), fields);
        cycles = later(cycles, fields, "cycles");
        final int cpu = fields.u8(head.cpus() - 1, "a vCPU");
        final String hash = HexFormat.of().formatHex(fields.raw(TraceFormat.HASH_BYTES));
        final List<long[]> registers = new ArrayList<>();
        for (int i = 0; i < head.cpus(); i++) {
            final long[] values = new long[head.registers().size()];
            for (int register = 0; register < values.length; register++) {
                values[register] = fields.i64();
            }
            registers.add(values);
        }
        fields.end();
        stretches.add(new Stretch(passed, counted, events, bytes, new Checkpoint(steps, cycles, cpu, hash, registers)));
    }

    private static long later(final long before, final TraceCursor fields, final String what) {
        final long more = fields.number(0, Long.MAX_VALUE - before, what);
        return before + more;
    }

    /** {@return where the next tick or checkpoint is: no recording runs for long without one} */
    private long reached(final TraceCursor fields) {
        final long before = steps;
        steps = later(before, fields, "steps");
        if (ticks < TraceLimits.TICKS) {
            requireClaimed(before, TraceLimits.TICK, fields);
        }
        return steps;
    }

    private void requireClaimed(final long before, final long interval, final TraceCursor fields) {
        if (steps - before - TraceLimits.BEYOND > interval) {
            throw fields.refused("no recording goes so far without a mark: steps=" + (steps - before) + " interval="
                    + interval);
        }
    }

    private List<Tick> ticks(final TraceCursor fields) {
        final int count = fields.count(TraceLimits.TICKS - ticks, "a number of ticks");
        final List<Tick> passed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps = reached(fields);
            passed.add(new Tick(steps, fields.i32()));
            ticks++;
        }
        return passed;
    }

    private List<EventRow> rows(final TraceCursor fields) {
        final int count = fields.count(Math.min(TraceLimits.ROWS_OF_STRETCH, TraceLimits.ROWS - rows),
                "a number of rows");
        rows += count;
        final List<EventRow> counted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final EventKind kind = kind(fields, fields.u8());
            counted.add(new EventRow(kind, fields.signed(), fields.number(1, Long.MAX_VALUE, "a count"),
                    fields.u8(head.cpus() - 1, "a vCPU"), fields.number(0, Long.MAX_VALUE, "a clock")));
        }
        return counted;
    }

    private static EventKind kind(final TraceCursor fields, final int id) {
        return Arrays.stream(EventKind.values()).filter(kind -> kind.id() == id).findFirst()
                .orElseThrow(() -> fields.refused("no kind of events has this number: " + id));
    }

    private void last(final TraceCursor fields) {
        end = new TraceEnd(fields.truth(), fields.text());
        final byte[] digest = fields.raw(TraceFormat.HASH_BYTES);
        fields.end();
        if (!Arrays.equals(digest, in.digestBefore())) {
            throw fields.refused("the checksum over the file is wrong");
        }
    }

    /** Input as it is read: what came at one place may be in two parts. */
    private static final class InputParts {
        private final List<InputEntry> parts = new ArrayList<>();
        private long bytes;

        int size() {
            return parts.size();
        }

        void read(final TraceCursor fields) {
            while (!fields.isAtEnd()) {
                if (parts.size() == TraceLimits.INPUT_ENTRIES) {
                    throw fields.refused("more than " + TraceLimits.INPUT_ENTRIES + " entries of input");
                }
                final InputEntry before = parts.isEmpty() ? null : parts.getLast();
                final long cycle = later(before == null ? 0 : before.cycle(), fields, "a cycle");
                final int flags = fields.u8(3, "what is said of input");
                final int length = fields.count((int) (TraceLimits.INPUT_BYTES - bytes), "a number of bytes");
                bytes += length;
                try {
                    final InputEntry part = new InputEntry(cycle, (flags & 1) != 0, (flags & 2) != 0,
                            fields.raw(length));
                    if (before != null && !part.follows(before) && part.broken()) {
                        throw fields.refused("input is in order");
                    }
                    parts.add(part);
                } catch (final IllegalArgumentException nonsense) {
                    throw fields.refused(nonsense.getMessage());
                }
            }
        }

        /** {@return the first parts, those of one place together} */
        List<InputEntry> entries(final int count) {
            final List<InputEntry> entries = new ArrayList<>();
            final ByteArrayOutputStream together = new ByteArrayOutputStream();
            for (int i = 0; i < count; i++) {
                final InputEntry part = parts.get(i);
                final boolean more = i + 1 < count && !part.broken() && !parts.get(i + 1).broken()
                        && !parts.get(i + 1).follows(part);
                together.writeBytes(part.bytes());
                if (!more) {
                    entries.add(part.broken() ? part
                            : new InputEntry(part.cycle(), part.idle(), together.toByteArray()));
                    together.reset();
                }
            }
            return entries;
        }
    }
}
