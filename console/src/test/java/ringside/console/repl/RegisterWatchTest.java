package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.travel.Timeline;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** A register's watchpoint stops where single steps find another value, forward and back. */
class RegisterWatchTest {
    /** Steps behind which a register is another than before, found step by step. */
    private static List<Long> changes(final Session session, final CpuRegister register, final long from,
            final long until) {
        final Timeline timeline = session.desk().guest().timeline();
        final List<Long> changes = new ArrayList<>();
        timeline.go(from);
        long before = timeline.machine().cpu().read(register);
        while (timeline.position().step() < until && timeline.ended().isEmpty()) {
            timeline.next();
            final long now = timeline.machine().cpu().read(register);
            if (now != before) {
                changes.add(timeline.position().step());
            }
            before = now;
        }
        timeline.go(from);
        return changes;
    }

    @Test
    void itStopsAtEachChangeAndAtNoneBesidesForwardAndBack() {
        try (Session session = Sessions.counting()) {
            final List<Long> wanted = changes(session, CpuRegister.RBX, 0, 1000);
            assertEquals(6, wanted.size(), "set to 5, and down to 0");
            assertEquals("watchpoint 1: $rbx\n", Sessions.all(session, "watch $rbx"));
            final List<Long> found = new ArrayList<>();
            Sessions.all(session, "continue");
            assertEquals("watchpoint 1, $rbx: 0x0 -> 0x5", session.desk().halt().text());
            while ("watchpoint".equals(session.desk().halt().reason())) {
                found.add(session.desk().guest().machine().steps());
                Sessions.all(session, "continue");
            }
            final List<Long> back = new ArrayList<>();
            Sessions.all(session, "reverse-continue");
            while ("watchpoint".equals(session.desk().halt().reason())) {
                back.addFirst(session.desk().guest().machine().steps() + 1);
                Sessions.all(session, "reverse-continue");
            }

            assertEquals(wanted, found);
            assertEquals(wanted, back);
        }
    }

    @Test
    void whatAnInterruptASystemCallOrAPopChangesIsFoundToo() {
        try (Session session = Sessions.bantam("demo")) {
            Sessions.all(session, "tbreak event syscall", "continue");
            final long from = session.desk().guest().machine().steps();
            for (final CpuRegister register : List.of(CpuRegister.RSP, CpuRegister.RCX, CpuRegister.R15,
                    CpuRegister.CR3, CpuRegister.GS_BASE)) {
                final List<Long> wanted = changes(session, register, from, from + 1500);
                assertTrue(wanted.size() > 1, register + " changes there");
                final String name = "$" + register.name().toLowerCase(Locale.ROOT);
                Sessions.all(session, "goto " + from, "delete", "watch " + name);
                for (final long step : wanted.subList(0, Math.min(wanted.size(), 12))) {
                    Sessions.all(session, "continue");
                    assertEquals(step, session.desk().guest().machine().steps(), name);
                }
            }
        }
    }

    @Test
    void aRepeatedStringInstructionIsSeenAtEachOfItsRepetitionsForwardAndBack() {
        try (Session session = Sessions.of(code -> {
            code.cld();
            code.mov(Reg64.RSI, 0x20_0000L);
            code.mov(Reg64.RDI, 0x30_0000L);
            code.mov(Reg64.RCX, 6);
            code.mov(Reg64.RAX, 7);
            code.repMovsb();
            code.mov(Reg64.RCX, 4);
            code.repStosq();
            code.mov(Reg64.RAX, 0);
            code.out(Width.BYTE, 0xF4);
        })) {
            for (final CpuRegister register : List.of(CpuRegister.RCX, CpuRegister.RSI, CpuRegister.RDI,
                    CpuRegister.RAX)) {
                final List<Long> wanted = changes(session, register, 0, 1000);
                final String name = "$" + register.name().toLowerCase(Locale.ROOT);
                Sessions.all(session, "goto 0", "watch " + name, "continue");
                final List<Long> found = new ArrayList<>();
                while ("watchpoint".equals(session.desk().halt().reason())) {
                    found.add(session.desk().guest().machine().steps());
                    Sessions.all(session, "continue");
                }
                assertEquals(wanted, found, name);
                final List<Long> back = new ArrayList<>();
                Sessions.all(session, "reverse-continue");
                while ("watchpoint".equals(session.desk().halt().reason())) {
                    back.addFirst(session.desk().guest().machine().steps() + 1);
                    Sessions.all(session, "reverse-continue");
                }
                assertEquals(wanted, back, name);
                Sessions.all(session, "delete");
            }
            assertEquals(12, changes(session, CpuRegister.RCX, 0, 1000).size());
        }
    }

    @Test
    void aConditionIsAboutTheMachineBehindTheChangeWhicheverWay() {
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "watch $bl if rbx == 2", "continue");
            final long forward = session.desk().guest().machine().steps();
            assertEquals("watchpoint 1, $bl: 0x3 -> 0x2", session.desk().halt().text());
            Sessions.all(session, "continue", "expect stop end", "reverse-continue");

