package ringside.profiler.profile;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/**
 * Which chain of calls each CPU is in, through switches between threads.
 *
 * <p>A frame of a CALL is known by where its return address lies in physical memory, because that is what a switch of
 * stacks changes: a RET whose slot another thread's CALL wrote continues that thread. Return addresses would not do;
 * all threads that wait in a kernel wait at the same one. A RET from a slot that nobody wrote, in a page that the
 * thread has no frame in, begins a thread.
 *
 * <p>What enters the kernel is known by the address it returns to, with the address space where that is at level 3.
 * Of several threads that wait at one address of one space the latest is taken: the one case in which a chain may be
 * another's. A jump to another routine takes the frame over, as a tail call does.
 */
final class CallTracker {
    private static final int MOST_STACKS = 1024;
    private static final int MOST_THREADS = 4096;
    private static final int PAGE_SHIFT = 12;
    private static final int USER_LEVEL = 3;

    private final CallTree tree;
    private final ThreadStack[] stacks = new ThreadStack[MOST_STACKS];
    private final Long2IntOpenHashMap owners = new Long2IntOpenHashMap();
    private int count;
    private long clock;
    private long tooDeep;
    private int begun;
    /** The first routine on each stack, by its place among all that began. */
    private final int[] bases = new int[MOST_THREADS + 1];

    CallTracker(final CallTree tree) {
        this.tree = tree;
        owners.defaultReturnValue(-1);
    }

    /** What one CPU is in, and what its latest instruction leaves open until it is known where it went. */
    static final class Place {
        private ThreadStack stack;
        private Flow open = Flow.NONE;
        private long site;
        private long next;
        private long slot;
        private int level;
    }

    /** {@return calls that were not followed because they were too deep} */
    long tooDeep() {
        return tooDeep;
    }

    /** {@return the node of an instruction that is about to count} */
    int at(final Place place, final long address, final int level, final int space, final int routine) {
        settle(place, address, level, space);
        place.level = level;
        if (place.stack == null) {
            place.stack = begin();
        }
        final ThreadStack stack = place.stack;
        if (stack.depth == 0) {
            stack.push(ThreadStack.BASE, 0, space, CallTree.ROOT, 0, tree.child(CallTree.ROOT, 0, routine));
            tree.enter(stack.top());
            if (bases[stack.thread] == Names.UNKNOWN && stack.thread < MOST_THREADS) {
                bases[stack.thread] = routine;
            }
        }
        final int top = stack.depth - 1;
        if (tree.name(stack.node[top]) != routine) {
            stack.node[top] = tree.child(stack.above[top], stack.site[top], routine);
            tree.enter(stack.node[top]);
        }
        return stack.node[top];
    }

    /** {@return which of all stacks of frames a CPU is on, from 1; those after too many are one; 0 for none} */
    int thread(final Place place) {
        return place.stack == null ? 0 : place.stack.thread;
    }

    /** {@return stacks of frames that began} */
    int threads() {
        return begun;
    }

    /** {@return the name of the routine that a stack of frames began with} */
    int base(final int thread) {
        return thread == MOST_THREADS ? Names.TOO_MANY : bases[thread];
    }

    /** Says what the instruction just counted does. */
    void did(final Place place, final Flow flow, final long address, final int length, final long slot) {
        place.open = flow;
        place.site = address;
        place.next = address + length;
        place.slot = slot;
    }

    /** A system call, an exception or an interrupt; {@return its node} */
    int enter(final Place place, final int name, final long site, final long returnsTo, final int space,
            final boolean syscall) {
        // A way out that nothing came of yet goes to level 3, unless the kernel itself was interrupted there.
        final boolean leaves = place.open == Flow.LEAVE && !interruptedKernel(place.stack, returnsTo);
        settle(place, returnsTo, leaves ? USER_LEVEL : place.level, space);
        place.level = leaves ? USER_LEVEL : place.level;
        if (place.stack == null || place.stack.depth == 0) {
            at(place, returnsTo, place.level, space, Names.UNKNOWN);
        }
        final ThreadStack stack = place.stack;
        final int node = tree.child(stack.top(), site, name);
        tree.enter(node);
        byte kind = ThreadStack.ENTRY;
        if (place.level != 0) {
            kind = syscall ? ThreadStack.SYSCALL : ThreadStack.ENTRY_FROM_USER;
        }
        if (!stack.push(kind, returnsTo, space, node, 0, node)) {
            tooDeep++;
        }
        place.open = Flow.NONE;
        place.level = 0;
        return node;
    }

