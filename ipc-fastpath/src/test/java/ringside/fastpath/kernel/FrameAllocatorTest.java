package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.abi.KernelStates;

/** The kernel's page frames against a model that knows nothing but which pages are free. */
class FrameAllocatorTest {
    private static final long PAGE = 4096;
    private static final int SLOTS = 256;
    private static final int STEPS = 4000;
    private static final long DROP = 100;
    /** Runs the script: pairs of an order, or DROP, and a slot; a slot holds the block that was got for it. */
    private static final String CODE = """
                    mov     rax, [rel frame_free_pages]
                    mov     [rel test_results], rax
                    lea     rbx, [rel test_script]
                    lea     r12, [rel test_results]
                    add     r12, 8
            .next:
                    lea     rax, [rel test_script_end]
                    cmp     rbx, rax
                    jae     test_done
                    lea     r13, [rel test_slots]
                    mov     rax, [rbx + 8]
                    lea     r13, [r13 + rax * 8]
                    cmp     qword [rbx], 100
                    je      .drop
                    mov     edi, [rbx]
                    call    frame_alloc
                    mov     [r13], rax
                    mov     [r12], rax
                    jmp     .done
            .drop:
                    mov     rdi, [r13]
                    test    rdi, rdi
                    jz      .done
                    call    frame_drop
            .done:
                    add     r12, 8
                    add     rbx, 16
                    jmp     .next
            section .bss
            align 8
            test_slots:
                    resb    2048
            section .text
            """;

    /** Which pages are free; what can be had follows from that alone. */
    private static final class Model {
        private final BitSet free = new BitSet();

        private boolean has(final int first, final int order) {
            return free.nextClearBit(first) >= first + (1 << order);
        }

        /** {@return the order of the largest free block that a page is in} */
        private int orderAt(final int page) {
            int order = 0;
            while (order + 1 < KernelStates.FRAME_ORDERS && has(page & -(2 << order), order + 1)) {
                order++;
            }
            return order;
        }

        /** {@return the order of the smallest block that is large enough, or -1} */
        private int best(final int order) {
            int best = -1;
            for (int page = free.nextSetBit(0); page >= 0; page = free.nextSetBit(page + 1)) {
                final int found = orderAt(page);
                if (found >= order && (best < 0 || found < best)) {
                    best = found;
                }
            }
            return best;
        }
    }

    private static Model free(final Harness kernel) {
        final Model model = new Model();
        final long table = kernel.variable("frame_table");
        for (int frame = 0; frame < kernel.variable("frame_count"); frame++) {
            final long record = table + (long) frame * KernelLayouts.FRAME.size();
            final long word = kernel.direct(record + KernelLayouts.FRAME.offset("shares"));
            final int state = (int) (word >>> 32) & 0xff;
            final int order = (int) (word >>> 40) & 0xff;
            if (state == KernelStates.FRAME_FREE) {
                assertEquals(0, frame & (1 << order) - 1, "a block lies on a multiple of its size");
                model.free.set(frame, frame + (1 << order));
                final int buddy = frame ^ 1 << order;
                final long other = kernel.direct(table + (long) buddy * KernelLayouts.FRAME.size()
                        + KernelLayouts.FRAME.offset("shares"));
                assertTrue(order + 1 == KernelStates.FRAME_ORDERS || buddy >= kernel.variable("frame_count")
                        || ((int) (other >>> 32) & 0xffff) != (KernelStates.FRAME_FREE | order << 8),
                        "two free buddies are apart: frame=" + frame);
            }
        }
        assertEquals(model.free.cardinality(), kernel.variable("frame_free_pages"));
        return model;
    }

    private static List<Long> randomScript(final long seed) {
        final Random random = new Random(seed);
        final boolean[] full = new boolean[SLOTS];
        final List<Long> script = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            final int slot = random.nextInt(SLOTS);
            script.add(full[slot] ? DROP : Math.max(0, random.nextInt(20) - 9));
            script.add((long) slot);
            full[slot] = !full[slot];
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            if (full[slot]) {
                script.add(DROP);
                script.add((long) slot);
            }
        }
        return script;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomBlocksComeFromTheSmallestThatFitAndAllComeBack(final long seed) {
        final long bytes = 8 << 20;
        final Model start = free(Harness.run(bytes, CODE, List.of()));
        final List<Long> script = randomScript(seed);
        final Harness kernel = Harness.run(bytes, CODE, script);
        final Model model = new Model();
        model.free.or(start.free);
        // The script lies in the image's own pages, so both kernels start with the same free ones.
        assertEquals(model.free.cardinality(), kernel.result(0));
        final int[] blocks = new int[SLOTS];
        final int[] orders = new int[SLOTS];
        int refused = 0;
        for (int i = 0; i < script.size() / 2; i++) {
            final int slot = script.get(2 * i + 1).intValue();
            if (script.get(2 * i) == DROP) {
                if (blocks[slot] != 0) {
                    model.free.set(blocks[slot], blocks[slot] + (1 << orders[slot]));
                }
                continue;
            }
            orders[slot] = script.get(2 * i).intValue();
            final long address = kernel.result(1 + i);
            final int best = model.best(orders[slot]);
            blocks[slot] = address == 0 ? 0 : (int) ((address - KernelMemory.DIRECT_BASE) / PAGE);
            assertEquals(best < 0, address == 0, "step " + i + ": refused exactly when nothing is large enough");
            if (address == 0) {
                refused++;
                continue;
            }
            assertEquals(0, blocks[slot] & (1 << orders[slot]) - 1, "step " + i);
            assertTrue(model.has(blocks[slot], orders[slot]), "step " + i + ": the block was free");
            assertEquals(best, model.orderAt(blocks[slot]), "step " + i + ": the smallest that is large enough");
            model.free.clear(blocks[slot], blocks[slot] + (1 << orders[slot]));
        }
        assertTrue(refused > 0, "memory ran out now and then");
        assertEquals(start.free, model.free);
        assertEquals(start.free, free(kernel).free);
    }