            assertEquals("watchpoint 1, $bl: 0x3 -> 0x2", session.desk().halt().text());
            assertEquals(forward - 1, session.desk().guest().machine().steps());
            assertTrue(Sessions.refused(session, "watch $rip").startsWith("$rip is another at nearly every"));
        }
    }

    /** Writes registers beside the general ones, a word of its own to each. */
    private static void system(final CodeBuilder code) {
        code.db(0x0F, 0x20, 0xE0);                         // mov rax, cr4
        code.db(0x48, 0x0D, 0x00, 0x02, 0x00, 0x00);       // or rax, OSFXSR
        code.db(0x0F, 0x22, 0xE0);                         // mov cr4, rax
        code.mov(Reg64.RAX, 5);
        code.db(0x44, 0x0F, 0x22, 0xC0);                   // mov cr8, rax
        code.mov(Reg64.RAX, 0x600);
        code.db(0x0F, 0x23, 0xF8);                         // mov dr7, rax
        code.db(0x66, 0x48, 0x0F, 0x6E, 0xC0);             // movq xmm0, rax
        code.db(0x66, 0x0F, 0x6C, 0xC0);                   // punpcklqdq xmm0, xmm0
        code.db(0xD9, 0xE8);                               // fld1
        code.mov(Reg64.RCX, 0xC000_0082L);
        code.mov(Reg64.RDX, 0);
        code.db(0x0F, 0x30);                               // wrmsr
        code.mov(Reg64.RSP, Sessions.COUNTER);
        code.mov(Mem.at(Reg64.RSP), Reg64.RAX);
        code.db(0x0F, 0x01, 0x14, 0x24);                   // lgdt [rsp]
        code.mov(Reg64.RAX, 0);
        code.out(Width.BYTE, 0xF4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        $cr8   | 0x0 -> 0x5
        $dr7   | 0x400 -> 0x600
        $xmm0h | 0x0 -> 0x600
        $lstar | 0x0 -> 0x600
        $st0   | 0x00000000000000000000 -> 0x3fff8000000000000000
        """)
    void registersOfTheSystemAreWatchedToo(final String name, final String change) {
        try (Session session = Sessions.of(RegisterWatchTest::system)) {
            Sessions.all(session, "watch " + name, "continue");
            assertEquals("watchpoint 1, " + name + ": " + change, session.desk().halt().text());
            final long there = session.desk().guest().machine().steps();
            Sessions.all(session, "continue", "expect stop end", "reverse-continue");
            assertEquals("watchpoint 1, " + name + ": " + change, session.desk().halt().text());
            assertEquals(there - 1, session.desk().guest().machine().steps());
        }
    }

    @Test
    void whatIsWiderThanANumberIsWatchedWhole() {
        try (Session session = Sessions.of(RegisterWatchTest::system)) {
            Sessions.all(session, "watch $xmm0", "continue", "continue");
            assertEquals("watchpoint 1, $xmm0: 0x00000000000000000000000000000600 -> "
                + "0x00000000000006000000000000000600", session.desk().halt().text());
            Sessions.all(session, "expect $xmm0 == 0x600", "expect $xmm0h == 0x600", "delete", "watch $gdtr",
                "continue");
            assertTrue(session.desk().halt().text().endsWith(" -> 0x0 limit 0x600"), session.desk().halt().text());
        }
    }

    @Test
    void regsShowsGroupsAndEachByItsName() {
        try (Session session = Sessions.of(RegisterWatchTest::system)) {
            Sessions.all(session, "continue", "stepi");
            assertTrue(Sessions.all(session, "regs sse").startsWith(
                "xmm0    0x00000000000006000000000000000600\n"), "regs sse");
            assertTrue(Sessions.all(session, "regs x87").startsWith("st0     0x3fff8000000000000000  1.0\nst1 "),
                "regs x87");
            assertTrue(Sessions.all(session, "regs x87").contains("  empty\n"), "regs x87");
            assertEquals("xmm0    0x00000000000006000000000000000600\nlstar   0x600\ncr8     0x5\n",
                Sessions.all(session, "regs xmm0 lstar cr8"));
            assertTrue(Sessions.all(session, "regs control").contains("\ncr8     0x0000000000000005\n"), "control");
            assertEquals("$lstar is looked at and not set; gdb sets XMM and ST",
                Sessions.refused(session, "set $lstar = 1"));
        }
    }

    @Test
    void thatARegisterIsReadIsNotSeenAndThatIsSaid() {
        try (Session session = Sessions.counting()) {
            assertEquals("that a register is read is not seen: 'watch $rbx' stops where it changes, 'rwatch rbx' where "
                + "the memory at its value is read", Sessions.refused(session, "rwatch $rbx"));
            assertTrue(Sessions.refused(session, "awatch $lstar").startsWith("that a register is read is not seen"));
            Sessions.all(session, "stepi 2", "rwatch rsp", "awatch $rsp+8");
        }
    }

    @Test
    void codeIsStoppedAtByItsPhysicalAddressForwardAndBack() {
        try (Session session = Sessions.bantam("demo")) {
            Sessions.all(session, "tbreak syscall_entry", "continue");
            final long there = session.desk().guest().machine().steps();
            final Long physical = session.desk().guest().translate(session.desk().guest().value("syscall_entry"));
            final String hex = "0x" + Long.toHexString(physical);
            assertEquals("breakpoint 2: physical " + hex + "\n", Sessions.all(session, "break -p " + hex));
            Sessions.all(session, "continue", "expect stop breakpoint 2", "expect rip == syscall_entry",
                "reverse-continue", "expect step == " + there, "expect rip == syscall_entry", "goto start", "continue",
                "expect step == " + there, "delete", "xwatch syscall_entry 2", "goto start", "continue",
                "expect step == " + there);
            assertTrue(Sessions.refused(session, "break -p 0x7fffffff0000").startsWith("not in RAM"));
        }
    }
}
