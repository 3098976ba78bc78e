package ringside.fastpath.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.GuestImage;

/** On no way through a fast path, in either variant, does a store come before the slow path can still be taken. */
class ChecksFirstTest {
    private static final String SLOW = "syscall_slow";
    private static final Set<String> READERS = Set.of("cmp", "test", "bt", "lea", "jmp", "call", "nop", "invlpg");
    private static final Set<String> HIDDEN_STORES = Set.of("push", "call", "pushfq", "stosb", "stosq", "movsb",
            "movsq", "enter");

    private record State(long address, boolean stored) {
    }

    private record Ends(Set<Boolean> slow, Set<Boolean> sysret) {
    }

    static boolean stores(final Instruction instruction) {
        final String mnemonic = instruction.mnemonic().replaceFirst("^(lock|rep|repe|repne) ", "");
        if (HIDDEN_STORES.contains(mnemonic)) {
            return true;
        }
        if (mnemonic.startsWith("xchg") || mnemonic.startsWith("xadd")) {
            return instruction.operands().contains("[");
        }
        return !READERS.contains(mnemonic) && instruction.operands().split(",")[0].contains("[");
    }

    /** Goes every way from a routine's start: with which states the slow path and the return to a user are reached. */
    private static Ends explore(final GuestImage image, final String routine) {
        final long slow = image.symbols().byName(SLOW).orElseThrow().address();
        final Ends ends = new Ends(new HashSet<>(), new HashSet<>());
        final Set<State> seen = new HashSet<>();
        final Deque<State> open = new ArrayDeque<>();
        open.push(new State(image.symbols().byName(routine).orElseThrow().address(), false));
        try (Disassembler disassembler = Disassembler.bits64()) {
            while (!open.isEmpty()) {
                final State state = open.pop();
                if (state.address == slow) {
                    ends.slow.add(state.stored);
                } else if (seen.add(state)) {
                    final byte[] bytes = image.memory(state.address, Disassembler.LONGEST);
                    final Instruction at = disassembler.decode(bytes, 0, bytes.length, state.address).orElseThrow();
                    final boolean stored = state.stored || stores(at);
                    if (at.mnemonic().startsWith("sysret")) {
                        ends.sysret.add(stored);
                        continue;
                    }
                    if (at.mnemonic().startsWith("j")) {
                        open.push(new State(Long.parseUnsignedLong(at.operands().substring(2), 16), stored));
                    }
                    if (!at.mnemonic().equals("jmp")) {
                        open.push(new State(state.address + at.length(), stored));
                    }
                }
            }
        }
        return ends;
    }

    @ParameterizedTest
    @CsvSource({"ASSEMBLY,ipc_fast_call,false", "ASSEMBLY,ipc_fast_reply_recv,false",
        "GENERATED,ipc_fast_call,false", "GENERATED,ipc_fast_reply_recv,false", "ASSEMBLY,ipc_fast_call,true",
        "ASSEMBLY,ipc_fast_reply_recv,true", "GENERATED,ipc_fast_call,true", "GENERATED,ipc_fast_reply_recv,true",
        "ASSEMBLY,ipc_fast_signal,false", "GENERATED,ipc_fast_signal,false", "ASSEMBLY,ipc_fast_signal,true",
        "GENERATED,ipc_fast_signal,true"})
    void noWayToTheSlowPathHasAStoreOnIt(final FastPath fastPath, final String routine, final boolean smp) {
        final GuestImage image;
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            image = builder.build(new KernelFeatures(fastPath, smp),
                    fastPath == FastPath.GENERATED ? FastPaths.generate(smp) : List.of());
        }
        checksPrecedeStores(image, routine);
    }

    @ParameterizedTest
    @CsvSource({"0,ipc_fast_call", "4,ipc_fast_call", "0,ipc_fast_reply_recv", "4,ipc_fast_reply_recv"})
    void noWayToTheSlowPathHasAStoreOnItWherePathsAreForOneLength(final long words, final String routine) {
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            checksPrecedeStores(builder.build(new KernelFeatures(FastPath.GENERATED),
                    new FastPathsOfWords().generate(Map.of("WORDS", words))), routine);
        }
    }

    private static void checksPrecedeStores(final GuestImage image, final String routine) {
        final Ends ends = explore(image, routine);
        assertEquals(Set.of(false), ends.slow, "the slow path is reached, and never with a store behind it");
        assertEquals(Set.of(true), ends.sysret, "it is done, and never without a store");
    }

    @Test
    void everyKindOfStoreIsKnownAsOne() {
        for (final String text : List.of("mov qword ptr [rax]|rcx", "or dword ptr [rax]|0", "inc qword ptr [rax]|",
                "xchg rax|qword ptr [rcx]", "lock xadd qword ptr [rax]|rcx", "push rax|", "setne byte ptr [rax]|")) {
            final String[] parts = text.split("\\|", -1);
            final int space = parts[0].startsWith("lock ") ? parts[0].indexOf(' ', 5) : parts[0].indexOf(' ');
            final String operands = parts[0].substring(space + 1) + (parts[1].isEmpty() ? "" : ", " + parts[1]);
            assertTrue(stores(new Instruction(0, 1, parts[0].substring(0, space), operands)), text);
        }
        assertFalse(stores(new Instruction(0, 1, "mov", "rax, qword ptr [rcx]")));
        assertFalse(stores(new Instruction(0, 1, "test", "qword ptr gs:[8], r11")));
    }
}
