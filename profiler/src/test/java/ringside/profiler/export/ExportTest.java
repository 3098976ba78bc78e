package ringside.profiler.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.CpuTime;
import ringside.profiler.profile.InstructionCost;
import ringside.toolchain.image.SourceLine;

class ExportTest {
    private static final String HOSTILE = "a<&\"\n\0;b\u001b\ud800 c";
    private static final ProfiledGuest GUEST = new ProfiledGuest("k\nfile", "0123456789abcdef", "1",
        address -> address == 0x10 ? Optional.of(new SourceLine("a.asm", 7)) : Optional.empty());
    private static final CodeProfile PROFILE = new CodeProfile("unit-1", false,
        List.of(cost(0x10, HOSTILE, 3, 3), cost(0x20, "work", 2, 4)),
        new CodeProfile.Tables(List.of(), List.of(), List.of(), List.of(), Map.of()),
        List.of(new CpuTime(0, 0, 17, 5, 7, 0, 10, 1)),
        call("[all]", 0, 0, 0, 5, 17, List.of(
            call("[idle]", 0, 0, 10, 0, 10, List.of()),
            call(HOSTILE, 0, 3, 3, 5, 7, List.of(
                call("work", 0x10, 1, 2, 1, 2, List.of()),
                call("work", 0x14, 1, 2, 1, 2, List.of()))))), 0);

    private static InstructionCost cost(final long address, final String routine, final long count,
            final long cycles) {
        return new InstructionCost(address, routine, 0, 0, 0, count, cycles, CauseCycles.NONE);
    }

    private static CallNode call(final String name, final long site, final long instructions, final long cycles,
            final long allInstructions, final long allCycles, final List<CallNode> below) {
        return new CallNode(name, site, name.equals("[all]") ? 0 : 1, instructions, cycles, allInstructions, allCycles,
            CauseCycles.NONE, below);
    }

    @Test
    void theFlameGraphIsAnImageWithTitleUnitsAndHoverTexts() throws Exception {
        final DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setNamespaceAware(true);
        final String text = FlameGraph.of(PROFILE, GUEST);
        final Document svg = parsers.newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

        assertEquals("http://www.w3.org/2000/svg", svg.getDocumentElement().getNamespaceURI());
        assertTrue(text.contains("Width: cycles (unit-1), 7 of them; 5 instructions; 10 idle cycles left out"), text);
        assertTrue(text.contains("<title>work\n4 cycles (unit-1), 57.14 % of what is not idle\n"), text);
        assertFalse(text.contains("<script") || text.contains("http://www.w3.org/1999"), text);
        assertTrue(text.contains("a&lt;&amp;"), text);
    }

    @Test
    void callgrindsLinesHaveInstructionAndLineAndCallsWithTheirTargets() {
        final String text = CallgrindFile.of(PROFILE, GUEST);

        assertTrue(text.contains("positions: instr line\nevents: Instructions Cycles\nsummary: 5 17\n"), text);
        assertTrue(text.contains("fl=(1) a.asm\nfn=(1) a<&\"??;b?? c\n0x10 7 3 3\n"), text);
        assertTrue(text.contains("cfi=(2) ???\ncfn=(2) work\ncalls=1 0x20 0\n0x10 7 1 2\n"), text);
        assertTrue(text.contains("fn=(3) [idle]\n0x0 0 0 10\n"), text);
    }

    @Test
    void callgrindHasAnEventForEachCauseThatOccurs() {
        final CauseCycles causes = new CauseCycles(Map.of(Cause.CODE_MISS, 3L, Cause.L2, 4L));
        final CodeProfile profile = new CodeProfile("zen4-2", true,
            List.of(new InstructionCost(0x20, "work", 0, 0, 0, 2, 7, causes)),
            new CodeProfile.Tables(List.of(), List.of(), List.of(), List.of(), Map.of()),
            List.of(new CpuTime(0, 0, 17, 2, 7, 0, 10, 1)),
            new CallNode("[all]", 0, 0, 0, 0, 2, 17, CauseCycles.NONE, List.of(
                new CallNode("main", 0, 1, 0, 0, 2, 7, CauseCycles.NONE, List.of(
                    new CallNode("work", 0x10, 1, 2, 7, 2, 7, causes, List.of()))))), 0);
        final String text = CallgrindFile.of(profile, GUEST);

        assertTrue(text.contains("events: Instructions Cycles CodeMiss L2 Idle\nsummary: 2 17 3 4 10\n"), text);
        assertTrue(text.contains("fn=(1) work\n0x20 0 2 7 3 4 0\n"), text);
        assertTrue(text.contains("0x0 0 0 10 0 0 10\n"), text);
        assertTrue(text.contains("calls=1 0x20 0\n0x10 7 2 7 3 4 0\n"), text);
    }

    @Test
    void collapsedNamesHaveNoSemicolonsAndNoLineBreaks() {
        assertEquals("[idle] 10\na<&\"??:b?? c 3\na<&\"??:b?? c;work 4\n", CollapsedStacks.of(PROFILE));
    }
}
