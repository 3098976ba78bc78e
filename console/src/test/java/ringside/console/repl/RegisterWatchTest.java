package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.travel.Timeline;
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
                    CpuRegister.CR3)) {
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
}
