package ringside.fastpath.kernel.view;

import java.util.HashSet;
import java.util.Set;
import ringside.fastpath.view.KernelObjects;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelStates;

/** Whatever waits or is bound does so by a handle that is there and allows it. */
final class AuthorityRules {
    private static final int OBJECT = KernelLayouts.HANDLE.offset("object");
    private static final int RIGHTS = KernelLayouts.HANDLE.offset("rights");
    private static final int BADGE = KernelLayouts.HANDLE.offset("badge");
    private static final int HANDLE_PROCESS = KernelLayouts.HANDLE.offset("process");
    private static final int PROCESS = KernelLayouts.THREAD.offset("process");
    private static final int THREAD_BADGE = KernelLayouts.THREAD.offset("badge");
    private static final int STATE = KernelLayouts.THREAD.offset("state");
    private static final int WAITS_ON = KernelLayouts.THREAD.offset("waits_on");
    private static final int TRAPPED = KernelLayouts.THREAD.offset("trapped");
    private static final int RDI = KernelLayouts.THREAD.offset("rdi");
    private static final int BOUND = KernelLayouts.THREAD.offset("bound");
    private static final int BOUND_BY = KernelLayouts.THREAD.offset("bound_by");
    private static final int BOUND_THROUGH = KernelLayouts.THREAD.offset("bound_through");
    private static final int NOTIFICATION = KernelLayouts.INTERRUPT.offset("notification");
    private static final int BY = KernelLayouts.INTERRUPT.offset("by");
    private static final int THROUGH = KernelLayouts.INTERRUPT.offset("through");
    private static final int TABLE = KernelLayouts.PROCESS.offset("handles");

    private final KernelView view;
    private final KernelObjects objects;
    private final Broken broken;
    private final Set<Long> handles;

    AuthorityRules(final KernelView view, final KernelObjects objects, final Broken broken) {
        this.view = view;
        this.objects = objects;
        this.broken = broken;
        handles = new HashSet<>(objects.handles());
    }

    void check() {
        for (final long thread : objects.of(KernelObjects.THREAD)) {
            final long bound = view.word(thread + BOUND);
            binding("thread", thread, bound, view.word(thread + BOUND_BY), KernelAbi.RIGHT_WAIT);
            if (bound == 0 || view.word(thread + BOUND_THROUGH) != 0) {
                binding("thread", bound, bound == 0 ? 0 : thread, view.word(thread + BOUND_THROUGH),
                        KernelAbi.RIGHT_THREAD);
            }
            checkWaiting(thread, view.half(thread + STATE) & 0xff);
        }
        for (final long interrupt : objects.of(KernelObjects.INTERRUPT)) {
            final long notification = view.word(interrupt + NOTIFICATION);
            binding("interrupt", interrupt, notification, view.word(interrupt + BY), KernelAbi.RIGHT_SIGNAL);
            binding("interrupt", notification, notification == 0 ? 0 : interrupt, view.word(interrupt + THROUGH),
                    KernelAbi.RIGHT_INTERRUPT);
        }
    }

    /** Of something that is bound: the handle names the other side, and allows it; else there is none. */
    private void binding(final String what, final long bound, final long other, final long handle, final int right) {
        broken.unless(other == 0 ? handle == 0 : allows(handle, other, right), "binding",
                what + " %s is bound with %s by the handle at %s, which does not allow it", bound, other, handle);
    }

    private boolean allows(final long handle, final long object, final int right) {
        return handles.contains(handle) && view.word(handle + OBJECT) == object
                && (view.half(handle + RIGHTS) & right) != 0;
    }

    private void checkWaiting(final long thread, final int state) {
        final long on = view.word(thread + WAITS_ON);
        final long process = view.word(thread + PROCESS);
        if (state == KernelStates.STATE_RECEIVING || state == KernelStates.STATE_WAITING) {
            final int right = state == KernelStates.STATE_WAITING ? KernelAbi.RIGHT_WAIT : KernelAbi.RIGHT_RECEIVE;
            broken.unless(objects.to(on).stream().anyMatch(handle -> view.word(handle + HANDLE_PROCESS) == process
                    && allows(handle, on, right)), "waiting", "thread %s waits for %s without a handle", thread, on);
        } else if ((state == KernelStates.STATE_SENDING || state == KernelStates.STATE_CALLING)
                && view.word(thread + TRAPPED) != KernelStates.TRAP_FAULT) {
            final long handle = view.word(process + TABLE)
                    + view.word(thread + RDI) * KernelLayouts.HANDLE.size();
            broken.unless(allows(handle, on, KernelAbi.RIGHT_SEND)
                    && view.word(handle + BADGE) == view.word(thread + THREAD_BADGE), "waiting",
                    "thread %s queues at %s by the handle at %s, which does not allow it", thread, on, handle);
        }
    }
}
