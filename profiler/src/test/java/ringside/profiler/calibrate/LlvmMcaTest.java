package ringside.profiler.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tool is told and what its answers mean; the tool itself need not be there. */
class LlvmMcaTest {
    private static final HostCpu HOST = HostCpu.parse("Linux amd64", "");

    @Test
    void withoutTheToolTheColumnSaysSo() {
        final LlvmMca column = LlvmMca.find("", HOST);
        assertEquals("llvm-mca", column.id());
        assertEquals(Estimate.none("llvm-mca is not on PATH"),
                column.estimate(Snippets.of(List.of("chain_add")).getFirst()));
    }

    @Test
    void anAnswerIsItsTotalOverTheIterations() {
        assertEquals(Estimate.of(2.5), LlvmMca.parse("Iterations:        100\nTotal Cycles:      250\n", 100));
    }

    @Test
    void anAnswerWithoutATotalSaysWhatIsWrong() {
        assertEquals(Estimate.none("llvm-mca: invalid operand"),
                LlvmMca.parse("<stdin>:2:1: error: invalid operand\n jne 1\n", 1));
        assertEquals(Estimate.none("llvm-mca gave no answer in 20 s"), LlvmMca.parse("", 1));
        assertEquals(Estimate.none("llvm-mca's answer has no total"), LlvmMca.parse("else", 1));
    }

    @Test
    void itReadsTheInstructionsThatRanInTheirOrder() {
        final Snippet snippet = Snippets.of(List.of("call_leaf")).getFirst();
        final DynamicStream stream = DynamicStream.of(snippet, 1);
        assertEquals(1, stream.iterations());
        assertEquals(".intel_syntax noprefix\npush 0\njmp elsewhere\nadd rax, 3\nret\ndec rsi\njne elsewhere\n",
                LlvmMca.text(snippet, stream));
    }

    @Test
    void aStreamHasWholeIterationsAndAtMostSixteen() {
        final Snippet snippet = Snippets.of(List.of("call_leaf")).getFirst();
        final DynamicStream stream = DynamicStream.of(snippet, 1000);
        assertEquals(16, stream.iterations());
        assertEquals(16 * 5, stream.addresses().size());
        assertTrue(stream.addresses().stream().filter(at -> at == snippet.loopStart()).count() == 16);
    }
}
