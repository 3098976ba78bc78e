package ringside.fastpath.kernel.fuzz;

import java.util.List;
import java.util.Map;
import ringside.kernel.build.KernelSources;

/**
 * A kernel with a mistake in it, to see that the fuzzer finds it.
 *
 * @param name what it does wrong
 * @param unit which source
 * @param from a text that is there once
 * @param to   what stands there instead
 */
record Mutant(String name, String unit, String from, String to) {
    /** {@return the changed source} */
    Map<String, String> changes() {
        final String text = KernelSources.bundled().read(unit).orElseThrow();
        if (text.indexOf(from) < 0 || text.indexOf(from) != text.lastIndexOf(from)) {
            throw new IllegalStateException("a mutant changes one place: " + name);
        }
        return Map.of(unit, text.replace(from, to));
    }

    @Override
    public String toString() {
        return name;
    }

    /** {@return all of them, those first that every run of the tests tries} */
    static List<Mutant> all() {
        return List.of(
                new Mutant("a copy may have more rights", "object/sys_handle.asm",
                        "        test    [r15 + Thread_rdx], rcx\n        jnz     .no_right\n", ""),
                new Mutant("a copy is no deeper than its origin", "object/handle.asm",
                        "        inc     ecx\n        mov     rsi, [r9 + Handle_next]",
                        "        mov     rsi, [r9 + Handle_next]"),
                new Mutant("a mapping outlives its handle", "object/handle.asm",
                        "        test    rsi, rsi\n        jz      .no_mapping\n", "        jmp     .no_mapping\n"),
                new Mutant("a handle maps with access that it has no right for", "memory/sys_memory.asm",
                        "        test    eax, ecx\n        jnz     .no_right\n", ""),
                new Mutant("tables of a mapping stay charged", "memory/mapping.asm",
                        "        shl     rsi, PAGE_SHIFT\n        pop     r15",
                        "        xor     esi, esi\n        pop     r15"),
                new Mutant("a thread that is killed asleep stays among the sleepers", "thread/thread_kill.asm",
                        "        call    sleepers_remove\n", ""),
                new Mutant("a notification is never freed", "object/object.asm",
                        "        call    notification_close\n        jmp     .free",
                        "        call    notification_close\n        jmp     .next"),
                new Mutant("floating-point registers are not saved", "thread/float.asm",
                        "        fxsave64 [rcx + Float_area]\n", ""),
                new Mutant("the TLB remembers", "process/space.asm", "        invlpg  [rsi]\n", ""),
                new Mutant("a quota does not come back", "process/process.asm",
                        "        mov     rsi, [rdi + Process_quota]\n        mov     rax, [rdi + Process_child_next]",
                        "        xor     esi, esi\n        mov     rax, [rdi + Process_child_next]"),
                new Mutant("a caller that is killed stays the caller", "thread/thread_wait.asm",
                        "        mov     qword [rax + Thread_caller], 0\n", ""),
                new Mutant("a killed sender stays the last one", "ipc/endpoint.asm",
                        "        mov     [rax + Endpoint_senders_last], r8\n", ""),
                new Mutant("any number is a call", "syscall/syscall_entry.asm",
                        "        jae     .no_such_call\n", ""),
                new Mutant("the fast path sends without a right", "ipc/ipc_fast_call.asm",
                        "        test    byte [rdi + Handle_rights], RIGHT_SEND\n        jz      .slow_no_right\n", ""),
                new Mutant("a page may be mapped over another", "memory/sys_memory.asm",
                        "        jnz     .mapped\n", ""),
                new Mutant("the table of a memory object is never freed", "memory/memory.asm",
                        "        mov     rdi, r13\n        call    frame_drop\n        inc     r12\n",
                        "        inc     r12\n"),
                new Mutant("a handle that is moved is not told to the one before it", "object/sys_handle.asm",
                        "        mov     [rax + Handle_next], rsi\n        ret", "        ret"),
                new Mutant("a moved handle's mappings stay with its old place", "object/sys_handle.asm",
                        "        mov     [rax + Mapping_handle], rsi\n", ""),
                new Mutant("children outlive who gave them their quota", "process/process.asm",
                        "        mov     rdi, r12\n        call    object_drop\n        mov     r12,",
                        "        mov     r12,"),
                new Mutant("waiters come in any order", "thread/waiters.asm", "        jb      .here\n",
                        "        ja      .here\n"),
                new Mutant("a level that is empty stays ready", "thread/scheduler.asm",
                        "        xor     [r9 + rax * WORD_SIZE + Cpu_ready], rdx\n", ""),
                new Mutant("who is killed while it waits for a word goes on waiting", "thread/thread_wait.asm",
                        "        cmp     al, STATE_FUTEX\n        je      waiters_forget\n", ""),
                new Mutant("a fork's pages can be written where they were before", "memory/memory_fork.asm",
                        "        and     qword [rax], ~PTE_WRITE\n", ""),
                new Mutant("a fault handler outlives its process", "process/process.asm",
                        "        call    fault_handler_remove\n", ""),
                new Mutant("floating-point registers are not loaded", "thread/float.asm",
                        "        fxrstor64 [rax + Float_area]\n", ""),
                new Mutant("a thread that has just got floating-point registers may take fast paths",
                        "thread/float.asm", "        call    thread_gate\n", ""),
                new Mutant("floating-point registers outlive their thread", "thread/thread_kill.asm",
                        "        call    float_end\n", ""),
                new Mutant("an address may lie in the kernel", "memory/sys_memory.asm",
                        "        jbe     memory_bad_address\n", ""));
    }
}
