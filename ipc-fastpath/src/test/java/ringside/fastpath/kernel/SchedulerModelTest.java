package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelStates;

/** A CPU's ready threads against queues in Java: the highest priority first, and in a priority the one in front. */
class SchedulerModelTest {
    private static final int THREADS = 48;
    private static final int STEPS = 2000;
    private static final long NOBODY = -1;
    private static final int ADD_FIRST = 0;
    private static final int ADD_LAST = 1;
    private static final int REMOVE = 2;
    private static final int PICK = 3;
    private static final int PREEMPT = 4;
    /** First and last of words of the bitmap, where an error by one would be. */
    private static final int[] EDGES = {0, 63, 64, 127, 128, 191, 192, KernelAbi.PRIORITY_COUNT - 1};

    /** Steps are an operation, a thread and a priority; each leaves a thread, or -1, and the highest priority. */
    private static final String CODE = """
                    lea     rbx, [rel test_script]
                    lea     r12, [rel test_results]
            .next:
                    lea     rax, [rel test_script_end]
                    cmp     rbx, rax
                    jae     test_done
                    imul    rdi, [rbx + 8], Thread_size
                    lea     rax, [rel test_threads]
                    add     rdi, rax
                    mov     r15, rdi
                    mov     rax, gs:[Cpu_self]
                    mov     [rdi + Object_cpu], eax
                    mov     rax, [rbx]
                    cmp     rax, 2
                    je      .call
                    cmp     rax, 3
                    je      .call
                    mov     rcx, [rbx + 16]
                    mov     [rdi + Thread_priority], ecx
            .call:
                    mov     gs:[Cpu_current], r15
                    lea     rcx, [rel test_calls]
                    call    [rcx + rax * 8]
                    mov     rax, gs:[Cpu_current]
                    mov     rcx, -1
                    test    rax, rax
                    jz      .nobody
                    lea     rcx, [rel test_threads]
                    sub     rax, rcx
                    xor     edx, edx
                    mov     ecx, Thread_size
                    div     rcx
                    mov     rcx, rax
            .nobody:
                    mov     [r12], rcx
                    movsxd  rax, dword gs:[Cpu_highest]
                    mov     [r12 + 8], rax
                    add     r12, 16
                    add     rbx, 24
                    jmp     .next
            section .data
            align 8
            test_calls:
                    dq      scheduler_add_first, scheduler_add_last, scheduler_remove, scheduler_pick
                    dq      scheduler_preempt
            section .bss
            align CACHE_LINE
            test_threads:
                    resb    48 * Thread_size
            section .text
            """;

    private static final class Model {
        private final TreeMap<Integer, Deque<Integer>> levels = new TreeMap<>();
        private final Map<Integer, Integer> priorities = new HashMap<>();

        long highest() {
            return levels.isEmpty() ? KernelStates.PRIORITY_NONE : levels.lastKey();
        }

        private void add(final int thread, final int priority, final boolean first) {
            final Deque<Integer> level = levels.computeIfAbsent(priority, key -> new ArrayDeque<>());
            if (first) {
                level.addFirst(thread);
            } else {
                level.addLast(thread);
            }
            priorities.put(thread, priority);
        }

        private void remove(final int thread) {
            final int priority = priorities.remove(thread);
            levels.get(priority).remove(thread);
            if (levels.get(priority).isEmpty()) {
                levels.remove(priority);
            }
        }

        private long pick() {
            if (levels.isEmpty()) {
                return NOBODY;
            }
            final int thread = levels.lastEntry().getValue().getFirst();
            remove(thread);
            return thread;
        }

        /** {@return the thread that runs then} */
        long step(final int operation, final int thread, final int priority) {
            switch (operation) {
                case ADD_FIRST, ADD_LAST -> add(thread, priority, operation == ADD_FIRST);
                case REMOVE -> remove(thread);
                case PICK -> {
                    return pick();
                }
                default -> {
                    if (highest() > priority) {
                        add(thread, priority, true);
                        return pick();
                    }
                }
            }
            return thread;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theHighestPriorityRunsAndInItWhoeverIsInFront(final long seed) {
        final Random random = new Random(seed);
        final Model model = new Model();
        final List<Long> script = new ArrayList<>();
        final List<Long> expected = new ArrayList<>();
        int longest = 0;
        // Whoever is left at the end is picked, and the last picks find nobody.
        for (int step = 0; step < STEPS + THREADS + 2; step++) {
            final int thread = random.nextInt(THREADS);
            final int priority = random.nextInt(4) == 0
                    ? random.nextInt(KernelAbi.PRIORITY_COUNT) : EDGES[random.nextInt(EDGES.length)];
            final int operation;
            if (step >= STEPS || random.nextInt(4) == 0) {
                operation = PICK;
            } else if (model.priorities.containsKey(thread)) {
                operation = REMOVE;
            } else {
                operation = List.of(ADD_FIRST, ADD_LAST, ADD_LAST, PREEMPT).get(random.nextInt(4));
            }
            script.addAll(List.of((long) operation, (long) thread, (long) priority));
            expected.add(model.step(operation, thread, priority));
            expected.add(model.highest());
            longest = Math.max(longest, model.levels.values().stream().mapToInt(Deque::size).max().orElse(0));
        }
        assertTrue(longest > 3, "threads of one priority: " + longest);
        final Harness kernel = Harness.run(64 << 20, CODE, script);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), kernel.result(i), "step " + i / 2 + ", result " + i % 2 + ": "
                    + script.subList(i / 2 * 3, i / 2 * 3 + 3));
        }
        assertEquals(NOBODY, kernel.result(expected.size() - 2), "all are picked at the end");
    }
}
