package ringside.profiler.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.input.InputEntry;
import ringside.emulator.state.OwnFile;
import ringside.emulator.state.PartialFile;

/**
 * Writes a trace while a machine runs: {@code FILE.partial} until {@link #finish}. What stands before a checkpoint is
 * safe from a death of the process behind it.
 *
 * <p>Input and events go before the checkpoint that comes behind them.
 */
public final class TraceWriter implements AutoCloseable {
    private final PartialFile file;
    private final TraceHead head;
    private final SectionWriter sections = new SectionWriter();
    private final EventStream stream = new EventStream();
    private final TraceBytes bytes = new TraceBytes();
    private long steps;
    private long cycles;
    private long inputCycle;
    private long inputs;
    private long inputBytes;
    private long rows;
    private long ticks;
    private int checkpoints;
    private long streamed;

    private TraceWriter(final PartialFile file, final TraceHead head) {
        this.file = file;
        this.head = head;
        stream.begin();
    }

    /** Writes a section as soon as there are enough bytes for one. */
    private final class EventStream extends EventEncoder {
        @Override
        void event(final EventKind kind, final long cycle, final int cpu, final int number, final long address,
                final long first, final long second, final long third) {
            super.event(kind, cycle, cpu, number, address, first, second, third);
            if (bytes().size() >= TraceFormat.SECTION_FULL) {
                flush();
            }
        }

        private void flush() {
            if (bytes().size() > 0) {
                streamed += bytes().size();
                section(TraceFormat.EVNT, bytes());
                bytes().clear();
            }
        }
    }

    /**
     * Begins a trace.
     *
     * @param file    where it will be
     * @param head    who records what
     * @param symbols names of the image; those beyond {@link TraceLimits} are left out
     * @return the writer; its owner closes it
     * @throws ringside.emulator.state.UnwrittenFileException when the file system refuses, now or later
     */
    public static TraceWriter begin(final Path file, final TraceHead head, final TraceSymbols symbols) {
        final TraceWriter writer = new TraceWriter(PartialFile.begin(file), head);
        try {
            writer.head(symbols);
            return writer;
        } catch (final Throwable failure) {
            writer.close();
            throw failure;
        }
    }

    private void head(final TraceSymbols symbols) {
        file.write(sections::begin);
        bytes.clear();
        bytes.text(head.build()).i32(head.behaviour()).text(head.image()).text(head.sha256()).text(head.make())
                .text(head.model()).i64(head.seed()).u8(head.cpus()).number(head.interval())
                .u8(head.events() ? 1 : 0);
        texts(head.arguments());
        texts(head.registers());
        section(TraceFormat.HEAD, bytes);
        final List<TraceSymbols.Symbol> known =
                symbols.all().subList(0, Math.min(symbols.all().size(), TraceLimits.SYMBOLS));
        bytes.clear();
        long before = 0;
        long named = 0;
        for (final TraceSymbols.Symbol symbol : known) {
            // A character is at most three bytes, and the two numbers twenty.
            named += 3L * symbol.name().length() + 24;
            if (named > TraceLimits.SYMBOL_BYTES) {
                break;
            }
            if (TraceCursor.isLine(symbol.name())) {
                bytes.text(symbol.name()).number(symbol.address() - before).number(symbol.size());
                before = symbol.address();
            }
            if (bytes.size() >= TraceFormat.SECTION_FULL) {
                section(TraceFormat.SYMS, bytes);
                bytes.clear();
            }
        }
        section(TraceFormat.SYMS, bytes);
        bytes.clear();
        texts(symbols.probes().subList(0, Math.min(symbols.probes().size(), TraceLimits.PROBES)));
        section(TraceFormat.PROB, bytes);
        file.flush();
    }

    private void texts(final List<String> texts) {
        bytes.number(texts.size());
        texts.forEach(bytes::text);
    }

    private void section(final int tag, final TraceBytes content) {
        file.write(out -> sections.section(out, tag, content.array(), content.size()));
    }

