package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.fastpath.view.KernelObjects;

/** Pages that held objects are anybody's when the objects have ended, but for one a kind. */
class ObjectCachesTest {
    private static final long SMALL = 8 << 20;
    private static final int OBJECTS = 300;
    private static final int FIRST_RESULT = 1;
    /** Makes so many objects of each kind in turn, ends them in the order of the script, and looks what is free. */
    private static final String CODE = """
                    mov     rax, [rel frame_free_pages]
                    mov     [rel test_results], rax
                    xor     ebx, ebx
            .next_kind:
                    xor     r12d, r12d
            .next_object:
                    mov     edi, ebx
                    xor     esi, esi
                    call    object_alloc
                    lea     rcx, [rel test_objects]
                    mov     [rcx + r12 * 8], rax
                    inc     r12d
                    cmp     r12d, OBJECTS
                    jb      .next_object
                    lea     r13, [rel test_script]
            .next_end:
                    mov     rax, [r13]
                    lea     rcx, [rel test_objects]
                    mov     rdi, [rcx + rax * 8]
                    call    object_free
                    add     r13, 8
                    lea     rax, [rel test_script_end]
                    cmp     r13, rax
                    jb      .next_end
                    mov     rax, [rel frame_free_pages]
                    lea     rcx, [rel test_results]
                    mov     [rcx + rbx * 8 + 8], rax
                    inc     ebx
                    cmp     ebx, KIND_COUNT
                    jb      .next_kind
            section .bss
            align 8
            test_objects:
                    resb    OBJECTS * 8
            section .text
            """.replace("OBJECTS", Integer.toString(OBJECTS));

    @Test
    void pagesOfObjectsThatEndedAreFreeForAllOthers() {
        final List<Long> order = new ArrayList<>();
        for (long i = 0; i < OBJECTS; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(3));
        final Harness kernel = Harness.run(SMALL, CODE, order);
        for (int kind = 0; kind < KernelObjects.KINDS; kind++) {
            assertEquals(kernel.result(0) - kind - 1, kernel.result(FIRST_RESULT + kind),
                    "one page a kind stays with it, kind " + kind);
        }
    }
}