    @Test
    void allRamBehindTheImageButTheTablesIsGivenOut() {
        for (final long megabytes : List.of(4L, 8L, 64L, 129L)) {
            final Harness kernel = Harness.run(megabytes << 20, CODE, List.of());
            final long behind = (megabytes << 20) - KernelMemory.IMAGE_END;
            final long table = (megabytes << 20) / PAGE * KernelLayouts.FRAME.size();
            final long used = behind / PAGE - free(kernel).free.cardinality() - (table + PAGE - 1) / PAGE;
            // A root; three tables each for the image, the first 2 MiB of RAM; one for the rest of it.
            assertTrue(used >= 5 && used <= 8, megabytes + " MiB: tables of pages=" + used);
        }
    }

    @Test
    void tablesAndPagesOfAnAddressSpaceComeBack() {
        final Harness kernel = Harness.run(64 << 20, """
                        mov     rax, [rel frame_free_pages]
                        mov     [rel test_results], rax
                        xor     edi, edi
                        call    paging_new_root
                        mov     r12, rax
                        lea     rbx, [rel test_script]
                .next:
                        mov     edi, [rbx + 8]
                        call    frame_alloc
                        mov     rdx, rax
                        mov     rcx, DIRECT_BASE
                        sub     rdx, rcx
                        mov     rsi, [rbx]
                        mov     rcx, [rbx + 16]
                        mov     r8d, [rbx + 24]
                        mov     rdi, r12
                        xor     r9d, r9d
                        call    paging_map
                        add     rbx, 32
                        lea     rax, [rel test_script_end]
                        cmp     rbx, rax
                        jb      .next
                        mov     rax, [rel frame_free_pages]
                        mov     [rel test_results + 8], rax
                        mov     rdi, r12
                        call    paging_free
                        mov     rax, [rel frame_free_pages]
                        mov     [rel test_results + 16], rax
                """, List.of(0x40_0000L, 0L, 7L, 12L, 0x40_1000L, 0L, 7L, 12L, 0x7fff_ffff_e000L, 0L, 7L, 12L,
                        0x8000_0000L, 9L, 0x87L, 21L, 0x60_0000_0000L, 0L, 7L, 12L));
        final long inUse = kernel.result(0) - kernel.result(1);
        // One root; 3 tables for the first two pages, 3 for the last one, 1 for the large one, 2 more for the other.
        assertEquals(1 + 3 + 3 + 1 + 2 + 4 + 512, inUse);
        assertEquals(kernel.result(0), kernel.result(2));
    }

    @Test
    void theKernelsTextAndConstantsCannotBeWrittenThroughTheMapOfAllRam() {
        final Harness kernel = Harness.run(64 << 20, """
                        mov     rax, [rel paging_root]
                        mov     [rel test_results], rax
                """, List.of());
        final long root = kernel.result(0);
        int pages = 0;
        for (long physical = KernelMemory.TEXT; physical < KernelMemory.DATA; physical += PAGE) {
            final long entry = kernel.leaf(root, KernelMemory.DIRECT_BASE + physical);
            final boolean image = kernel.leaf(root, KernelMemory.KERNEL_BASE + physical) != 0;
            assertEquals(physical, entry & 0x000f_ffff_ffff_f000L);
            assertTrue(!image || (entry & 2) == 0, "read only: " + Long.toHexString(physical));
            assertTrue(entry < 0, "no execute: " + Long.toHexString(physical));
            pages += image ? 1 : 0;
        }
        assertTrue(pages >= 3, "pages of text and constants: " + pages);
        assertNotEquals(0, kernel.leaf(root, KernelMemory.DIRECT_BASE + KernelMemory.DATA) & 2);
        assertTrue(kernel.leaf(root, KernelMemory.DIRECT_BASE + (32 << 20)) < 0, "nothing else is executable either");
    }
}