    private void require(final boolean fits, final String what) {
        if (!fits) {
            file.write(_ -> {
                throw new IOException("a trace holds no more than that: " + what);
            });
        }
    }

    /** {@return who writes the event stream down, for a trace with one: an observer of the machine} */
    public MachineObserver stream() {
        return stream;
    }

    /**
     * Writes what came in since the last time.
     *
     * @param entries in order
     */
    public void input(final List<InputEntry> entries) {
        bytes.clear();
        for (final InputEntry entry : entries) {
            final byte[] content = entry.bytes();
            inputs++;
            inputBytes += content.length;
            require(inputs <= TraceLimits.INPUT_ENTRIES && inputBytes <= TraceLimits.INPUT_BYTES, "input");
            bytes.number(entry.cycle() - inputCycle).u8((entry.idle() ? 1 : 0) | (entry.broken() ? 2 : 0))
                    .number(content.length).raw(content);
            inputCycle = entry.cycle();
            if (bytes.size() >= TraceFormat.SECTION_FULL) {
                section(TraceFormat.INPT, bytes);
                bytes.clear();
            }
        }
        if (bytes.size() > 0) {
            section(TraceFormat.INPT, bytes);
        }
    }

    /**
     * Writes a checkpoint and what came before it, and sees to it that this is in the file.
     *
     * @param passed  since the checkpoint before
     * @param counted since the checkpoint before; rows beyond {@link TraceLimits} are left out
     * @param here    the machine
     */
    public void checkpoint(final List<Tick> passed, final List<EventRow> counted, final Checkpoint here) {
        stream.flush();
        final List<EventRow> kept = counted.subList(0, (int) Math.min(TraceLimits.ROWS - rows,
                Math.min(counted.size(), TraceLimits.ROWS_OF_STRETCH)));
        ticks += passed.size();
        rows += kept.size();
        checkpoints++;
        require(checkpoints <= TraceLimits.CHECKPOINTS, "checkpoints");
        require(ticks <= TraceLimits.TICKS, "ticks");
        bytes.clear();
        bytes.number(passed.size());
        long last = steps;
        for (final Tick tick : passed) {
            bytes.number(tick.steps() - last).i32(tick.digest());
            last = tick.steps();
        }
        bytes.number(kept.size());
        for (final EventRow row : kept) {
            bytes.u8(row.kind().id()).signed(row.detail()).number(row.count()).u8(row.cpu()).number(row.cycle());
        }
        bytes.number(stream.events()).number(streamed);
        bytes.number(here.steps() - last).number(here.cycles() - cycles).u8(here.cpu())
                .raw(HexFormat.of().parseHex(here.hash()));
        for (final long[] registers : here.registers()) {
            for (final long register : registers) {
                bytes.i64(register);
            }
        }
        section(TraceFormat.MARK, bytes);
        file.flush();
        steps = here.steps();
        cycles = here.cycles();
        streamed = 0;
        stream.begin();
    }

    /**
     * Ends the trace and gives the file its name.
     *
     * @param end how the run ended
     */
    public void finish(final TraceEnd end) {
        bytes.clear();
        bytes.u8(end.over() ? 1 : 0).text(end.result()).raw(sections.digest());
        section(TraceFormat.LAST, bytes);
        file.finish();
    }

    /** {@return bytes in the file so far} */
    public long written() {
        return sections.written();
    }

    @Override
    public void close() {
        sections.close();
        file.close();
    }

    /**
     * {@return why a file is not replaced by a trace, if it or what stands beside it while it is written is there and
     * something else}
     *
     * @param file that is to be written
     */
    public static Optional<String> obstacle(final Path file) {
        final byte[] magic = ByteBuffer.allocate(Long.BYTES).putLong(TraceFormat.MAGIC).array();
        final Path beside = file.resolveSibling(file.getFileName() + PartialFile.SUFFIX);
        return OwnFile.obstacle(file, "a trace", magic).or(() -> OwnFile.obstacle(beside, "a trace", magic)
                .map(reason -> "beside it, " + beside.getFileName() + ": " + reason));
    }
}
