package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;

/**
 * Two processes map, unmap and protect memory, and copy, move and take back handles to it, at random. After each call
 * the host walks the page tables from outside: they have what a model in Java says, and nothing else.
 */
class MappingModelTest {
    private static final int STEPS = 1500;
    private static final int WORDS = 8;
    private static final int COUNTER = 4;
    private static final int FIRST_RESULT = 8;
    private static final long PAGE = 4096;
    private static final long WRITE = 2;
    private static final long NO_EXECUTE = 1L << 63;
    private static final long FRAME = 0x000f_ffff_ffff_f000L;
    /** Eight pages, of which the middle is where one page table ends and the next begins, or four do. */
    private static final List<Long> PLACES = List.of(0x2040_0000L - 4 * PAGE, 0x80_0000_0000L - 4 * PAGE);
    private static final List<Integer> CALLS = List.of(KernelAbi.SYS_MEMORY_CREATE, KernelAbi.SYS_MEMORY_MAP,
            KernelAbi.SYS_MEMORY_UNMAP, KernelAbi.SYS_MEMORY_PROTECT, KernelAbi.SYS_HANDLE_COPY,
            KernelAbi.SYS_HANDLE_MOVE, KernelAbi.SYS_HANDLE_CLOSE, KernelAbi.SYS_HANDLE_REVOKE);
    private static final String CODE = """
                    xor     r12d, r12d
            .next_process:
                    xor     edi, edi
                    mov     esi, QUOTA_OF_EACH
                    lea     rdx, [rel test_results + 128]
                    call    process_make
                    lea     rcx, [rel test_results]
                    mov     [rcx + r12 * 8], rax
                    mov     rdi, rax
                    xor     esi, esi
                    xor     edx, edx
                    xor     ecx, ecx
                    mov     r8d, 1
                    xor     r9d, r9d
                    call    thread_make
                    lea     rcx, [rel test_results]
                    mov     [rcx + r12 * 8 + 16], rax
                    call    scheduler_pick
                    inc     r12d
                    cmp     r12d, 2
                    jb      .next_process
                    mov     rdi, [rel test_results]
                    mov     rdx, [rel test_results + 8]
                    call    .manage
                    mov     rdi, [rel test_results + 8]
                    mov     rdx, [rel test_results]
                    call    .manage
                    lea     rbx, [rel test_script]
                    lea     r12, [rel test_results + 64]
            .next:
                    lea     rax, [rel test_script_end]
                    cmp     rbx, rax
                    jae     test_done
                    push    rbx
                    push    r12
                    mov     rax, [rbx]
                    lea     rcx, [rel test_results]
                    mov     r15, [rcx + rax * 8 + 16]
                    mov     gs:[Cpu_current], r15
                    mov     qword [r15 + Thread_rax], 0
                    mov     rax, [rbx + 16]
                    mov     [r15 + Thread_rdi], rax
                    mov     rax, [rbx + 24]
                    mov     [r15 + Thread_rsi], rax
                    mov     rax, [rbx + 32]
                    mov     [r15 + Thread_rdx], rax
                    mov     rax, [rbx + 40]
                    mov     [r15 + Thread_r8], rax
                    mov     rax, [rbx + 48]
                    mov     [r15 + Thread_r9], rax
                    mov     rax, [rbx + 56]
                    mov     [r15 + Thread_r10], rax
                    mov     rax, [rbx + 8]
                    lea     rcx, [rel test_calls]
                    call    [rcx + rax * 8]
                    pop     r12
                    pop     rbx
                    mov     r15, gs:[Cpu_current]
                    mov     rax, [r15 + Thread_rax]
                    mov     [r12], rax
                    inc     qword [rel test_results + 32]
                    mov     ecx, PAUSE
            .pause:
                    dec     ecx
                    jnz     .pause
                    add     r12, 8
                    add     rbx, 64
                    jmp     .next
            .manage:
                    xor     esi, esi
                    mov     ecx, RIGHT_PROCESS
                    xor     r8d, r8d
                    xor     r9d, r9d
                    jmp     handle_make
            section .data
            align 8
            test_calls:
                    dq      sys_memory_create, sys_memory_map, sys_memory_unmap, sys_memory_protect
                    dq      sys_handle_copy, sys_handle_move, sys_handle_close, sys_handle_revoke
            section .text
            """.replace("QUOTA_OF_EACH", Long.toString(MappingModel.QUOTA))
            .replace("PAUSE", Integer.toString(Harness.PAUSE));

    private static long access(final Random random) {
        final long[] good = {KernelAbi.RIGHT_MAP_READ, KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE,
            KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_EXECUTE};
        return random.nextInt(8) == 0 ? random.nextInt(0x400) : good[random.nextInt(good.length)];
    }

    private static long address(final Random random) {
        final long odd = switch (random.nextInt(24)) {
            case 0 -> KernelMemory.KERNEL_BASE;
            case 1 -> KernelMemory.USER_LIMIT - PAGE;
            case 2 -> KernelMemory.DIRECT_BASE;
            case 3 -> 1;
            default -> -1;
        };
        return odd != -1 ? odd : PLACES.get(random.nextInt(PLACES.size())) + random.nextInt(8) * PAGE;
    }

