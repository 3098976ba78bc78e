package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.toolchain.disasm.Instruction;

class InstructionDecoderTest {
    private static final InstructionDecoder ZEN4 = InstructionDecoder.of(Microarchitecture.named("zen4"));
    private static final InstructionDecoder SKYLAKE = InstructionDecoder.of(Microarchitecture.named("skylake"));
    private static final InstructionDecoder ICELAKE = InstructionDecoder.of(Microarchitecture.named("icelake"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "mov eax, ebx                     | rbx             | rax",
        "mov al, bl                       | rax rbx         | rax",
        "mov ah, bl                       | rax rbx         | rax",
        "mov ax, 5                        | rax             | rax",
        "mov eax, 5                       |                 | rax",
        "movzx eax, bl                    | rbx             | rax",
        "add eax, ebx                     | rax rbx         | rax CF F",
        "xor al, al                       | rax             | rax CF F",
        "cmp rax, rbx                     | rax rbx         | CF F",
        "inc rax                          | rax             | rax F",
        "dec dword ptr [rax]              |                 | F",
        "not rax                          | rax             | rax",
        "adc rax, rbx                     | rax rbx CF      | rax CF F",
        "bt rax, 3                        | rax             | CF",
        "shl rax, 3                       | rax             | rax CF F",
        "shl rax, cl                      | rax rcx         | rax CF F",
        "rcr rax, 1                       | rax CF          | rax CF F",
        "lea rax, [rbx + rcx*4 + 8]       | rbx rcx         | rax",
        "imul rax, rbx, 10                | rbx             | rax CF F",
        "imul rbx                         | rax rbx         | rax rdx CF F",
        "mul bl                           | rax rbx         | rax CF F",
        "div rcx                          | rax rcx rdx     | rax rdx",
        "cqo                              | rax             | rdx",
        "xchg rax, rbx                    | rax rbx         | rax rbx",
        "xadd qword ptr [rdi], rax        | rax             | rax CF F",
        "cmpxchg qword ptr [rdi], rcx     | rax rcx         | rax CF F",
        "cmpxchg16b xmmword ptr [rdi]     | rax rcx rdx rbx | rax rdx F",
        "push rbx                         | rbx             | ",
        "pop rbx                          |                 | rbx",
        "pop rsp                          |                 | rsp",
        "leave                            | rbp             | rsp rbp",
        "call rax                         | rax             | ",
        "lodsb al, byte ptr [rsi]         | SF              | rax rsi",
        "movsq qword ptr [rdi], qword ptr [rsi]     | SF     | rsi rdi",
        "rep stosq qword ptr [rdi], rax   | rax rcx SF      | rcx rdi",
        "repne scasb al, byte ptr [rdi]   | rax rcx SF      | rcx rdi CF F",
        "cpuid                            | rax rcx         | rax rcx rdx rbx",
        "rdtsc                            |                 | rax rdx",
        "wrmsr                            | rax rcx rdx     | SYS",
        "mov cr3, rax                     | rax             | SYS",
        "movd xmm1, eax                   | rax             | x1",
        "movaps xmm1, xmm2                | x2              | x1",
        "movss xmm1, xmm2                 | x1 x2           | x1",
        "movss xmm1, dword ptr [rax]      |                 | x1",
        "paddd xmm1, xmm2                 | x1 x2           | x1",
        "pshufd xmm1, xmm2, 5             | x2              | x1",
        "ucomisd xmm1, xmm2               | x1 x2           | CF F",
        "ptest xmm1, xmm2                 | x1 x2           | CF F",
        "cvttsd2si rax, xmm1              | x1              | rax",
        "sqrtsd xmm1, xmm2                | x1 x2           | x1",
        "popfq                            |                 | CF F SF",
        "sti                              |                 | SF SYS",
        "clc                              |                 | CF"})
    void registersAndFlagsAreReadAndWrittenAsTheManualSays(final String text, final String reads,
            final String writes) {
        final StaticInstruction decoded = ZEN4.decode(Forms.of(text));
        assertEquals(set(reads), names(decoded.reads()), text + " reads");
        assertEquals(set(writes), names(decoded.writes()), text + " writes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jb | CF", "jae | CF", "je | F", "jne | F", "jg | F", "js | F", "ja | CF F", "jbe | CF F", "jmp |",
        "jrcxz | rcx", "loop | rcx", "loopne | rcx F"})
    void branchesReadTheFlagsOfTheirCondition(final String mnemonic, final String reads) {
        assertEquals(set(reads), names(ZEN4.decode(Forms.of(mnemonic + " 0x1000")).reads()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cmovb rax, rbx | rax rbx CF", "cmove rax, rbx | rax rbx F", "cmova rax, rbx | rax rbx CF F",
        "setb al | rax CF", "setg al | rax F", "sbb rax, rax | CF"})
    void movesAndSetsOnConditionsReadTheirFlags(final String text, final String reads) {
        assertEquals(set(reads), names(ZEN4.decode(Forms.of(text)).reads()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xor eax, eax", "sub rax, rax", "pxor xmm3, xmm3", "xorps xmm3, xmm3", "psubd xmm1, xmm1"})
    void zeroingIdiomsReadNothingAndNeedNoPort(final String text) {
        final StaticInstruction decoded = ZEN4.decode(Forms.of(text));
        assertEquals(0, decoded.reads().length);
        assertEquals(0, decoded.ports() | decoded.issues() | decoded.latency());
        assertEquals(1, decoded.slots());
        assertTrue(decoded.writes().length > 0);
    }

    @Test
    void onesIdiomsReadNothingButNeedAPort() {
        final StaticInstruction decoded = ZEN4.decode(Forms.of("pcmpeqd xmm1, xmm1"));
        assertEquals(0, decoded.reads().length);
        assertTrue(decoded.ports() != 0);
    }

    @Test
    void movesAreEliminatedWhereTheCoreDoesIt() {
        for (final String text : List.of("mov rax, rbx", "mov eax, ebx", "movaps xmm1, xmm2")) {
            final StaticInstruction decoded = ZEN4.decode(Forms.of(text));
            assertTrue(decoded.has(Trait.ELIMINATED_MOVE), text);
            assertEquals(0, decoded.ports() | decoded.latency(), text);
            assertFalse(ICELAKE.decode(Forms.of(text)).has(Trait.ELIMINATED_MOVE), text);
        }
        for (final String text : List.of("mov al, bl", "mov ax, bx", "mov rax, qword ptr [rbx]", "movd xmm1, eax")) {
            assertFalse(ZEN4.decode(Forms.of(text)).has(Trait.ELIMINATED_MOVE), text);
        }
        assertTrue(ICELAKE.decode(Forms.of("mov rax, rbx")).ports() != 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "mov rax, qword ptr [rbx + 8]          | rbx     | 1 | 0 |",
        "mov qword ptr [rbx + rcx*8], rax      | rbx rcx | 0 | 1 | INDEXED",
        "mov rax, qword ptr [rcx*8 + 0x100]    | rcx     | 1 | 0 | INDEXED",
        "mov rax, qword ptr gs:[0x60]          |         | 1 | 0 |",
        "mov rax, qword ptr [rip + 0x60]       |         | 1 | 0 |",
        "mov rax, qword ptr [rsp - 8]          | rsp     | 1 | 0 | STACK",
        "add qword ptr [rbx], rax              | rbx     | 1 | 1 | READ_MODIFY_WRITE",
        "add qword ptr [rsp + 8], rax          | rsp     | 1 | 1 | READ_MODIFY_WRITE STACK",
        "cmp qword ptr [rbx], rax              | rbx     | 1 | 0 |",
        "lock add qword ptr [rbx], rax         | rbx     | 1 | 1 | LOCKED READ_MODIFY_WRITE",
        "xchg qword ptr [rbx], rax             | rbx     | 1 | 1 | LOCKED READ_MODIFY_WRITE",
        "lock cmpxchg16b xmmword ptr [rbx]     | rbx     | 1 | 1 | LOCKED READ_MODIFY_WRITE",
        "setne byte ptr [rbx]                  | rbx     | 0 | 1 |",
        "push rax                              | rsp     | 0 | 1 | STACK",
        "push qword ptr [rbx]                  | rsp rbx | 1 | 1 | STACK",
        "pop qword ptr [rbx]                   | rsp rbx | 1 | 1 | STACK",
        "call 0x1000                           | rsp     | 0 | 1 | STACK",
        "call qword ptr [rax + rcx*8]          | rax rcx rsp | 1 | 1 | INDEXED STACK",
        "ret                                   | rsp     | 1 | 0 | STACK",
        "leave                                 | rbp     | 1 | 0 | STACK",
        "lea rax, [rbx + rcx]                  |         | 0 | 0 |",
        "nop dword ptr [rax + rax]             | rax     | 0 | 0 |",
        "invlpg byte ptr [rax]                 | rax     | 0 | 0 | PRIVILEGED",
        "rep movsq qword ptr [rdi], qword ptr [rsi] | rsi rdi | 1 | 1 | REPEATED",
        "cmpsb byte ptr [rsi], byte ptr [rdi]  | rsi rdi | 2 | 0 |",
        "repz ret                              | rsp     | 1 | 0 | STACK",
        "ldmxcsr dword ptr [rax]               | rax     | 1 | 0 |",
        "movaps xmmword ptr [rax], xmm1        | rax     | 0 | 1 |"})
    void memoryOperandsGiveAddressesLoadsStoresAndTraits(final String text, final String addresses, final int loads,
            final int stores, final String traits) {
        final StaticInstruction decoded = ZEN4.decode(text.startsWith("repz ")
            ? new Instruction(0, 2, "repz ret", "") : Forms.of(text));
        assertEquals(set(addresses), names(decoded.addresses()), "addresses");
        assertEquals(loads, decoded.loads(), "loads");
        assertEquals(stores, decoded.stores(), "stores");
        assertEquals(set(traits), traits(decoded), "traits");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jne 0x1000 | CONDITIONAL", "loop 0x1000 | CONDITIONAL", "jmp 0x1000 | JUMP", "jmp rax | INDIRECT_JUMP",
        "jmp qword ptr [rax] | INDIRECT_JUMP", "call 0x1000 | CALL", "call rax | INDIRECT_CALL", "ret 8 | RETURN",
        "syscall | FAR", "sysretq | FAR", "iretq | FAR", "int 0x80 | FAR", "add rax, rbx | NEXT", "hlt | NEXT"})
    void flowSaysWhereTheNextOneComesFrom(final String text, final Flow flow) {
        assertEquals(flow, ZEN4.decode(Forms.of(text)).flow());
    }

    @Test
    void comparesFuseWithTheBranchBehindThemAsTheCoreSays() {
        assertTrue(ZEN4.decode(Forms.of("cmp rax, 5")).has(Trait.FUSES_WITH_BRANCH));
        assertTrue(ZEN4.decode(Forms.of("test rax, rax")).has(Trait.FUSES_WITH_BRANCH));
        assertTrue(ZEN4.decode(Forms.of("xor rax, rbx")).has(Trait.FUSES_WITH_BRANCH));
        assertFalse(SKYLAKE.decode(Forms.of("xor rax, rbx")).has(Trait.FUSES_WITH_BRANCH));
        assertFalse(ZEN4.decode(Forms.of("cmp qword ptr [rax], 5")).has(Trait.FUSES_WITH_BRANCH));
        assertFalse(ZEN4.decode(Forms.of("add qword ptr [rax], rbx")).has(Trait.FUSES_WITH_BRANCH));
        assertFalse(ZEN4.decode(Forms.of("mov rax, rbx")).has(Trait.FUSES_WITH_BRANCH));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "syscall | 82 | true", "swapgs | 26 | true", "mov cr3, rax | 204 | true", "mov rax, cr2 | 60 | true",
        "mfence | 54 | false", "lfence | 18 | false", "pause | 90 | false", "rdtsc | 35 | false",
        "mov ds, ax | 20 | false", "mov ax, ds | 0 | false", "hlt | 500 | true", "add rax, rbx | 0 | false"})
    void fixedCostsComeFromTheModelsFile(final String text, final int serial, final boolean privileged) {
        final StaticInstruction decoded = ZEN4.decode(Forms.of(text));
        assertEquals(serial, decoded.serial());
        assertEquals(privileged, decoded.has(Trait.PRIVILEGED));
    }

    @Test
    void mfenceAloneWaitsForStores() {
        assertTrue(ZEN4.decode(Forms.of("mfence")).has(Trait.WAITS_FOR_STORES));
        assertFalse(ZEN4.decode(Forms.of("sfence")).has(Trait.WAITS_FOR_STORES));
    }

    @Test
    void zen4sOwnTraitsAreThoseOfItsBytes() {
        assertTrue(ZEN4.decode(Forms.of("xchg rax, rbx")).has(Trait.SWAP));
        assertTrue(ZEN4.decode(Forms.of("mul rbx")).has(Trait.HIGH_LATER));
        assertFalse(ZEN4.decode(Forms.of("imul rax, rbx")).has(Trait.HIGH_LATER));
        assertTrue(ZEN4.decode(Forms.of("mov rax, qword ptr [rbx + rcx*8]")).has(Trait.SCALED));
        assertFalse(ZEN4.decode(Forms.of("mov rax, qword ptr [rbx + rcx]")).has(Trait.SCALED));
        assertEquals(2, ZEN4.decode(Forms.of("mov qword ptr [rbx + rcx], rax")).slots());
        assertTrue(ZEN4.decode(Forms.of("add rsp, 8")).has(Trait.READS_STACK_POINTER));
        assertFalse(ZEN4.decode(Forms.of("push rax")).has(Trait.READS_STACK_POINTER));
    }

    @Test
    void overridesWinOverLlvmsRows() {
        assertEquals(1, ZEN4.decode(Forms.of("lea rax, [rbx + 8]")).issues());
        assertEquals(0, ZEN4.decode(Forms.of("lea rax, [rbx]")).issues(), "a move by another name");
        assertTrue(ZEN4.table().row("div r64").orElseThrow().source().contains("measured"));
        assertTrue(ZEN4.table().row("imul r64,r64").orElseThrow().source().contains("LLVM"));
        assertEquals(3, ZEN4.decode(Forms.of("imul rax, rbx")).latency());
    }

    @Test
    void whatNoRowFitsIsAGuessAndSaysSo() {
        final StaticInstruction general = ZEN4.decode(Forms.of("zap rax, rbx"));
        assertTrue(general.has(Trait.GUESSED));
        assertEquals(ZEN4.decode(Forms.of("add rax, rbx")).ports(), general.ports());
        final StaticInstruction vector = ZEN4.decode(Forms.of("vaddps ymm1, ymm2, ymm3"));
        assertTrue(vector.has(Trait.GUESSED));
        assertEquals(ZEN4.decode(Forms.of("addps xmm1, xmm2")).ports(), vector.ports());
        assertFalse(ZEN4.decode(Forms.of("add rax, rbx")).has(Trait.GUESSED));
    }

    @Test
    void anyTextDecodesToSomething() {
        final Random random = new Random(5);
        final String alphabet = "abcdrsxmpilstv 0189[]+-*,:()?";
        final List<StaticInstruction> decoded = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            final String mnemonic = List.of("mov", "pop", "imul", "movsd", "lock", "rep", "", "shl", "rcl", "j", "set",
                "lea", "cmpxchgb", "int", "mulx").get(random.nextInt(15));
            decoded.add(ZEN4.decode(new Instruction(0, 1, mnemonic, text.toString())));
        }
        assertEquals(5000, decoded.size());
    }

    @Test
    void theUnitModelHasNothingToDecodeFor() {
        assertThrows(IllegalArgumentException.class, () -> InstructionDecoder.of(Microarchitecture.named("unit")));
    }

    private static List<String> set(final String names) {
        return names == null ? List.of() : List.of(names.split(" ")).stream().sorted().toList();
    }

    private static List<String> names(final int[] resources) {
        final List<String> names = new ArrayList<>();
        for (final int resource : resources) {
            names.add(switch (resource) {
                case Resource.CARRY -> "CF";
                case Resource.FLAGS -> "F";
                case Resource.SYSTEM_FLAGS -> "SF";
                case Resource.SYSTEM -> "SYS";
                case Resource.X87 -> "x87";
                case Resource.MXCSR -> "MXCSR";
                default -> resource >= Resource.VECTOR ? "x" + (resource - Resource.VECTOR)
                    : List.of("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12",
                        "r13", "r14", "r15").get(resource);
            });
        }
        return names.stream().sorted().toList();
    }

    private static List<String> traits(final StaticInstruction decoded) {
        final List<String> names = List.of("ELIMINATED_MOVE", "LOCKED", "INDEXED", "STACK", "REPEATED",
            "WAITS_FOR_STORES", "PRIVILEGED", "FUSES_WITH_BRANCH", "GUESSED", "READ_MODIFY_WRITE");
        final List<String> found = new ArrayList<>();
        for (int bit = 0; bit < names.size(); bit++) {
            if (decoded.has(1 << bit) && bit != 7) {
                found.add(names.get(bit));
            }
        }
        return found.stream().sorted().toList();
    }
}