    /** Forgets what the CPUs are in: the machine boots anew. */
    void reset(final Place place) {
        place.stack = null;
        place.open = Flow.NONE;
        place.level = 0;
    }

    private static boolean interruptedKernel(final ThreadStack stack, final long address) {
        final int entry = stack == null ? -1 : stack.kernelEntry();
        return entry >= 0 && stack.key[entry] == address;
    }

    private void settle(final Place place, final long address, final int level, final int space) {
        final Flow open = place.open;
        place.open = Flow.NONE;
        if (level != 0 && place.level == 0) {
            toUser(place, address, space);
        } else if (place.stack == null || place.stack.depth == 0) {
            return;
        } else if (open == Flow.LEAVE && level == 0) {
            toKernel(place, address);
        } else if (open == Flow.CALL && address != place.next) {
            call(place);
        } else if (open == Flow.RETURN) {
            giveBack(place);
        }
    }

    private void call(final Place place) {
        final ThreadStack stack = place.stack;
        // The first instruction at the target replaces the name.
        if (stack.push(ThreadStack.CALL, place.slot, 0, stack.top(), place.site, CallTree.ROOT)) {
            owners.put(place.slot, stack.number);
        } else {
            tooDeep++;
        }
    }

    private void giveBack(final Place place) {
        int frame = place.stack.call(place.slot);
        if (frame < 0) {
            final int owner = owners.get(place.slot);
            if (owner >= 0 && stacks[owner].call(place.slot) >= 0) {
                place.stack = taken(stacks[owner]);
                frame = place.stack.call(place.slot);
            } else if (place.stack.depth > 1 && !place.stack.uses(place.slot, PAGE_SHIFT)
                    && place.stack.kind[place.stack.depth - 1] == ThreadStack.CALL) {
                place.stack = begin();
                return;
            }
        }
        if (frame >= 0) {
            pop(place.stack, frame);
        }
    }

    private void toUser(final Place place, final long address, final int space) {
        if (place.stack != null && returnsTo(place.stack, address, space)) {
            pop(place.stack, place.stack.userEntry());
            return;
        }
        ThreadStack latest = null;
        for (int i = 0; i < count; i++) {
            if ((latest == null || stacks[i].used > latest.used) && returnsTo(stacks[i], address, space)) {
                latest = stacks[i];
            }
        }
        if (latest != null) {
            place.stack = taken(latest);
            pop(latest, latest.userEntry());
            return;
        }
        // An exception's handler may have sent the thread elsewhere; a system call from here on is another thread's.
        final int entry = place.stack == null ? -1 : place.stack.userEntry();
        if (entry >= 0 && place.stack.kind[entry] == ThreadStack.ENTRY_FROM_USER && place.stack.space[entry] == space) {
            pop(place.stack, entry);
        } else {
            place.stack = begin();
        }
    }

    private static boolean returnsTo(final ThreadStack stack, final long address, final int space) {
        final int entry = stack.userEntry();
        return entry >= 0 && stack.key[entry] == address && stack.space[entry] == space;
    }

    private void toKernel(final Place place, final long address) {
        int entry = place.stack.kernelEntry();
        if (interruptedKernel(place.stack, address)) {
            pop(place.stack, entry);
            return;
        }
        ThreadStack latest = null;
        for (int i = 0; i < count; i++) {
            final int other = stacks[i].kernelEntry();
            if (other >= 0 && stacks[i].key[other] == address && (latest == null || stacks[i].used > latest.used)) {
                latest = stacks[i];
                entry = other;
            }
        }
        if (latest != null) {
            place.stack = taken(latest);
        }
        if (entry >= 0) {
            pop(place.stack, entry);
        }
    }

    private static void pop(final ThreadStack stack, final int frame) {
        stack.depth = frame;
    }

    private ThreadStack taken(final ThreadStack stack) {
        stack.used = ++clock;
        return stack;
    }

    private ThreadStack begin() {
        ThreadStack free = null;
        if (count < MOST_STACKS) {
            free = new ThreadStack(count);
            stacks[count++] = free;
        } else {
            for (final ThreadStack stack : stacks) {
                if (free == null || stack.used < free.used) {
                    free = stack;
                }
            }
            free.depth = 0;
        }
        begun = Math.min(begun + 1, MOST_THREADS);
        free.thread = begun;
        return taken(free);
    }
}
