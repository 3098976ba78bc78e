package ringside.fastpath.kernel;

import java.util.List;

/**
 * Code for {@link Harness}: two processes with a thread each, which manage each other by the handle in slot 0, and do
 * the calls of a script.
 *
 * <p>A step of the script is {@link #WORDS} words: which process, which of the calls, and what is in
 * {@code rdi rsi rdx r8 r9 r10}. Results 0 and 1 are the processes, {@link #COUNTER} counts steps, and from
 * {@link #FIRST_RESULT} on is each step's status.
 */
final class TwoProcesses {
    /** Of a step of the script. */
    static final int WORDS = 8;
    /** The result that counts steps. */
    static final int COUNTER = 4;
    /** The first result that the code at the end may use. */
    static final int FIRST_FREE = 5;
    /** The result that is the first step's status. */
    static final int FIRST_RESULT = 8;

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
                    jae     test_end
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
                    dq      HANDLERS
            section .text
            test_end:
            """;

    private TwoProcesses() {
    }

    /**
     * {@return the code}; what follows it is done at the end
     *
     * @param quota of each process, bytes
     * @param calls labels of the calls' handlers, in the order of their numbers in the script
     */
    static String code(final long quota, final List<String> calls) {
        return CODE.replace("QUOTA_OF_EACH", Long.toString(quota))
                .replace("PAUSE", Integer.toString(Harness.PAUSE))
                .replace("HANDLERS", String.join(", ", calls));
    }

    /**
     * Adds a step to a script.
     *
     * @param script  the script
     * @param process 0 or 1
     * @param call    of the list
     * @param in      rdi, rsi, rdx, r8, r9, r10, or the first of them
     */
    static void add(final List<Long> script, final long process, final long call, final long... in) {
        script.add(process);
        script.add(call);
        for (int i = 0; i < WORDS - 2; i++) {
            script.add(i < in.length ? in[i] : 0);
        }
    }

    /** {@return what a step has in registers, the process and the call left out} */
    static long[] registers(final List<Long> script, final int step) {
        return script.subList(step * WORDS + 2, (step + 1) * WORDS).stream().mapToLong(Long::longValue).toArray();
    }
}
