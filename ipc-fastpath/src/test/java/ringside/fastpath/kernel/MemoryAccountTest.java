package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelStates;

/** What the kernel does when there is no memory left: it says so, and nothing is lost. */
class MemoryAccountTest {
    private static final long SMALL = 6 << 20;
    private static final long KIND_THREAD = 1;
    private static final int KIND_MEMORY = 4;
    /** Four in one block of handles, and a root. */
    private static final long PROCESS_PAGES = 5;

    /** With each number of pages left and no more, makes something and ends it again, or does not make it. */
    private static Harness withPagesLeft(final long most, final int kind, final String makeAndEnd) {
        return Harness.run(SMALL, """
                        call    .make_and_end
                        lea     rbx, [rel test_script]
                        lea     r12, [rel test_results]
                .next:
                        xor     r13d, r13d
                .take:
                        mov     rax, [rel frame_free_pages]
                        cmp     rax, [rbx]
                        jbe     .left
                        xor     edi, edi
                        call    frame_alloc
                        mov     [rax], r13
                        mov     r13, rax
                        jmp     .take
                .left:
                        call    .make_and_end
                        mov     [r12], rdx
                        mov     rax, [rel frame_free_pages]
                        mov     [r12 + 8], rax
                        mov     rax, [rel object_caches + CACHE + ObjectCache_used]
                        mov     [r12 + 16], rax
                .give:
                        mov     rdi, r13
                        mov     r13, [r13]
                        call    frame_drop
                        test    r13, r13
                        jnz     .give
                        add     r12, 24
                        add     rbx, 8
                        lea     rax, [rel test_script_end]
                        cmp     rbx, rax
                        jb      .next
                        jmp     test_done
                """.replace("CACHE", kind + " * ObjectCache_size") + makeAndEnd,
                LongStream.rangeClosed(0, most).boxed().toList());
    }

    /** Without the pages that it takes it is not made, with them it is, and never does anything of it stay. */
    private static void assertNeeds(final long pages, final long most, final Harness kernel) {
        for (int i = 0; i <= most; i++) {
            final int expected = i < pages ? KernelAbi.STATUS_MEMORY : KernelAbi.STATUS_OK;
            assertEquals(expected, kernel.result(3 * i), "pages left: " + i);
            assertEquals(i, kernel.result(3 * i + 1), "pages are free as before");
            assertEquals(0, kernel.result(3 * i + 2), "no object is there");
        }
    }

    @Test
    void aProcessThatDoesNotFitIsNotMadeAndNothingOfItStays() {
        assertNeeds(PROCESS_PAGES, 16, withPagesLeft(16, 0, """
                .make_and_end:
                        xor     edi, edi
                        mov     esi, 0x10000
                        lea     rdx, [rel test_results]
                        call    process_make
                        test    rax, rax
                        jz      .not_made
                        mov     rdi, rax
                        call    process_end
                        call    objects_reap
                        xor     edx, edx
                .not_made:
                        movsxd  rdx, edx
                        ret
                """));
    }

    @Test
    void memoryThatDoesNotFitIsNotMadeAndNothingOfItStays() {
        assertNeeds(1 + 5, 8, withPagesLeft(8, KIND_MEMORY, """
                .make_and_end:
                        xor     edi, edi
                        mov     esi, 5
                        xor     edx, edx
                        call    memory_make
                        test    rax, rax
                        jz      .not_made
                        mov     rdi, rax
                        call    object_drop
                        call    objects_reap
                        xor     edx, edx
                .not_made:
                        movsxd  rdx, edx
                        ret
                """));
    }

