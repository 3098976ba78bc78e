package ringside.fastpath.view;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelStates;
import ringside.toolchain.layout.RecordLayout;

/** Makes typed records of the kernel's objects, field by field as the layouts say. */
final class KernelDecoder {
    private static final RecordLayout THREAD = KernelLayouts.THREAD;
    private static final RecordLayout CPU = KernelLayouts.CPU;
    private static final int CPU_LOW = KernelLayouts.OBJECT.offset("cpu");
    private static final int NEXT = THREAD.offset("next");
    private static final long UPPER_HALF = -1L << Integer.SIZE;

    private final KernelView view;
    private final long cpuBlock;

    KernelDecoder(final KernelView view) {
        this.view = view;
        cpuBlock = view.symbol("cpu_block");
    }

    KernelState state(final int cpus) {
        final KernelObjects objects = new KernelObjects(view);
        final List<CpuQueues> queues = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            queues.add(cpu(cpu));
        }
        return new KernelState(queues, objects.living().stream().map(process -> space(objects, process)).toList(),
                objects.of(KernelObjects.THREAD).stream().map(this::thread).toList(),
                objects.of(KernelObjects.ENDPOINT).stream().map(this::endpoint).toList(),
                objects.of(KernelObjects.NOTIFICATION).stream().map(this::notification).toList(), locks(objects));
    }

    ThreadView thread(final long at) {
        final int state = view.half(at + THREAD.offset("state"));
        return new ThreadView(at, view.word(at + THREAD.offset("process")), ThreadState.of(state),
                (state & KernelStates.STATE_TIMED) != 0, view.half(at + THREAD.offset("priority")),
                view.half(at + THREAD.offset("own_priority")), cpuOf(at), waitsOn(at, ThreadState.of(state)),
                link(at + THREAD.offset("caller")), link(at + THREAD.offset("bound")),
                view.word(at + THREAD.offset("wake_tick")),
                view.half(at + THREAD.offset("mode")) == KernelStates.MODE_KERNEL,
                view.word(at + THREAD.offset("float")) != 0, view.word(at + THREAD.offset("rip")),
                view.word(at + THREAD.offset("rsp")));
    }

    /** What a thread waited for last stays in its block. */
    private OptionalLong waitsOn(final long thread, final ThreadState state) {
        return switch (state) {
            case RUNNABLE, SLEEPING, DEAD -> OptionalLong.empty();
            default -> link(thread + THREAD.offset("waits_on"));
        };
    }

    private int cpuOf(final long thread) {
        return (int) ((UPPER_HALF + Integer.toUnsignedLong(view.half(thread + CPU_LOW)) - cpuBlock) / CPU.size());
    }

    private OptionalLong link(final long at) {
        final long target = view.word(at);
        return target == 0 ? OptionalLong.empty() : OptionalLong.of(target);
    }

    private List<Long> queue(final String what, final long at) {
        return view.list(what, view.word(at), thread -> view.word(thread + NEXT));
    }

    private CpuQueues cpu(final int index) {
        final long at = cpuBlock + (long) index * CPU.size();
        final TreeMap<Integer, List<Long>> ready = new TreeMap<>();
        for (int priority = 0; priority < KernelAbi.PRIORITY_COUNT; priority++) {
            final List<Long> queue = queue("ready " + priority, at + CPU.offset("levels")
                    + (long) priority * KernelLayouts.LEVEL.size() + KernelLayouts.LEVEL.offset("first"));
            if (!queue.isEmpty()) {
                ready.put(priority, queue);
            }
        }
        final List<Long> sleepers = view.list("sleepers", view.word(at + CPU.offset("sleepers")),
                thread -> view.word(thread + THREAD.offset("sleep_next")));
        return new CpuQueues(index, at, link(at + CPU.offset("current")), ready, sleepers,
                view.word(at + CPU.offset("ticks")));
    }

    private SpaceView space(final KernelObjects objects, final long process) {
        final long cr3 = view.word(process + KernelLayouts.PROCESS.offset("cr3"));
        final List<SpaceView.Mapping> mappings = objects.mappings(process).stream().map(at -> new SpaceView.Mapping(
                view.word(at + KernelLayouts.MAPPING.offset("address")),
                view.word(at + KernelLayouts.MAPPING.offset("pages")),
                view.word(at + KernelLayouts.MAPPING.offset("first")),
                view.word(at + KernelLayouts.MAPPING.offset("access")))).toList();
        return new SpaceView(process, objects.label(process), cr3,
                view.word(process + KernelLayouts.PROCESS.offset("quota")),
                view.word(process + KernelLayouts.PROCESS.offset("used")), objects.threads(process), mappings,
                view.userPages(cr3));
    }

    private EndpointView endpoint(final long at) {
        return new EndpointView(at, queue("senders", at + KernelLayouts.ENDPOINT.offset("senders")),
                queue("receivers", at + KernelLayouts.ENDPOINT.offset("receivers")),
                view.word(at + KernelLayouts.ENDPOINT.offset("receive_handles")) != 0);
    }

    private NotificationView notification(final long at) {
        return new NotificationView(at, view.word(at + KernelLayouts.NOTIFICATION.offset("bits")),
                queue("waiters", at + KernelLayouts.NOTIFICATION.offset("waiters")),
                link(at + KernelLayouts.NOTIFICATION.offset("bound")));
    }

    private List<LockView> locks(final KernelObjects objects) {
        final List<LockView> locks = new ArrayList<>();
        if (view.has("kernel_lock")) {
            final long next = view.variable("lock_wanted");
            locks.add(new LockView(view.symbol("kernel_lock"), true, view.half(view.symbol("kernel_lock")) != 0,
                    next == 0 ? OptionalInt.empty() : OptionalInt.of((int) ((next - cpuBlock) / CPU.size())),
                    List.of()));
        }
        for (final long memory : objects.of(KernelObjects.MEMORY)) {
            final List<LockView.Waiter> waiters = queue("words", memory + KernelLayouts.MEMORY.offset("waiters"))
                    .stream().map(thread -> new LockView.Waiter(thread, view.word(thread + THREAD.offset("badge"))))
                    .toList();
            if (!waiters.isEmpty()) {
                locks.add(new LockView(memory, false, false, OptionalInt.empty(), waiters));
            }
        }
        return locks;
    }
}
