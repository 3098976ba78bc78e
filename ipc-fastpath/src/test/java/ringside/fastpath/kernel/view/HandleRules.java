package ringside.fastpath.kernel.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ringside.fastpath.view.KernelObjects;
import ringside.fastpath.view.KernelView;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;

/** Lists of handles are whole, and a copy never allows more than what it was copied from. */
final class HandleRules {
    private static final int OBJECT = KernelLayouts.HANDLE.offset("object");
    private static final int RIGHTS = KernelLayouts.HANDLE.offset("rights");
    private static final int DEPTH = KernelLayouts.HANDLE.offset("depth");
    private static final int BADGE = KernelLayouts.HANDLE.offset("badge");
    private static final int PROCESS = KernelLayouts.HANDLE.offset("process");
    private static final int PREVIOUS = KernelLayouts.HANDLE.offset("previous");
    private static final int TABLE = KernelLayouts.PROCESS.offset("handles");
    private static final int RECEIVE_HANDLES = KernelLayouts.ENDPOINT.offset("receive_handles");
    private static final int RECEIVERS = KernelLayouts.ENDPOINT.offset("receivers");
    private static final int SENDERS = KernelLayouts.ENDPOINT.offset("senders");

    private final KernelView view;
    private final KernelObjects objects;
    private final Broken broken;

    HandleRules(final KernelView view, final KernelObjects objects, final Broken broken) {
        this.view = view;
        this.objects = objects;
        this.broken = broken;
    }

    /** {@return the rights that a handle to a kind of object may have at all} */
    private static int rightsOf(final int kind) {
        if (kind == KernelObjects.PROCESS) {
            return KernelAbi.RIGHT_PROCESS;
        }
        if (kind == KernelObjects.THREAD) {
            return KernelAbi.RIGHT_THREAD;
        }
        if (kind == KernelObjects.ENDPOINT) {
            return KernelAbi.RIGHT_SEND | KernelAbi.RIGHT_RECEIVE | KernelAbi.RIGHT_GRANT;
        }
        if (kind == KernelObjects.REPLY) {
            return KernelAbi.RIGHT_REPLY;
        }
        if (kind == KernelObjects.INTERRUPT) {
            return KernelAbi.RIGHT_INTERRUPT;
        }
        if (kind == KernelObjects.MACHINE) {
            return KernelAbi.RIGHT_MACHINE;
        }
        if (kind == KernelObjects.NOTIFICATION) {
            return KernelAbi.RIGHT_SIGNAL | KernelAbi.RIGHT_WAIT;
        }
        return kind == KernelObjects.MEMORY
                ? KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE | KernelAbi.RIGHT_MAP_EXECUTE : 0;
    }

    void check() {
        final Set<Long> listed = new HashSet<>();
        for (int kind = 0; kind < KernelObjects.KINDS; kind++) {
            for (final long object : objects.of(kind)) {
                checkList(object, kind, listed);
            }
        }
        for (final long handle : objects.handles()) {
            broken.unless(listed.contains(handle), "handle list", "%s is not in the list of its object",
                    objects.handleName(handle));
        }
    }

    private void checkList(final long object, final int kind, final Set<Long> listed) {
        final List<Long> parents = new ArrayList<>();
        long before = 0;
        long receivers = 0;
        for (final long handle : objects.to(object)) {
            final String name = objects.handleName(handle);
            broken.unless(listed.add(handle), "handle list", "%s is in two lists", name);
            broken.unless(view.word(handle + OBJECT) == object, "handle list", "%s is in the list of %s", name, object);
            broken.unless(view.word(handle + PREVIOUS) == before, "handle list", "%s: previous is %s and not %s", name,
                    view.word(handle + PREVIOUS), before);
            broken.unless(inPlace(handle), "handle place", "%s lies in no table of a process that lives", name);
            final int rights = view.half(handle + RIGHTS);
            broken.unless((rights & ~rightsOf(kind)) == 0, "handle rights",
                    "%s has rights 0x%s to an object of kind " + kind, name, Integer.toHexString(rights));
            if ((rights & KernelAbi.RIGHT_RECEIVE) != 0) {
                receivers++;
            }
            final int depth = view.half(handle + DEPTH);
            broken.unless(depth >= 0 && depth <= parents.size(), "handle depth", "%s is %s deep behind one of depth %s",
                    name, String.valueOf(depth), String.valueOf(parents.size() - 1));
            while (parents.size() > Math.max(depth, 0)) {
                parents.removeLast();
            }
            if (!parents.isEmpty()) {
                checkCopy(handle, parents.getLast());
            }
            parents.add(handle);
            before = handle;
        }
        if (kind == KernelObjects.ENDPOINT) {
            broken.unless(view.word(object + RECEIVE_HANDLES) == receivers, "receive handles",
                    "endpoint %s counts %s, there are %s", object, view.word(object + RECEIVE_HANDLES), receivers);
            broken.unless(receivers > 0 || view.word(object + RECEIVERS) == 0 && view.word(object + SENDERS) == 0,
                    "closed endpoint", "threads wait at %s, where nobody can receive", object);
        }
    }

    private boolean inPlace(final long handle) {
        final long process = view.word(handle + PROCESS);
        if (!objects.of(KernelObjects.PROCESS).contains(process) || !objects.lives(process)) {
            return false;
        }
        if (handle == process + KernelObjects.FAULT_HANDLER) {
            return true;
        }
        final long offset = handle - view.word(process + TABLE);
        return offset >= 0 && offset % KernelLayouts.HANDLE.size() == 0
                && offset / KernelLayouts.HANDLE.size() < KernelAbi.HANDLE_COUNT;
    }

    private void checkCopy(final long copy, final long from) {
        broken.unless((view.half(copy + RIGHTS) & ~view.half(from + RIGHTS)) == 0, "handle rights",
                "%s has more rights than %s, of which it is a copy", objects.handleName(copy),
                objects.handleName(from));
        broken.unless(view.word(from + BADGE) == 0 || view.word(copy + BADGE) == view.word(from + BADGE),
                "handle badge", "%s has another badge than %s, of which it is a copy", objects.handleName(copy),
                objects.handleName(from));
    }
}
