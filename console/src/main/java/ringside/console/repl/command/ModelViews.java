package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Stretch;
import ringside.profiler.model.CauseFeed;
import ringside.profiler.model.CoreContents;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelledSource;
import ringside.profiler.model.ProcessorModel;

/** What the caches and TLBs of a cycle model's core would hold here, when it has followed the steps before. */
final class ModelViews {
    private static final String MODEL = "zen4";
    private static final long FOLLOWED = 1_000_000;
    private static final int LINE = 64;
    private static final int MOST_ROWS = 20;
    private static final long LARGE = 1L << 20;

    private final Desk desk;
    private final Guest guest;
    private final String model;

    ModelViews(final Desk desk, final String model) {
        this.desk = desk;
        guest = desk.guest();
        this.model = model.isEmpty() ? MODEL : model;
        if (!Microarchitecture.SHIPPED.contains(this.model)
                || Microarchitecture.named(this.model).hardware().isEmpty()) {
            throw new RefusedException("no model '" + this.model
                + "' with caches: zen4, zen4-caches, skylake, icelake");
        }
    }

    private CoreContents contents() {
        final long here = guest.machine().steps();
        final Microarchitecture make = Microarchitecture.named(model);
        try (ProcessorModel processor = new ProcessorModel(make, guest.cpus(), new CauseFeed(guest.cpus()))) {
            final Stretch done = Stretch.of(guest, Math.max(0, here - FOLLOWED), here, machine ->
                List.of(new ModelledSource(processor, guest.image().probes())));
            desk.out().println("cpu " + guest.cpu() + " as " + make.id() + ", which followed steps " + done.from()
                + " to " + done.to() + " from empty");
            return processor.contents(guest.cpu());
        }
    }

    /** Shows how full each cache is, or where a line is. */
    void caches(final String expression) {
        final long physical = expression.isEmpty() ? 0 : guest.translate(guest.value(expression)) & -LINE;
        final CoreContents contents = contents();
        final TextTable table = new TextTable("cache", "lines", "held", "code", "data",
            expression.isEmpty() ? "" : "line 0x" + Long.toHexString(physical));
        final Set<Long> code = new HashSet<>(contents.caches().getFirst().held());
        for (final CoreContents.Level level : contents.caches()) {
            final long ofCode = level.held().stream().filter(code::contains).count();
            table.row(level.name(), Integer.toString(level.lines()), Integer.toString(level.held().size()),
                Long.toString(ofCode), Long.toString(level.held().size() - ofCode),
                expression.isEmpty() ? "" : level.held().contains(physical) ? "is there" : "-");
        }
        table.lines().forEach(desk.out()::println);
    }

    /** Shows what the first TLBs translate, and how full all are. */
    void tlbs(final boolean all) {
        final CoreContents contents = contents();
        final Map<Long, List<String>> where = new LinkedHashMap<>();
        final Map<Long, Long> sizes = new LinkedHashMap<>();
        for (final CoreContents.Pages level : contents.tlbs()) {
            desk.out().println(String.format(Locale.ROOT, "%-4s %d of %d entries", level.name(), level.held().size(),
                level.entries()));
            if (all || level.name().startsWith("L1")) {
                level.held().forEach(page -> {
                    where.computeIfAbsent(page.address(), address -> new ArrayList<>()).add(level.name());
                    sizes.put(page.address(), page.bytes());
                });
            }
        }
        final TextTable table = new TextTable("page", "size", "in", "first symbol");
        final List<Long> pages = where.keySet().stream().sorted(Comparator.comparing(page -> page,
            Long::compareUnsigned)).toList();
        pages.stream().limit(all ? Long.MAX_VALUE : MOST_ROWS).forEach(page -> table.row("0x" + Long.toHexString(page),
            size(sizes.get(page)), String.join(" ", where.get(page).stream().distinct().toList()), guest.symbol(page)));
        table.lines().forEach(desk.out()::println);
        if (!all && pages.size() > MOST_ROWS) {
            desk.out().println("... and " + (pages.size() - MOST_ROWS) + " more: 'tlb all'");
        }
    }

    private static String size(final long bytes) {
        return bytes < LARGE ? bytes / 1024 + " KiB" : bytes / LARGE < 1024 ? bytes / LARGE + " MiB" : "1 GiB";
    }
}
