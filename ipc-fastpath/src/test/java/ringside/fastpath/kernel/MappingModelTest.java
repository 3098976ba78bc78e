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
 * Two processes map, unmap, protect, fork and touch memory, in pages of both sizes, and copy, move and take back
 * handles to it, at random. After each call the host walks the page tables from outside: they have what a model in Java
 * says, with the words that it says, and nothing else.
 */
class MappingModelTest {
    private static final int STEPS = 2000;
    private static final int KINDS = 10;
    private static final long PAGE = 4096;
    private static final long WRITE = 2;
    private static final long NO_EXECUTE = 1L << 63;
    private static final long LARGE = 0x80;
    private static final long FRAME = 0x000f_ffff_ffff_f000L;
    /** Eight pages, of which the middle is where one page table ends and the next begins, or four do. */
    private static final List<Long> PLACES = List.of(0x2040_0000L - 4 * PAGE, 0x80_0000_0000L - 4 * PAGE);
    /** Where large pages are: below and above these places' middles. */
    private static final List<Long> LARGE_PLACES =
            List.of(0x2020_0000L, 0x2040_0000L, 0x2060_0000L, 0x2080_0000L, 0x7f_ffe0_0000L, 0x80_0000_0000L);
    private static final List<Integer> CALLS = List.of(KernelAbi.SYS_MEMORY_CREATE, KernelAbi.SYS_MEMORY_MAP,
            KernelAbi.SYS_MEMORY_UNMAP, KernelAbi.SYS_MEMORY_PROTECT, KernelAbi.SYS_HANDLE_COPY,
            KernelAbi.SYS_HANDLE_MOVE, KernelAbi.SYS_HANDLE_CLOSE, KernelAbi.SYS_HANDLE_REVOKE,
            KernelAbi.SYS_MEMORY_FORK, MappingModel.TOUCH);
    /** What {@link MappingModel#TOUCH} is: a word is read, and another one written if the access says so. */
    private static final String CODE = TwoProcesses.code(MappingModel.QUOTA, List.of("sys_memory_create",
            "sys_memory_map", "sys_memory_unmap", "sys_memory_protect", "sys_handle_copy", "sys_handle_move",
            "sys_handle_close", "sys_handle_revoke", "sys_memory_fork", "test_touch")) + """
                    jmp     test_done
            test_touch:
                    mov     rdi, [r15 + Thread_process]
                    mov     rsi, [r15 + Thread_rdi]
                    mov     rdx, [r15 + Thread_rsi]
                    call    memory_touch
                    test    rax, rax
                    jz      .refused
                    mov     rdx, [rax]
                    test    dword [r15 + Thread_rsi], RIGHT_MAP_WRITE
                    jz      .refused
                    mov     rcx, [r15 + Thread_rdx]
                    mov     [rax], rcx
            .refused:
                    movsxd  rdx, edx
                    mov     [r15 + Thread_rax], rdx
                    ret
            """;

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
        if (odd == -1 && random.nextInt(4) == 0) {
            return LARGE_PLACES.get(random.nextInt(LARGE_PLACES.size()));
        }
        return odd != -1 ? odd : PLACES.get(random.nextInt(PLACES.size())) + random.nextInt(8) * PAGE;
    }

    /** Of a large page all, mostly, and where it can be. */
    private static long[] map(final Random random, final MappingModel guide, final int process, final long target) {
        final int slot = random.nextInt(MappingModel.SLOTS);
        final int large = guide.large(process);
        if (large != -1 && random.nextBoolean()) {
            return new long[] {large, target, LARGE_PLACES.get(random.nextInt(LARGE_PLACES.size())), 0,
                KernelAbi.LARGE_PAGES, access(random)};
        }
        return new long[] {slot, target, address(random), random.nextInt(8) == 0 ? 1 : 0, random.nextInt(4),
            access(random)};
    }

    private static List<Long> randomScript(final Random random) {
        final int[] likely = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 6, 6, 6, 7, 8, 8, 8, 8, 8,
            9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
        final List<Long> script = new ArrayList<>();
        final MappingModel guide = new MappingModel();
        for (int i = 0; i < STEPS; i++) {
            final int process = random.nextInt(2);
            final int call = likely[random.nextInt(likely.length)];
            final int number = CALLS.get(call);
            // Slot 0 is the way to the other process: it stays.
            final long slot = 1 + random.nextInt(MappingModel.SLOTS - 1);
            final long target = random.nextInt(12) == 0 ? slot
                    : random.nextBoolean() ? KernelAbi.HANDLE_SELF : 0;
            final long[] in = switch (number) {
                case KernelAbi.SYS_MEMORY_CREATE -> new long[] {slot, random.nextInt(4) == 0
                        ? KernelAbi.MEMORY_LARGE | Math.min(1, random.nextInt(8)) * KernelAbi.LARGE_PAGES
                        : random.nextInt(5)};
                case KernelAbi.SYS_MEMORY_MAP -> map(random, guide, process, target);
                case KernelAbi.SYS_MEMORY_FORK -> new long[] {slot, random.nextInt(8) == 0
                        ? Math.max(0, guide.large(process)) : random.nextInt(MappingModel.SLOTS)};
                case MappingModel.TOUCH -> new long[] {
                    random.nextInt(4) == 0 ? address(random) : guide.address(process, random),
                    random.nextInt(4) == 0 ? KernelAbi.RIGHT_MAP_READ : KernelAbi.RIGHT_MAP_WRITE, 1 + i};
                case KernelAbi.SYS_MEMORY_UNMAP -> new long[] {target, address(random), 0, 0, 0, 0};
                case KernelAbi.SYS_MEMORY_PROTECT -> new long[] {slot, target, address(random), 0, 0, access(random)};
                case KernelAbi.SYS_HANDLE_COPY -> new long[] {slot, 1 + random.nextInt(MappingModel.SLOTS - 1),
                    random.nextInt(3) == 0 ? random.nextInt(8) << 6 : 0x1c0, 0, target, 0};
                default -> new long[] {slot, 1 + random.nextInt(MappingModel.SLOTS - 1), 0, 0, 0, 0};
            };
            TwoProcesses.add(script, process, call, in);
            guide.call(process, number, TwoProcesses.registers(script, i));
        }
        for (int slot = 1; slot < MappingModel.SLOTS; slot++) {
            for (int process = 0; process < 2; process++) {
                TwoProcesses.add(script, process, CALLS.indexOf(KernelAbi.SYS_HANDLE_CLOSE), slot);
            }
        }
        return script;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aProcessReachesWhatAHandleAllowsAndNothingElse(final long seed) {
        final List<Long> script = randomScript(new Random(seed));
        final MappingModel model = new MappingModel();
        final Map<Long, Integer> statuses = new HashMap<>();
        final int[] steps = new int[1];
        final long[] pages = new long[1];
        Harness.watch(CODE, script, TwoProcesses.COUNTER, (step, kernel) -> {
            final int first = (step - 1) * TwoProcesses.WORDS;
            final List<Long> call = script.subList(first, first + TwoProcesses.WORDS);
            final int number = CALLS.get(call.get(1).intValue());
            final String text = "step " + step + ": " + number + " " + call;
            final long expected =
                    model.call(call.getFirst().intValue(), number, TwoProcesses.registers(script, step - 1));
            assertEquals(expected, kernel.result(TwoProcesses.FIRST_RESULT + step - 1), text);
            statuses.merge(Math.min(expected, 0), 1, Integer::sum);
            compare(model, kernel, text);
            pages[0] = step == 1 ? pages(model, kernel) : pages[0];
            assertEquals(pages[0], pages(model, kernel), text);
            steps[0] = step;
        });
        assertEquals(script.size() / TwoProcesses.WORDS, steps[0]);
        assertEquals(0, model.mapped(0) + model.mapped(1), "all handles are closed");
        assertTrue(model.copies() > STEPS / 1000, "pages that were copied: " + model.copies());
        assertTrue(model.largeMappings() > 0, "large pages that were mapped: " + model.largeMappings());
        final List<Integer> all = List.of(KernelAbi.STATUS_OK, KernelAbi.STATUS_HANDLE, KernelAbi.STATUS_RIGHTS,
                KernelAbi.STATUS_QUOTA, KernelAbi.STATUS_SLOT, KernelAbi.STATUS_ADDRESS, KernelAbi.STATUS_RANGE,
                KernelAbi.STATUS_ACCESS, KernelAbi.STATUS_MAPPED, KernelAbi.STATUS_LARGE);
        assertEquals(new TreeSet<>(all.stream().map(Integer::longValue).toList()), new TreeSet<>(statuses.keySet()));
        assertTrue(statuses.get((long) KernelAbi.STATUS_OK) > STEPS / 8, statuses.toString());
    }

    private static void compare(final MappingModel model, final Harness kernel, final String step) {
        final Map<Long, MappingModel.Frame> owners = new HashMap<>();
        final Map<MappingModel.Frame, Long> frames = new HashMap<>();
        for (int process = 0; process < 2; process++) {
            final long block = kernel.result(process);
            assertEquals(model.used(process), kernel.direct(block + KernelLayouts.PROCESS.offset("used")), step);
            final Map<Long, Long> entries = new HashMap<>();
            walk(kernel, kernel.direct(block + KernelLayouts.PROCESS.offset("root")), 39, 0, entries);
            assertEquals(model.mapped(process), entries.size(), step);
            for (final Map.Entry<Long, Long> entry : entries.entrySet()) {
                final MappingModel.Page page = model.at(process, entry.getKey());
                assertNotNull(page, step);
                assertTrue(page.allowed(), step);
                final boolean writes = (entry.getValue() & WRITE) != 0;
                final boolean executes = (entry.getValue() & NO_EXECUTE) == 0;
                assertFalse(writes && executes, step);
                assertEquals((page.access() & KernelAbi.RIGHT_MAP_WRITE) != 0, writes, step);
                assertEquals((page.access() & KernelAbi.RIGHT_MAP_EXECUTE) != 0, executes, step);
                final long frame = entry.getValue() & FRAME;
                assertEquals(page.frame(), owners.computeIfAbsent(frame, key -> page.frame()), step);
                assertEquals(frame, frames.computeIfAbsent(page.frame(), key -> frame), step);
                assertEquals(page.frame().word(), kernel.physical(frame), step);
            }
        }
    }

    /** Pages that are free, in the caches of objects, or in use for memory objects and tables: always as many. */
    private static long pages(final MappingModel model, final Harness kernel) {
        long pages = kernel.variable("frame_free_pages") + model.frames();
        for (int kind = 0; kind < KINDS; kind++) {
            final int cache = kind * KernelLayouts.OBJECT_CACHE.size();
            final long bytes = kernel.variable("object_caches", cache + KernelLayouts.OBJECT_CACHE.offset("bytes"));
            pages += kernel.variable("object_caches", cache + KernelLayouts.OBJECT_CACHE.offset("total"))
                    / (PAGE / bytes);
        }
        return pages;
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
            if (shift == 12 || (entry & LARGE) != 0) {
                entries.put(address, entry);
            } else {
                walk(kernel, KernelMemory.DIRECT_BASE + (entry & FRAME), shift - 9, address, entries);
            }
        }
        assertTrue(shift == 39 || present > 0, "an empty table at level " + shift);
    }
}
