package ringside.fastpath.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.build.KernelSources;
import ringside.profiler.toml.TomlTable;

/** Reads the tasks of a declaration for Bantam. */
final class TaskReader {
    /** Slots of every task: the console and the task itself. */
    static final int FIRST_SLOT = 2;
    private static final int MOST_TASKS = 16;
    private static final int MOST_THREADS = 16;
    /** The console server is more urgent than all of them. */
    private static final int MOST_PRIORITY = KernelAbi.PRIORITY_COUNT - 2;
    private static final int PRIORITY = 4;
    private static final String ENTRY = "workload_main";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,11}");
    private static final Pattern SYMBOL = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private TaskReader() {
    }

    static List<TaskSpec> read(final TomlTable top, final StandKind stand) {
        if (stand == StandKind.BARE) {
            if (top.has("task")) {
                throw top.wrong("task", "the bare stand has none");
            }
            return List.of();
        }
        if (!top.has("task")) {
            final SequencedMap<String, Integer> threads = new LinkedHashMap<>();
            threads.put(ENTRY, PRIORITY);
            return List.of(new TaskSpec("work", threads, false, List.of()));
        }
        final TomlTable table = top.table("task");
        final List<TaskSpec> tasks = new ArrayList<>();
        for (final String name : table.keys()) {
            if (!NAME.matcher(name).matches() || tasks.size() == MOST_TASKS) {
                throw table.wrong(name, "at most " + MOST_TASKS + " tasks, named by 1 to 12 small letters, digits, _");
            }
            tasks.add(task(name, table.table(name)));
        }
        table.end();
        if (tasks.isEmpty()) {
            throw top.wrong("task", "there is a first task");
        }
        return tasks;
    }

    /** {@return programs of Bantam that all tasks have in memory} */
    static List<String> programs(final TomlTable top, final StandKind stand) {
        if (!top.has("programs")) {
            return List.of();
        }
        final List<String> programs = top.texts("programs");
        for (final String name : programs) {
            if (stand != StandKind.BANTAM || !KernelSources.programs().contains(name)
                    || new HashSet<>(programs).size() < programs.size()) {
                throw top.wrong("programs", "each a program of Bantam, once, and on its stand: " + name);
            }
        }
        return programs;
    }

    private static TaskSpec task(final String name, final TomlTable table) {
        final SequencedMap<String, Integer> threads = new LinkedHashMap<>();
        final TomlTable entries = table.table("threads");
        for (final String entry : entries.keys()) {
            if (!SYMBOL.matcher(entry).matches() || threads.size() == MOST_THREADS) {
                throw entries.wrong(entry, "at most " + MOST_THREADS + " symbols with their priorities are wanted");
            }
            threads.put(entry, entries.number(entry, 0, MOST_PRIORITY));
        }
        final List<TaskSpec.EndpointHandle> handles = new ArrayList<>();
        final Set<Integer> taken = new HashSet<>();
        for (final String kind : List.of("send", "receive", "both")) {
            if (table.has(kind)) {
                final TomlTable some = table.table(kind);
                for (final String endpoint : some.keys()) {
                    final int slot = some.number(endpoint, FIRST_SLOT, KernelAbi.HANDLE_COUNT - 1);
                    if (!NAME.matcher(endpoint).matches() || endpoint.equals("console") || !taken.add(slot)) {
                        throw some.wrong(endpoint, "an endpoint's name and a slot that is free are wanted");
                    }
                    handles.add(new TaskSpec.EndpointHandle(endpoint, slot, !kind.equals("receive"),
                            !kind.equals("send")));
                }
            }
        }
        final boolean kernel = table.has("kernel_mode") && table.flag("kernel_mode");
        table.end();
        return new TaskSpec(name, threads, kernel, handles);
    }
}