    /** The table of a fork, and a copy of a page of it: two pages, beside the three of what is forked. */
    @Test
    void aForkOrACopyOfItsPageThatDoesNotFitIsNotMadeAndNothingOfItStays() {
        assertNeeds(3 + 1 + 1, 8, withPagesLeft(8, KIND_MEMORY, """
                .make_and_end:
                        xor     edi, edi
                        mov     esi, 2
                        xor     edx, edx
                        call    memory_make
                        test    rax, rax
                        jz      .not_made
                        push    rax
                        xor     edi, edi
                        mov     rsi, rax
                        call    memory_fork
                        test    rax, rax
                        jz      .not_forked
                        push    rax
                        mov     rdi, rax
                        mov     esi, 1
                        call    memory_unshare
                        pop     rdi
                        push    rax
                        call    object_drop
                        pop     rdx
                .not_forked:
                        pop     rdi
                        push    rdx
                        call    object_drop
                        call    objects_reap
                        pop     rdx
                .not_made:
                        movsxd  rdx, edx
                        ret
                """));
    }

    /** A hundred processes, each made by the one before it, each with a thread and a handle to the one before it. */
    @Test
    void allProcessesThatLiveOnAQuotaEndWithIt() {
        final Harness kernel = Harness.run(64 << 20, """
                        xor     r14d, r14d
                .round:
                        xor     ebx, ebx
                        mov     r12d, 0x2000000
                        xor     r13d, r13d
                .next:
                        mov     rdi, rbx
                        mov     rsi, r12
                        lea     rdx, [rel test_results]
                        call    process_make
                        test    rbx, rbx
                        jnz     .not_first
                        mov     r13, rax
                        mov     rbx, rax
                .not_first:
                        push    rax
                        mov     rdi, rax
                        xor     esi, esi
                        mov     rdx, rbx
                        mov     ecx, RIGHT_PROCESS
                        xor     r8d, r8d
                        xor     r9d, r9d
                        call    handle_make
                        mov     rdi, [rsp]
                        xor     esi, esi
                        xor     edx, edx
                        xor     ecx, ecx
                        mov     r8d, 1
                        xor     r9d, r9d
                        call    thread_make
                        pop     rbx
                        sub     r12d, 0x10000
                        cmp     r12d, 0x2000000 - 100 * 0x10000
                        ja      .next
                        mov     rax, [rel object_caches + ObjectCache_used]
                        mov     [rel test_results], rax
                        mov     rdi, r13
                        call    process_end
                        call    objects_reap
                        lea     rcx, [rel test_results]
                        lea     rcx, [rcx + r14 * 8 + 8]
                        mov     rax, [rel frame_free_pages]
                        mov     [rcx], rax
                        inc     r14d
                        cmp     r14d, 2
                        jb      .round
                        mov     rax, [rel object_caches + ObjectCache_used]
                        mov     [rel test_results + 24], rax
                        mov     rax, [rel object_caches + 32 + ObjectCache_used]
                        mov     [rel test_results + 32], rax
                        movsxd  rax, dword gs:[Cpu_highest]
                        mov     [rel test_results + 40], rax
                """, List.of());
        assertEquals(100, kernel.result(0));
        assertEquals(kernel.result(1), kernel.result(2), "the second time no page is missing");
        assertEquals(0, kernel.result(3), "processes");
        assertEquals(0, kernel.result(4), "threads");
        assertEquals(KernelStates.PRIORITY_NONE, kernel.result(5), "ready");
    }

