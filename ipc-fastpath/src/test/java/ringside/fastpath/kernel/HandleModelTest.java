package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;

/** Handles of two processes against a tree in Java: random system calls, the same answers, the same tree at the end. */
class HandleModelTest {
    private static final int SLOTS = 12;
    private static final int STEPS = 1000;
    private static final List<Integer> CALLS = List.of(KernelAbi.SYS_HANDLE_COPY, KernelAbi.SYS_HANDLE_MOVE,
            KernelAbi.SYS_HANDLE_CLOSE, KernelAbi.SYS_HANDLE_REVOKE, KernelAbi.SYS_ENDPOINT_CREATE,
            KernelAbi.SYS_NOTIFICATION_CREATE);
    private static final String CODE = TwoProcesses.code(0x10000, List.of("sys_handle_copy", "sys_handle_move",
            "sys_handle_close", "sys_handle_revoke", "sys_endpoint_create", "sys_notification_create")) + """
                    mov     rax, [rel object_caches + 2 * 32 + ObjectCache_used]
                    mov     [rel test_results + 40], rax
                    mov     rax, [rel object_caches + 3 * 32 + ObjectCache_used]
                    mov     [rel test_results + 48], rax
            """;

    /** A handle as Java has it: what it was copied from is its parent. */
    private static final class Node {
        private final int object;
        private final long rights;
        private final long badge;
        private final List<Node> copies = new ArrayList<>();
        private Node parent;
        private int process;
        private int slot;

        Node(final int object, final long rights, final long badge) {
            this.object = object;
            this.rights = rights;
            this.badge = badge;
        }

        int depth() {
            return parent == null ? 0 : parent.depth() + 1;
        }
    }

    private static final class Model {
        private final Node[][] slots = new Node[2][SLOTS];
        private int objects = 2;

        private void put(final int process, final int slot, final Node node, final Node parent) {
            node.process = process;
            node.slot = slot;
            node.parent = parent;
            slots[process][slot] = node;
            if (parent != null) {
                parent.copies.add(node);
            }
        }

        private void remove(final Node node) {
            slots[node.process][node.slot] = null;
            if (node.parent != null) {
                node.parent.copies.remove(node);
                node.parent.copies.addAll(node.copies);
            }
            node.copies.forEach(copy -> copy.parent = node.parent);
        }

        private void revoke(final Node node) {
            for (final Node copy : List.copyOf(node.copies)) {
                revoke(copy);
                remove(copy);
            }
        }

        private boolean taken(final int process, final long slot) {
            return slot < 0 || slot >= SLOTS || slots[process][(int) slot] != null;
        }

        private long copy(final int process, final Node from, final long[] call) {
            final boolean self = call[6] == KernelAbi.HANDLE_SELF;
            final Node manager = self ? null : slots[process][(int) call[6]];
            if (!self && manager == null) {
                return KernelAbi.STATUS_HANDLE;
            }
            if (!self && (manager.rights & KernelAbi.RIGHT_PROCESS) == 0 || (call[4] & ~from.rights) != 0) {
                return KernelAbi.STATUS_RIGHTS;
            }
            if (call[5] != 0 && from.badge != 0 && call[5] != from.badge) {
                return KernelAbi.STATUS_BADGE;
            }
            // Process 0 is object 1 and the other way round, as their handles lie in the other's slot 0.
            final int target = self ? process : manager.object;
            if (taken(target, call[3])) {
                return KernelAbi.STATUS_SLOT;
            }
            put(target, (int) call[3], new Node(from.object, call[4], call[5] != 0 ? call[5] : from.badge), from);
            return KernelAbi.STATUS_OK;
        }

        private long create(final int process, final long slot, final long rights) {
            if (taken(process, slot)) {
                return KernelAbi.STATUS_SLOT;
            }
            put(process, (int) slot, new Node(objects++, rights, 0), null);
            return KernelAbi.STATUS_OK;
        }

        long call(final long[] call) {
            final int process = (int) call[0];
            final int number = CALLS.get((int) call[1]);
            if (number == KernelAbi.SYS_ENDPOINT_CREATE) {
                return create(process, call[2], KernelAbi.RIGHT_SEND | KernelAbi.RIGHT_RECEIVE | KernelAbi.RIGHT_GRANT);
            }
            if (number == KernelAbi.SYS_NOTIFICATION_CREATE) {
                return create(process, call[2], KernelAbi.RIGHT_SIGNAL | KernelAbi.RIGHT_WAIT);
            }
            final Node node = slots[process][(int) call[2]];
            if (node == null) {
                return KernelAbi.STATUS_HANDLE;
            }
            switch (number) {
                case KernelAbi.SYS_HANDLE_COPY -> {
                    return copy(process, node, call);
                }
                case KernelAbi.SYS_HANDLE_MOVE -> {
                    if (taken(process, call[3])) {
                        return KernelAbi.STATUS_SLOT;
                    }
                    slots[process][node.slot] = null;
                    node.slot = (int) call[3];
                    slots[process][node.slot] = node;
                }
                case KernelAbi.SYS_HANDLE_CLOSE -> remove(node);
                default -> revoke(node);
            }
            return KernelAbi.STATUS_OK;
        }
    }

