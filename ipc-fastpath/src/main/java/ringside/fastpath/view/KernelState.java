package ringside.fastpath.view;

import java.util.List;

/**
 * What Bantam's memory says at one moment, with no CPU at work in the kernel.
 *
 * @param cpus          with what they run and have to run
 * @param spaces        processes that live, the first one first
 * @param threads       of all of them
 * @param endpoints     that somebody can name
 * @param notifications that somebody can name
 * @param locks         the kernel's own, where there are several CPUs, then memory that threads wait at
 */
public record KernelState(List<CpuQueues> cpus, List<SpaceView> spaces, List<ThreadView> threads,
        List<EndpointView> endpoints, List<NotificationView> notifications, List<LockView> locks) {
    /** Copies the lists. */
    public KernelState {
        cpus = List.copyOf(cpus);
        spaces = List.copyOf(spaces);
        threads = List.copyOf(threads);
        endpoints = List.copyOf(endpoints);
        notifications = List.copyOf(notifications);
        locks = List.copyOf(locks);
    }

    /**
     * {@return what there is}
     *
     * @param view of the kernel
     * @param cpus how many CPUs run
     * @throws KernelView.LostException where memory cannot be what it should be, as in the middle of the kernel's work
     */
    public static KernelState of(final KernelView view, final int cpus) {
        return new KernelDecoder(view).state(cpus);
    }

    /** {@return the thread with a block at an address} */
    public ThreadView thread(final long address) {
        return threads.stream().filter(thread -> thread.address() == address).findFirst().orElseThrow();
    }

    /** {@return the process at an address} */
    public SpaceView space(final long process) {
        return spaces.stream().filter(space -> space.process() == process).findFirst().orElseThrow();
    }
}
