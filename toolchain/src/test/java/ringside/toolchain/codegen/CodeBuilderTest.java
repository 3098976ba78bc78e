package ringside.toolchain.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RSI;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.image.LineRow;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.Relocation;
import ringside.toolchain.testing.GnuTools;

class CodeBuilderTest {
    private final CodeBuilder code = new CodeBuilder();

    @Test
    void jumpsAreRelaxedAsGnuAsRelaxesThem(@TempDir final Path directory) {
        final Random random = new Random(25);
        for (int round = 0; round < 20; round++) {
            final CodeBuilder ours = new CodeBuilder();
            final StringBuilder theirs = new StringBuilder();
            final Label[] labels = new Label[40];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = ours.newLabel();
            }
            for (int i = 0; i < labels.length; i++) {
                ours.bind(labels[i]);
                theirs.append("l").append(i).append(":\n");
                for (int jump = 0; jump < 3; jump++) {
                    final int to = random.nextInt(labels.length);
                    final int fill = random.nextInt(24);
                    final Cond condition = Cond.values()[random.nextInt(16)];
                    if (random.nextBoolean()) {
                        ours.jcc(condition, labels[to]);
                        theirs.append("j").append(condition.text());
                    } else {
                        ours.jmp(labels[to]);
                        theirs.append("jmp");
                    }
                    theirs.append(" l").append(to).append("\n.fill ").append(fill).append(", 1, 0x90\n");
                    for (int nop = 0; nop < fill; nop++) {
                        ours.nop();
                    }
                }
                if (i % 8 == 7) {
                    ours.align(32, 0xcc);
                    theirs.append(".balign 32, 0xcc\n");
                }
            }
            assertArrayEquals(GnuTools.assemble(directory, theirs.toString()), ours.bytes(), "round " + round);
        }
    }

    @Test
    void shortJumpReachesExactlyMinus128And127() {
        assertEquals(2 + 127, jumpOver(127).length);
        assertEquals(5 + 128, jumpOver(128).length);
        final CodeBuilder back = new CodeBuilder();
        final Label start = back.here();
        for (int i = 0; i < 126; i++) {
            back.nop();
        }
        back.jmp(start);
        assertEquals(128, back.bytes().length);
        assertEquals(-128, back.bytes()[127]);
    }

    private static byte[] jumpOver(final int bytes) {
        final CodeBuilder builder = new CodeBuilder();
        final Label end = builder.newLabel();
        builder.jmp(end);
        for (int i = 0; i < bytes; i++) {
            builder.nop();
        }
        builder.bind(end);
        return builder.bytes();
    }

    @Test
    void paddingOfCodeIsNops() {
        for (int before = 0; before < 64; before++) {
            final CodeBuilder builder = new CodeBuilder();
            for (int i = 0; i < before; i++) {
                builder.nop();
            }
            builder.align(64);
            builder.ret();
            assertEquals((before + 63) / 64 * 64 + 1, builder.bytes().length);
        }
    }

    @Test
    void symbolsOfTheUnitNeedNoLinkerInTheirSectionAndOneElsewhere() {
        code.global("first");
        code.call("second");
        code.lea(RAX, Mem.rip("table"));
        code.jmp("elsewhere");
        code.global("second");
        code.ret();
        code.section(".rodata");
        code.global("table");
        code.dq("second", 1);
        final Label anonymous = code.here();
        code.section(".text");
        code.mov(RAX, Mem.rip(anonymous));
        final ObjectCode object = code.build("unit");
        assertEquals(List.of(".text", ".rodata"), object.sections().stream().map(ObjectSection::name).toList());
        final List<Relocation> text = object.sections().getFirst().relocations();
        assertEquals(List.of("table", "elsewhere", ".L1"), text.stream().map(Relocation::symbol).toList());
        assertTrue(text.stream().allMatch(r -> r.kind() == Relocation.Kind.PC32 && r.addend() == -4));
        assertEquals(List.of(new Relocation(0, Relocation.Kind.ABS64, "second", 1)),
                object.sections().getLast().relocations());
        assertEquals(
                new ObjectSymbol(".L1", ".rodata", 8, ObjectSymbol.Scope.LOCAL, ObjectSymbol.Kind.LABEL),
                object.symbols().getLast());
        assertThrows(IllegalStateException.class, code::bytes);
    }

    @Test
    void labelsGetTheNameOfTheirRoutine() {
        code.global("thread_wake");
        final Label slow = code.newLabel(".slow");
        code.jmp(slow);
        code.bind(slow);
        code.ret();
        code.section(".data");
        code.global("counter");
        code.dq(0);
        assertEquals(List.of(
                new ObjectSymbol("thread_wake", ".text", 0, ObjectSymbol.Scope.GLOBAL, ObjectSymbol.Kind.FUNCTION),
                new ObjectSymbol("thread_wake.slow", ".text", 2, ObjectSymbol.Scope.LOCAL, ObjectSymbol.Kind.LABEL),
                new ObjectSymbol("counter", ".data", 0, ObjectSymbol.Scope.GLOBAL, ObjectSymbol.Kind.OBJECT)),
                code.build("unit").symbols());
    }

    @Test
    void probesEmitNothing() {
        code.probe("phase_entry");
        code.mov(RAX, RDI);
        final byte[] plain = code.bytes();
        code.probe("context_switch", RDI, RSI);
        assertArrayEquals(plain, code.bytes());
        final List<ObjectSymbol> symbols = code.build("unit").symbols();
        assertEquals("probe$phase_entry$1", symbols.getFirst().name());
        assertEquals(new ObjectSymbol("probe$context_switch$rdi$rsi$2", ".text", 3, ObjectSymbol.Scope.LOCAL,
                ObjectSymbol.Kind.PROBE), symbols.getLast());
    }

    @Test
    void reservedZerosAtTheEndTakeNoRoom() {
        code.section(".bss");
        code.reserve(100);
        code.align(64);
        code.global("stack");
        code.reserve(4096);
        final ObjectCode bss = code.build("unit");
        assertEquals(0, bss.sections().getFirst().bytes().length);
        assertEquals(128 + 4096, bss.sections().getFirst().zeroBytes());
        assertEquals(64, bss.sections().getFirst().align());
        assertEquals(128, bss.symbols().getFirst().value());
        code.db(1);
        final ObjectSection filled = code.build("unit").sections().getFirst();
        assertEquals(128 + 4096 + 1, filled.bytes().length);
        assertEquals(0, filled.zeroBytes());
    }

    @Test
    void instructionBelongsToTheJavaLineThatAskedForIt() {
        code.nop();
        final int here = StackWalker.getInstance().walk(f -> f.findFirst().orElseThrow().getLineNumber());
        pushAll();
        List.of(RAX, RDI).forEach(code::push);
        final List<LineRow> lines = code.build("unit").sections().getFirst().lines();
        assertEquals("ringside/toolchain/codegen/CodeBuilderTest.java", lines.getFirst().source().file());
        assertEquals(here - 1, lines.getFirst().source().line());
        assertEquals(List.of(0, 1, 2, 3), lines.stream().map(LineRow::offset).toList());
        assertEquals(lines.get(1).source().line() + 1, lines.get(2).source().line(), "the helper's own lines");
        assertEquals(here + 2, lines.get(3).source().line(), "a library loop has no line of its own");
    }

    private void pushAll() {
        code.push(RAX);
        code.push(RDI);
    }

    @Test
    void misuseIsRefusedByName() {
        final Label never = code.newLabel("never");
        code.jmp(never);
        assertEquals("a label that is used is bound: label=never",
                assertThrows(IllegalStateException.class, () -> code.build("unit")).getMessage());
        code.bind(never);
        assertThrows(IllegalStateException.class, () -> code.bind(never));
        assertEquals("a symbol is defined once: name=never",
                assertThrows(IllegalStateException.class, () -> code.global("never")).getMessage());
        final Label foreign = new CodeBuilder().newLabel("foreign");
        assertThrows(IllegalArgumentException.class, () -> code.jmp(foreign));
        assertThrows(IllegalArgumentException.class, () -> Mem.at(RAX, Reg64.RSP, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Mem.at(RAX, RDI, 3, 0));
        assertThrows(IllegalArgumentException.class, () -> Mem.at(RAX, 1L << 31));
        assertThrows(IllegalArgumentException.class, () -> code.probe("a$b"));
    }

    @Test
    void operandsReadAsIntelWritesThem() {
        assertEquals("[rax]", Mem.at(RAX).toString());
        assertEquals("gs:[0x28]", Mem.gs(0x28).toString());
        assertEquals("[rdi + rsi*8 - 0x10]", Mem.at(RDI, RSI, 8, -16).toString());
        assertEquals("[-0x8]", Mem.absolute(-8).toString());
        assertEquals("[rip + table + 0x4]", Mem.rip("table", 4).toString());
        assertEquals("[rax*8 + table]", Mem.table("table", RAX, 8).toString());
        assertEquals(List.of("rdi", "edi", "di", "dil"),
                List.of(RDI.text(), RDI.r32().text(), RDI.r16().text(), RDI.r8().text()));
        for (final Cond condition : Cond.values()) {
            assertEquals(condition, condition.negate().negate());
        }
        assertEquals(Cond.NE, Cond.E.negate());
    }
}