    private static List<Long> randomScript(final Random random) {
        final int[] likely = {0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5};
        final List<Long> script = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            final int call = likely[random.nextInt(likely.length)];
            // Slot 0 is the way to the other process: it is copied, but stays.
            TwoProcesses.add(script, random.nextInt(2), call,
                    call == 0 ? random.nextInt(SLOTS) : 1 + random.nextInt(SLOTS - 1),
                    1 + random.nextInt(SLOTS - 1),
                    random.nextInt(3) == 0 ? random.nextInt(0x20) : random.nextBoolean() ? 3 : 0,
                    random.nextInt(4) == 0 ? random.nextInt(3) : 0,
                    random.nextInt(3) == 0 ? random.nextInt(3) : KernelAbi.HANDLE_SELF);
        }
        return script;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomCallsAnswerAndEndAsTheModelSays(final long seed) {
        final List<Long> script = randomScript(new Random(seed));
        final Harness kernel = Harness.run(64 << 20, CODE, script);
        final Model model = new Model();
        for (int process = 0; process < 2; process++) {
            model.put(process, 0, new Node(1 - process, KernelAbi.RIGHT_PROCESS, 0), null);
        }
        int done = 0;
        for (int i = 0; i < STEPS; i++) {
            final int first = i * TwoProcesses.WORDS;
            final long[] call =
                    script.subList(first, first + TwoProcesses.WORDS).stream().mapToLong(Long::longValue).toArray();
            final long expected = model.call(call);
            assertEquals(expected, kernel.result(TwoProcesses.FIRST_RESULT + i), "step " + i + ": " + List.of(call[0],
                    (long) CALLS.get((int) call[1]), call[2], call[3], call[4], call[5], call[6]));
            done += expected == KernelAbi.STATUS_OK ? 1 : 0;
        }
        assertTrue(done > STEPS / 5, "calls that did something: " + done);
        compare(model, kernel);
    }

    private static void compare(final Model model, final Harness kernel) {
        final Long[] objects = new Long[model.objects];
        int named = 0;
        for (int process = 0; process < 2; process++) {
            final long table = kernel.direct(kernel.result(process) + KernelLayouts.PROCESS.offset("handles"));
            for (int slot = 0; slot < SLOTS; slot++) {
                final long handle = table + (long) slot * KernelLayouts.HANDLE.size();
                final Node node = model.slots[process][slot];
                final long object = field(kernel, handle, "object");
                assertEquals(node == null, object == 0, process + ":" + slot);
                if (node == null) {
                    continue;
                }
                if (objects[node.object] == null) {
                    objects[node.object] = object;
                    named++;
                }
                assertEquals(objects[node.object], object, "the same object");
                assertEquals(node.rights | (long) node.depth() << 32, field(kernel, handle, "rights"));
                assertEquals(node.badge, field(kernel, handle, "badge"));
                assertEquals(kernel.result(process), field(kernel, handle, "process"));
                assertEquals(node.parent == null ? 0 : place(kernel, node.parent), parent(kernel, handle));
            }
        }
        final int counts = TwoProcesses.FIRST_FREE;
        assertEquals(named, kernel.result(counts) + kernel.result(counts + 1) + 2,
                "endpoints, notifications and the two processes");
    }

    /** {@return the handle before it in the list that is one less deep, as far back as need be} */
    private static long parent(final Harness kernel, final long handle) {
        final long depth = field(kernel, handle, "rights") >>> 32;
        long at = handle;
        while (at != 0 && (at == handle || field(kernel, at, "rights") >>> 32 >= depth)) {
            final long before = field(kernel, at, "previous");
            assertTrue(before == 0 || field(kernel, before, "next") == at, "links lead both ways");
            at = before;
        }
        return at;
    }

    private static long place(final Harness kernel, final Node node) {
        return kernel.direct(kernel.result(node.process) + KernelLayouts.PROCESS.offset("handles"))
                + (long) node.slot * KernelLayouts.HANDLE.size();
    }

    private static long field(final Harness kernel, final long handle, final String name) {
        return kernel.direct(handle + KernelLayouts.HANDLE.offset(name));
    }
}
