package ringside.console.repl.command;

import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Stretch;
import ringside.console.report.AnnotatedListing;
import ringside.console.report.CallText;
import ringside.console.report.Disassembly;
import ringside.console.report.ExportFormat;
import ringside.console.report.Listing;
import ringside.console.report.ProfileText;
import ringside.console.report.ProfiledCode;
import ringside.console.report.SwitchText;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Machine;
import ringside.emulator.state.WholeFile;
import ringside.fastpath.experiment.KernelMarks;
import ringside.profiler.export.PerfettoRecorder;
import ringside.profiler.export.ProfiledGuest;
import ringside.profiler.profile.CallCounter;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.CodeProfiler;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.SwitchProfiler;

/** Profiles of stretches of a guest's history. */
final class Profiles {
    private static final long OTHERWISE = 1_000_000;
    private static final int ROWS = 12;

    private final Desk desk;
    private final Guest guest;

    Profiles(final Desk desk) {
        this.desk = desk;
        guest = desk.guest();
    }

    /** {@return the stretch that words name} */
    private Stretch named(final List<String> words) {
        final long here = guest.machine().steps();
        if (words.size() == 2) {
            final long from = desk.place(words.getFirst());
            final long to = desk.place(words.getLast());
            desk.runner().allowance().require(Math.max(from, to) - guest.timeline().farthest());
            return new Stretch(from, to);
        }
        if (words.size() == 1 && desk.bookmarks().containsKey(words.getFirst())) {
            return new Stretch(desk.place(words.getFirst()), here);
        }
        if (words.size() > 2) {
            throw new RefusedException("a stretch is STEPS, FROM TO, or a bookmark: " + String.join(" ", words));
        }
        final long steps = words.isEmpty() ? OTHERWISE : guest.value(words.getFirst());
        if (steps < 1 || steps > Long.MAX_VALUE - here) {
            throw new RefusedException("a stretch has at least 1 step: " + words.getFirst());
        }
        desk.runner().allowance().require(steps);
        return new Stretch(here, here + steps);
    }

    private CodeProfile profile(final List<String> words, final ProfiledCode code) {
        final Stretch wanted = named(words);
        final CodeProfiler[] profiler = new CodeProfiler[1];
        final Stretch done = Stretch.of(guest, wanted.from(), wanted.to(), machine -> {
            profiler[0] = new CodeProfiler(code, guest.image().probes(), false, clocks(machine), roots(machine),
                Optional.empty());
            return List.of(profiler[0]);
        });
        desk.out().println("Steps " + done.from() + " to " + done.to());
        return profiler[0].profile(guest.machine().config().timing().id());
    }

    private static long[] clocks(final Machine machine) {
        return IntStream.range(0, machine.config().vcpus()).mapToLong(machine::cycles).toArray();
    }

    private static long[] roots(final Machine machine) {
        return IntStream.range(0, machine.config().vcpus())
            .mapToLong(cpu -> machine.cpu(cpu).read(CpuRegister.CR3)).toArray();
    }

    /** Shows where a stretch's cycles went. */
    void top(final List<String> words) {
        try (ProfiledCode code = ProfiledCode.of(guest.image())) {
            final CodeProfile profile = profile(words, code);
            desk.out().print(new ProfileNames(guest).in(ProfileText.top(profile, guest.image(), guest.image().name(),
                ROWS, ProfileText.COLUMNS)));
        }
    }

    /** Shows a routine with what its instructions took. */
    void annotate(final String routine, final List<String> words) {
        final Listing listing = new Disassembly(guest.image()).list(routine, Optional.empty());
        try (ProfiledCode code = ProfiledCode.of(guest.image())) {
            final CodeProfile profile = profile(words, code);
            final Map<Long, InstructionCost> costs = profile.addresses().stream().collect(Collectors.toMap(
                InstructionCost::address, Function.identity(), (first, second) -> first, LinkedHashMap::new));
            desk.out().print(AnnotatedListing.of(listing, costs, profile, guest.texts(), ProfileText.COLUMNS));
        }
    }

    /** Takes context switches apart. */
    void switches(final List<String> words) {
        final Stretch wanted = named(words);
        final SwitchProfiler[] profiler = new SwitchProfiler[1];
        final Stretch done = Stretch.of(guest, wanted.from(), wanted.to(), machine -> {
            profiler[0] = new SwitchProfiler(KernelMarks.SWITCHES, guest.image().probes(), clocks(machine),
                roots(machine));
            return List.of(profiler[0]);
        });
        desk.out().print(SwitchText.of(profiler[0].groups(), "Context switches of steps " + done.from() + " to "
            + done.to(), guest.machine().config().timing().id(), ROWS));
    }

    /** Counts system calls. */
    void calls(final List<String> words) {
        final Stretch wanted = named(words);
        try (ProfiledCode code = ProfiledCode.of(guest.image())) {
            final CallCounter counter =
                new CallCounter(KernelMarks.CALLS, code, guest.image().probes(), guest.cpus());
            if (!counter.known()) {
                throw new RefusedException("this image has no marks that tell of system calls");
            }
            final Stretch done = Stretch.of(guest, wanted.from(), wanted.to(), machine -> List.of(counter));
            desk.out().print(CallText.of(counter.counts(), "System calls of steps " + done.from() + " to " + done.to(),
                guest.machine().config().timing().id(), ROWS, false));
        }
    }

    /** Writes a stretch's profile for another program. */
    void export(final ExportFormat format, final Path file, final List<String> words) {
        final Stretch wanted = named(words);
        final CodeProfiler[] profiler = new CodeProfiler[1];
        final List<PerfettoRecorder> recorders = new ArrayList<>();
        try (ProfiledCode code = ProfiledCode.of(guest.image())) {
            final Stretch done = Stretch.of(guest, wanted.from(), wanted.to(), machine -> {
                profiler[0] = new CodeProfiler(code, guest.image().probes(), true, clocks(machine), roots(machine),
                    Optional.empty());
                if (format == ExportFormat.PERFETTO) {
                    recorders.add(new PerfettoRecorder(code, guest.image().probes(), ExportFormat.ARROWS,
                        clocks(machine)));
                }
                return Stream.concat(Stream.of(profiler[0]), recorders.stream()).toList();
            });
            final byte[] bytes = format.bytes(profiler[0].profile(guest.machine().config().timing().id()),
                recorders.stream().findFirst(), new ProfiledGuest(guest.image().name(), guest.image().sha256(),
                    version(), address -> guest.image().lines().at(address)));
            WholeFile.write(file, out -> out.write(bytes));
            desk.out().println("steps " + done.from() + " to " + done.to() + " as " + format + ", " + bytes.length
                + " bytes, in " + file);
            recorders.stream().filter(one -> one.dropped() > 0).forEach(one -> desk.out().println(one.dropped()
                + " events beyond the first " + PerfettoRecorder.MOST_EVENTS + " are not in it"));
        }
    }

    private static String version() {
        return Optional.ofNullable(Profiles.class.getModule().getDescriptor())
            .flatMap(ModuleDescriptor::rawVersion).orElse("unversioned");
    }
}
