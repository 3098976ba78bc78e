package ringside.kernel.build;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.abi.KernelStates;
import ringside.kernel.abi.X86;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.layout.RecordLayout;

/**
 * Emits the plans of first tasks in the place of, or behind, those of {@code boot/tasks.asm}: the same records that
 * {@code boot/tasks_start.asm} reads, and a cell for every endpoint.
 */
final class TaskUnit {
    private static final String CELL = "tasks_endpoint_";
    private static final int USER_FLAGS = value("RFLAGS_ALWAYS") | value("RFLAGS_INTERRUPT");
    private static final int PORT_FLAGS = USER_FLAGS | value("RFLAGS_IOPL");
    private static final long PAGE_CODE = value("PTE_PRESENT") | value("PTE_USER");
    private static final long PAGE_DATA =
            PAGE_CODE | value("PTE_WRITE") | 1L << value("PTE_NO_EXECUTE_BIT");

    private final CodeBuilder code = new CodeBuilder();
    private final Set<String> withData;

    /** A field is a number, or the address of a symbol. */
    private sealed interface Value {
        record Number(long number) implements Value {
        }

        record Address(String symbol) implements Value {
        }
    }

    private TaskUnit(final Set<String> withData) {
        this.withData = withData;
    }

    private static int value(final String name) {
        for (final var group : List.of(X86.registers(), X86.paging())) {
            final Long value = group.values().get(name);
            if (value != null) {
                return Math.toIntExact(value);
            }
        }
        throw new IllegalStateException("no such constant: name=" + name);
    }

    /**
     * Emits a plan.
     *
     * @param plan     with tasks
     * @param withData programs that have data
     * @return the unit
     */
    static ObjectCode of(final TaskPlan plan, final Set<String> withData) {
        final TaskUnit unit = new TaskUnit(withData);
        final Set<String> endpoints = new TreeSet<>();
        for (int i = 0; i < plan.tasks().size(); i++) {
            final boolean first = !plan.standard() && i == 0;
            unit.task(plan.tasks().get(i), "tasks_plan_" + i, first);
            if (plan.tasks().get(i).named()) {
                unit.handleOfInit(plan.tasks().get(i), i);
            }
            plan.tasks().get(i).handles().stream()
                    .map(Task.TaskHandle::endpoint)
                    .filter(name -> name != null)
                    .forEach(endpoints::add);
        }
        if (plan.standard()) {
            endpoints.removeAll(List.of(Task.CONSOLE, Task.REPORT, Task.INPUT));
        }
        unit.code.section(".bss");
        unit.code.align(Long.BYTES);
        for (final String name : endpoints) {
            unit.code.global(CELL + name);
            unit.code.reserve(Long.BYTES);
        }
        return unit.code.build("ringside/kernel/build/TaskUnit");
    }

    /**
     * Emits the rest of init's table of programs: those that are named and not its own, and the table's end.
     *
     * @param plan with the standard tasks
     * @return the unit, for behind init's
     */
    static ObjectCode programs(final TaskPlan plan) {
        final TaskUnit unit = new TaskUnit(Set.of());
        unit.code.section(".rodata.init_programs");
        for (int i = 0; i < plan.tasks().size(); i++) {
            if (plan.tasks().get(i).named()) {
                unit.text(plan.tasks().get(i).name(), KernelAbi.TEXT_BLOCK);
                unit.code.dq(1L << FirstTasks.PROCESS_COUNT + i);
                unit.code.dq("init_no_devices", 0);
                unit.code.dq("init_run_added", 0);
            }
        }
        unit.code.global("init_programs_end");
        return unit.code.build("ringside/kernel/build/TaskUnit.programs");
    }