    private static List<Long> randomScript(final Random random) {
        final int[] likely = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 3, 3, 4, 4, 4, 5, 6, 6, 7};
        final List<Long> script = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            final int call = likely[random.nextInt(likely.length)];
            final int number = CALLS.get(call);
            // Slot 0 is the way to the other process: it stays.
            final long slot = 1 + random.nextInt(MappingModel.SLOTS - 1);
            final long process = random.nextInt(12) == 0 ? slot
                    : random.nextBoolean() ? KernelAbi.HANDLE_SELF : 0;
            final long[] in = switch (number) {
                case KernelAbi.SYS_MEMORY_CREATE -> new long[] {slot, random.nextInt(5), 0, 0, 0, 0};
                case KernelAbi.SYS_MEMORY_MAP -> new long[] {random.nextInt(MappingModel.SLOTS), process,
                    address(random), random.nextInt(8) == 0 ? 1 : 0, random.nextInt(4), access(random)};
                case KernelAbi.SYS_MEMORY_UNMAP -> new long[] {process, address(random), 0, 0, 0, 0};
                case KernelAbi.SYS_MEMORY_PROTECT -> new long[] {slot, process, address(random), 0, 0, access(random)};
                case KernelAbi.SYS_HANDLE_COPY -> new long[] {slot, 1 + random.nextInt(MappingModel.SLOTS - 1),
                    random.nextInt(3) == 0 ? random.nextInt(8) << 6 : 0x1c0, 0, process, 0};
                default -> new long[] {slot, 1 + random.nextInt(MappingModel.SLOTS - 1), 0, 0, 0, 0};
            };
            add(script, random.nextInt(2), call, in);
        }
        for (int slot = 1; slot < MappingModel.SLOTS; slot++) {
            for (int process = 0; process < 2; process++) {
                add(script, process, CALLS.indexOf(KernelAbi.SYS_HANDLE_CLOSE), new long[] {slot, 0, 0, 0, 0, 0});
            }
        }
        return script;
    }

    private static void add(final List<Long> script, final long process, final long call, final long[] in) {
        script.add(process);
        script.add(call);
        for (final long word : in) {
            script.add(word);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aProcessReachesWhatAHandleAllowsAndNothingElse(final long seed) {
        final List<Long> script = randomScript(new Random(seed));
        final MappingModel model = new MappingModel();
        final Map<Long, Integer> statuses = new HashMap<>();
        final int[] steps = new int[1];
        Harness.watch(CODE, script, COUNTER, (step, kernel) -> {
            final List<Long> call = script.subList((step - 1) * WORDS, step * WORDS);
            final long[] in = call.stream().skip(2).mapToLong(Long::longValue).toArray();
            final int number = CALLS.get(call.get(1).intValue());
            final String text = "step " + step + ": " + number + " " + call;
            final long expected = model.call(call.getFirst().intValue(), number, in);
            assertEquals(expected, kernel.result(FIRST_RESULT + step - 1), text);
            statuses.merge(expected, 1, Integer::sum);
            compare(model, kernel, text);
            steps[0] = step;
        });
        assertEquals(script.size() / WORDS, steps[0]);
        assertEquals(0, model.mapped(0) + model.mapped(1), "all handles are closed");
        final List<Integer> all = List.of(KernelAbi.STATUS_OK, KernelAbi.STATUS_HANDLE, KernelAbi.STATUS_RIGHTS,
                KernelAbi.STATUS_QUOTA, KernelAbi.STATUS_SLOT, KernelAbi.STATUS_ADDRESS, KernelAbi.STATUS_RANGE,
                KernelAbi.STATUS_ACCESS, KernelAbi.STATUS_MAPPED);
        assertEquals(new TreeSet<>(all.stream().map(Integer::longValue).toList()), new TreeSet<>(statuses.keySet()));
        assertTrue(statuses.get((long) KernelAbi.STATUS_OK) > STEPS / 8, statuses.toString());
    }

    private static void compare(final MappingModel model, final Harness kernel, final String step) {
        final Map<Long, List<Object>> owners = new HashMap<>();
        final Map<List<Object>, Long> frames = new HashMap<>();
        for (int process = 0; process < 2; process++) {
            final long block = kernel.result(process);
            assertEquals(model.used(process), kernel.direct(block + KernelLayouts.PROCESS.offset("used")), step);
            final Map<Long, Long> entries = new HashMap<>();
            walk(kernel, kernel.direct(block + KernelLayouts.PROCESS.offset("root")), 39, 0, entries);
            assertEquals(model.mapped(process), entries.size(), step);
            for (final Map.Entry<Long, Long> entry : entries.entrySet()) {
                final MappingModel.Page page = model.at(process, entry.getKey());
                assertNotNull(page, step);
                assertTrue(model.allowed(page), step);
                final boolean writes = (entry.getValue() & WRITE) != 0;
                final boolean executes = (entry.getValue() & NO_EXECUTE) == 0;
                assertFalse(writes && executes, step);
                assertEquals((page.access() & KernelAbi.RIGHT_MAP_WRITE) != 0, writes, step);
                assertEquals((page.access() & KernelAbi.RIGHT_MAP_EXECUTE) != 0, executes, step);
                final List<Object> owner = List.of(page.memory(), page.page());
                final long frame = entry.getValue() & FRAME;
                assertEquals(owner, owners.computeIfAbsent(frame, key -> owner), step);
                assertEquals(frame, frames.computeIfAbsent(owner, key -> frame), step);
            }
        }
    }

    /** Finds all that is mapped below the upper half; a table below the root is never empty. */
    private static void walk(
            final Harness kernel, final long table, final int shift, final long base, final Map<Long, Long> entries) {
        int present = 0;
        for (long i = 0; i < (shift == 39 ? 256 : 512); i++) {
            final long entry = kernel.direct(table + i * Long.BYTES);
            if ((entry & 1) == 0) {
                assertEquals(0, entry);
                continue;
            }
            present++;
            final long address = base | i << shift;
            if (shift == 12) {
                entries.put(address, entry);
            } else {
                walk(kernel, KernelMemory.DIRECT_BASE + (entry & FRAME), shift - 9, address, entries);
            }
        }
        assertTrue(shift == 39 || present > 0, "an empty table at level " + shift);
    }
}
