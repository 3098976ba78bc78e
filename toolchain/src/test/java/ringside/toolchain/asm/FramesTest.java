package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.toolchain.image.FrameRow;
import ringside.toolchain.image.FrameRule;
import ringside.toolchain.image.ObjectSection;

/** Callers are found by what a routine pushes, along its jumps, and by what the source says where it knows better. */
class FramesTest {
    private static final int RBX = 3;
    private static final int RBP = 6;

    private static List<FrameRow> rows(final String... lines) {
        return Asm.assemble(String.join("\n", lines) + "\n").sections().stream()
                .filter(section -> section.name().equals(".text")).map(ObjectSection::frames).findFirst().orElseThrow();
    }

    private static String depths(final List<FrameRow> rows) {
        return String.join(" ", rows.stream().map(row -> row.offset() + ":" + switch (row.rule().kind()) {
            case STACK -> Integer.toString(row.rule().offset());
            case STORED -> "at " + new TreeMap<>(row.rule().saved());
            case STORED_ACROSS -> "across";
            default -> row.rule().kind().name().toLowerCase(Locale.ROOT);
        }).toList());
    }

    @Test
    void pushesAndPopsMoveTheFrame() {
        assertEquals("0:8 1:16 3:24 7:56 11:24 13:16 14:8", depths(rows("section .text", "global f", "f:",
                "push rbx", "push r12", "sub rsp, 32", "add rsp, 32", "pop r12", "pop rbx", "ret")));
    }

    @Test
    void pushedRegistersAreFoundWhereTheyArePushedFirst() {
        final List<FrameRow> rows = rows("section .text", "global f", "f:", "push rbx", "push rbp", "mov rbx, rdi",
                "push rbx", "pop rbx", "pop rbp", "pop rbx", "ret");
        assertEquals(Map.of(), rows.get(0).rule().saved());
        assertEquals(Map.of(RBX, 16), rows.get(1).rule().saved());
        assertEquals(Map.of(RBX, 16, RBP, 24), rows.get(2).rule().saved());
        assertEquals(Map.of(RBX, 16, RBP, 24), rows.get(3).rule().saved(), "the second push is of another value");
        assertEquals(Map.of(RBX, 16), rows.get(5).rule().saved());
        assertEquals(Map.of(), rows.getLast().rule().saved());
    }

    @Test
    void framesFollowJumpsForwardAndBack() {
        assertEquals("0:8 1:16 8:8 9:16", depths(rows("section .text", "global f", "f:", "push rbx", ".again:",
                "test eax, eax", "jz .other", "dec ecx", "pop rbx", "ret", ".other:", "jmp .again")));
        final List<FrameRow> rows = rows("section .text", "global f", "f:", "push rbx", "jmp .in", ".out:", "pop rbx",
                "ret", ".in:", "jmp .out");
        assertTrue(rows.stream().noneMatch(row -> row.rule().kind() == FrameRule.Kind.UNKNOWN), rows.toString());
    }

    @Test
    void nothingIsSaidOfWhatNobodyReachesAndOfNarrowCode() {
        assertEquals("0:8 1:unknown", depths(rows("section .text", "global f", "f:", "ret", "nop")));
        assertEquals("0:unknown", depths(rows("section .text", "bits 32", "global f", "f:", "push eax", "ret")));
    }

    @Test
    void anotherStackIsTheEndOfTheWay() {
        assertEquals("0:8 3:none", depths(rows("section .text", "global f", "f:", "mov rsp, [rdi]", "nop", "ret")));
    }

    @Test
    void whatTheSourceSaysHoldsAndMovesWithTheStack() {
        assertEquals("0:at {7=24, 16=0} 2:at {7=32, 16=8} 4:none 5:syscall",
                depths(rows("section .text", "global f", "f:", "FRAME rsp, rip, 0, rsp, 24", "push 0", "add eax, ecx",
                        "FRAME none", "nop", "FRAME syscall", "sysretq")));
        assertEquals("0:at {3=16, 7=8, 16=0}", depths(rows("section .text", "global f", "f:",
                "FRAME r15, rip, 0, rsp, 8", "FRAME also, rbx, 16", "push rbx", "mov rsp, [rdi]", "ret")));
        assertEquals("0:at {7=8, 16=0} 3:none", depths(rows("section .text", "global f", "f:",
                "FRAME r15, rip, 0, rsp, 8", "xor r15d, r15d", "ret")));
    }

    @Test
    void callsOutOfAStoredFrameAreMarkedForWhoComesFromThere() {
        assertEquals("0:at {7=8, 16=0} 3:across 8:at {7=8, 16=0} 9:across 11:at {7=8, 16=0}",
                depths(rows("section .text", "global f", "f:", "FRAME r15, rip, 0, rsp, 8", "add eax, ecx", "call f",
                        "nop", "call rax", "iretq")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FRAME", "FRAME some", "FRAME rsp", "FRAME rsp, rip, 0",
        "FRAME rsp, eax, 0, rip, 0, rsp, 8",
        "FRAME rsp, rip, 100000, rsp, 0", "FRAME also, rbx, 0", "FRAME rip, rip, 0, rsp, 0", "FRAME none, 1"})
    void frameThatIsNoneIsRefused(final String line) {
        assertThrows(AsmException.class, () -> rows("section .text", "f:", line, "ret"));
    }
}
