package ringside.kernel.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ringside.kernel.abi.KernelAbi;
import ringside.toolchain.asm.SourceTree;

/**
 * Where Bantam's sources are, and in which order its units lie in memory.
 *
 * <p>A path has one meaning everywhere: in includes, line tables and messages. Kernel sources stand at the root,
 * generated includes under {@code abi/}, user programs under {@code user/}.
 */
public final class KernelSources {
    /** The unit with the plans of the standard first tasks. */
    static final String STANDARD_TASKS = "boot/tasks.asm";
    /** The unit behind all plans. */
    static final String TASKS_END = "boot/tasks_end.asm";

    private static final String ROOT = "META-INF/asm";
    private static final String CALLS = "abi/calls.inc";
    private static final Pattern TICK_PERIOD = Pattern.compile("(TICK_PERIOD\\s+equ\\s+)[0-9]+");

    /** The kernel's units; the hottest code comes first. */
    private static final List<String> KERNEL = List.of(
            "boot/multiboot.asm",
            "boot/entry.asm",
            "syscall/syscall_entry.asm",
            "syscall/syscall_leaf.asm",
            "syscall/syscall_restart.asm",
            "ipc/ipc_fast_call.asm",
            "ipc/ipc_fast_reply_recv.asm",
            "ipc/ipc_fast_signal.asm",
            "ipc/sys_send.asm",
            "ipc/sys_receive.asm",
            "ipc/sys_reply.asm",
            "ipc/message.asm",
            "ipc/message_rare.asm",
            "ipc/message_buffer.asm",
            "thread/scheduler.asm",
            "thread/thread_resume.asm",
            "thread/thread_resume_kernel.asm",
            "thread/thread_gate.asm",
            "thread/float.asm",
            "syscall/sys_thread.asm",
            "thread/waiters.asm",
            "ipc/endpoint.asm",
            "ipc/notification.asm",
            "ipc/notification_bind.asm",
            "trap/vectors.asm",
            "interrupt/vectors.asm",
            "trap/trap_entry.asm",
            "trap/timer.asm",
            "trap/trap_fault.asm",
            "ipc/fault.asm",
            "trap/idt.asm",
            "thread/sleepers.asm",
            "thread/thread_wait.asm",
            "thread/priority.asm",
            "thread/thread_make.asm",
            "thread/thread_kill.asm",
            "process/process.asm",
            "process/space.asm",
            "object/object.asm",
            "object/object_cache.asm",
            "object/handle.asm",
            "object/handle_bindings.asm",
            "object/handle_waiters.asm",
            "object/sys_handle.asm",
            "object/sys_object.asm",
            "memory/frame.asm",
            "memory/quota.asm",
            "memory/page_table.asm",
            "memory/page_unmap.asm",
            "memory/memory.asm",
            "memory/mapping.asm",
            "memory/memory_fork.asm",
            "memory/memory_touch.asm",
            "memory/sys_memory.asm",
            "memory/futex.asm",
            "memory/sys_memory_create.asm",
            "interrupt/interrupt.asm",
            "interrupt/sys_interrupt.asm",
            "driver/lapic.asm",
            "driver/ioapic.asm",
            "driver/pic.asm",
            "driver/uart.asm",
            "lib/print.asm",
            "lib/panic.asm",
            "boot/start.asm",
            "boot/cpu.asm",
            "smp/lock.asm",
            "smp/request.asm",
            "smp/stop.asm",
            "smp/acpi.asm",
            "smp/trampoline.asm",
            "smp/start.asm",
            "smp/sys_cpu.asm",
            "boot/gdt.asm",
            "memory/memory_map.asm",
            "boot/command_line.asm",
            "memory/frame_start.asm",
            "boot/paging.asm",
            "boot/tasks_start.asm",
            KernelSources.STANDARD_TASKS,
            KernelSources.TASKS_END);

    /** The user programs: {@code user/NAME.asm}, in sections {@code .text.NAME .rodata.NAME .bss.NAME}. */
    private static final List<String> PROGRAMS =
            List.of("init", "console", "client", "server", "cases", "rogue", "objects", "paging", "smp", "ipc",
                    "float", "interrupts", "shell", "ninep", "rings", "servers", "names", "timer", "modes");

    private KernelSources() {
    }

    /** {@return the sources that this module carries} */
    public static SourceTree bundled() {
        return SourceTree.resources(KernelSources.class, ROOT);
    }

    /**
     * {@return the sources of {@link #bundled()} for a kernel that ticks at other times}
     *
     * @param period LAPIC timer counts from tick to tick, in place of {@link KernelAbi#TICK_PERIOD}
     */
    public static SourceTree ticking(final int period) {
        final SourceTree ours = bundled();
        return path -> ours.read(path).map(text -> path.equals(CALLS)
                ? TICK_PERIOD.matcher(text).replaceFirst("$1" + period) : text);
    }

    /**
     * Reads the sources of a working tree, so that a change shows without a build of this module.
     *
     * @param module the directory {@code guest-kernel}
     * @return the same tree as {@link #bundled()}
     */
    public static SourceTree directory(final Path module) {
        final SourceTree user = SourceTree.directory(module.resolve("src/user/asm"));
        final SourceTree below = path -> path.startsWith("user/")
                ? user.read(path.substring("user/".length()))
                : Optional.empty();
        return below.over(SourceTree.directory(module.resolve("src/main/asm")))
                .over(SourceTree.directory(module.resolve("src/main/generated")));
    }

    /** {@return the paths of all units: the kernel's in the order of its code, the programs, the file server} */
    public static List<String> units() {
        return Stream.concat(
                        KERNEL.stream(), PROGRAMS.stream().flatMap(program -> program(program).stream()))
                .toList();
    }

    /** {@return the paths of the kernel's units, in the order of its code in memory} */
    static List<String> kernel() {
        return KERNEL;
    }

    /** {@return the paths of a user program's units} */
    static List<String> program(final String name) {
        final List<String> units = new ArrayList<>(List.of("user/" + name + ".asm"));
        if (name.equals("ninep")) {
            units.addAll(NinePImage.library());
        }
        return units;
    }

    /** {@return the names of the user programs, in the order of their addresses} */
    public static List<String> programs() {
        return PROGRAMS;
    }
}