    @Test
    void objectsFillMemoryAndComeBackToTheirCache() {
        final Harness kernel = Harness.run(SMALL, """
                        xor     ebx, ebx
                        xor     r12d, r12d
                .next:
                        mov     edi, 1
                        xor     esi, esi
                        call    object_alloc
                        test    rax, rax
                        jz      .full
                        mov     [rax + Thread_next], rbx
                        mov     dword [rax + Thread_state], 6
                        mov     rbx, rax
                        inc     r12
                        jmp     .next
                .full:
                        movsxd  rdx, edx
                        mov     [rel test_results], rdx
                        mov     [rel test_results + 8], r12
                        mov     rax, [rel object_caches + 32 + ObjectCache_used]
                        mov     [rel test_results + 16], rax
                        mov     rax, [rel frame_free_pages]
                        mov     [rel test_results + 24], rax
                .end:
                        mov     rdi, rbx
                        mov     rbx, [rbx + Thread_next]
                        call    object_drop
                        test    rbx, rbx
                        jnz     .end
                        call    objects_reap
                        mov     rax, [rel object_caches + 32 + ObjectCache_used]
                        mov     [rel test_results + 32], rax
                        mov     rax, [rel object_caches + 32 + ObjectCache_total]
                        mov     [rel test_results + 40], rax
                        mov     edi, 1
                        xor     esi, esi
                        call    object_alloc
                        xor     ecx, ecx
                        xor     edx, edx
                .sum:
                        or      rdx, [rax + rcx * 8]
                        inc     ecx
                        cmp     ecx, Thread_size / 8
                        jb      .sum
                        mov     [rel test_results + 48], rdx
                """, List.of());
        assertEquals(KernelAbi.STATUS_MEMORY, kernel.result(0));
        assertTrue(kernel.result(1) > 1000, "threads: " + kernel.result(1));
        assertEquals(kernel.result(1), kernel.result(2));
        assertEquals(0, kernel.result(3), "no page is left");
        assertEquals(0, kernel.result(4));
        assertEquals(4096 / KernelLayouts.THREAD.size(), kernel.result(5), "one page stays with its kind");
        assertEquals(KIND_THREAD, kernel.result(6), "an object is empty but for its kind");
    }

    /** A process may have all memory, and there is none. */
    @Test
    void everyCallThatMakesAnObjectSaysThatThereIsNoMemory() {
        final Harness kernel = Harness.run(SMALL, """
                        xor     edi, edi
                        mov     esi, 0x10000000
                        lea     rdx, [rel test_results]
                        call    process_make
                        mov     rbx, rax
                        mov     rdi, rax
                        xor     esi, esi
                        xor     edx, edx
                        xor     ecx, ecx
                        mov     r8d, 1
                        xor     r9d, r9d
                        call    thread_make
                        call    scheduler_pick
                        mov     r15, rax
                .pages:
                        xor     edi, edi
                        call    frame_alloc
                        test    rax, rax
                        jnz     .pages
                        xor     r12d, r12d
                .objects:
                        mov     edi, r12d
                        xor     esi, esi
                        call    object_alloc
                        test    rax, rax
                        jnz     .objects
                        inc     r12d
                        cmp     r12d, KIND_COUNT
                        jb      .objects
                        mov     rax, [rbx + Process_used]
                        mov     [rel test_results + 64], rax
                        xor     r14d, r14d
                .calls:
                        mov     qword [r15 + Thread_rax], 0
                        mov     qword [r15 + Thread_rdi], 1
                        mov     qword [r15 + Thread_rsi], 0x8000
                        cmp     r14d, 3
                        jne     .quota
                        mov     qword [r15 + Thread_rsi], HANDLE_SELF
                .quota:
                        mov     qword [r15 + Thread_rdx], 0
                        mov     qword [r15 + Thread_r10], 0
                        lea     rcx, [rel test_calls]
                        call    [rcx + r14 * 8]
                        mov     rax, [r15 + Thread_rax]
                        lea     rcx, [rel test_results]
                        mov     [rcx + r14 * 8], rax
                        inc     r14d
                        cmp     r14d, 4
                        jb      .calls
                        mov     rdi, [r15 + Thread_process]
                        mov     rax, [rdi + Process_used]
                        mov     [rel test_results + 72], rax
                        jmp     test_done
                section .data
                align 8
                test_calls:
                        dq      sys_endpoint_create, sys_notification_create, sys_process_create, sys_thread_create
                section .text
                """, List.of());
        for (int call = 0; call < 4; call++) {
            assertEquals(KernelAbi.STATUS_MEMORY, kernel.result(call), "call " + call);
        }
        assertEquals(kernel.result(8), kernel.result(9), "nothing stays charged");
    }
}