    private void handleOfInit(final Task task, final int place) {
        code.section(".rodata.init_handles");
        code.align(Long.BYTES);
        record(KernelLayouts.HANDLE_PLAN, Map.of(
                "object", new Value.Address(CELL + Task.control(task.name())),
                "slot", new Value.Number(FirstTasks.HANDLE_ADDED + place),
                "rights", new Value.Number(KernelAbi.RIGHT_SEND),
                "badge", new Value.Number(0)), "");
    }

    private void task(final Task task, final String symbol, final boolean first) {
        code.section(".rodata.tasks");
        code.align(Long.BYTES);
        record(KernelLayouts.PROCESS_PLAN, Map.of(
                "mode", new Value.Number(task.kernelMode() ? KernelStates.MODE_KERNEL : KernelStates.MODE_USER),
                "quota", new Value.Number(first ? KernelMemory.DIRECT_LIMIT : task.quota()),
                "regions", new Value.Address(symbol + "_regions"),
                "threads", new Value.Address(symbol + "_threads"),
                "handles", new Value.Address(symbol + "_handles")), task.name());
        code.section(".rodata");
        code.align(Long.BYTES);
        code.local(symbol + "_regions");
        for (final UserProgram program : task.programs()) {
            region(program.name() + "_text", PAGE_CODE);
            if (withData.contains(program.name())) {
                region(program.name() + "_data", PAGE_DATA);
            }
        }
        code.dq(0);
        code.local(symbol + "_threads");
        for (final Task.TaskThread thread : task.threads()) {
            record(KernelLayouts.THREAD_PLAN, Map.of(
                    "entry", new Value.Address(thread.entry()),
                    "argument", new Value.Number(thread.argument()),
                    "priority", new Value.Number(thread.priority()),
                    "user_flags", new Value.Number(thread.ports() ? PORT_FLAGS : USER_FLAGS)), "");
        }
        code.dq(0);
        code.local(symbol + "_handles");
        for (final Task.TaskHandle handle : task.handles()) {
            record(KernelLayouts.HANDLE_PLAN, Map.of(
                    "object", handle.endpoint() == null
                            ? new Value.Number(KernelAbi.HANDLE_SELF) : new Value.Address(CELL + handle.endpoint()),
                    "slot", new Value.Number(handle.slot()),
                    "rights", new Value.Number(handle.rights()),
                    "badge", new Value.Number(handle.badge())), "");
        }
        code.dq(0);
    }

    private void region(final String segment, final long access) {
        record(KernelLayouts.REGION_PLAN, Map.of(
                "virtual", new Value.Address(segment + "_start"),
                "end", new Value.Address(segment + "_end"),
                "physical", new Value.Address(segment + "_load_start"),
                "access", new Value.Number(access)), "");
    }

    /** Emits a record field by field; one that has more fields than are known here is refused. */
    private void record(final RecordLayout layout, final Map<String, Value> values, final String name) {
        final Map<String, Value> left = new LinkedHashMap<>(values);
        int at = 0;
        for (final RecordLayout.Field field : layout.fields()) {
            if (field.offset() != at) {
                throw new IllegalStateException("a plan has no gaps: field=" + field);
            }
            at += field.size();
            if ("name".equals(field.name())) {
                text(name, field.size());
                continue;
            }
            final Value value = left.remove(field.name());
            final LongConsumer number = number(field);
            switch (value) {
                case Value.Number plain -> number.accept(plain.number());
                case Value.Address address when field.size() == Long.BYTES -> code.dq(address.symbol(), 0);
                case null, default -> throw new IllegalStateException("a plan has this field too: " + field);
            }
        }
        if (!left.isEmpty() || at != layout.size()) {
            throw new IllegalStateException("a plan has other fields: layout=" + layout.name() + ", left=" + left);
        }
    }

    private LongConsumer number(final RecordLayout.Field field) {
        return field.size() == Integer.BYTES ? value -> code.dd((int) value) : code::dq;
    }

    private void text(final String name, final int size) {
        final byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        code.text(name);
        for (int i = bytes.length; i < size; i++) {
            code.db(0);
        }
    }
}
