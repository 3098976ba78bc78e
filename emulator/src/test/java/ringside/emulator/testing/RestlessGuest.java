package ringside.emulator.testing;

import java.util.Random;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;

/**
 * A guest whose CPUs run random programs, wait in HLT for their timers, look whether COM1 has something and send it
 * back, and print; at the end it exits, resets the machine or waits for input.
 */
public final class RestlessGuest {
    /** How a guest ends. */
    public enum End {
        /** With an exit code. */
        EXITS,
        /** By a reset. */
        RESETS,
        /** It waits for an interrupt of COM1 and sends back what comes. */
        LISTENS
    }

    private static final int ROUNDS = 12;
    private static final int PIECES = 6;
    private static final int COM1 = 0x3F8;
    private static final int COM1_VECTOR = 0x64;
    private static final int TIMER_VECTOR = 0x41;
    private static final long DONE = Guest.DATA + 0x40;
    private static final int[][] SET_UP = {{0x20, 0x11}, {0x21, COM1_VECTOR - 4}, {0x21, 4}, {0x21, 1}, {0xA0, 0x11},
        {0xA1, COM1_VECTOR + 4}, {0xA1, 2}, {0xA1, 1}, {0x21, 0xEF}, {0xA1, 0xFF}, {COM1 + 1, 1}};

    private RestlessGuest() {
    }

    /**
     * {@return a guest}
     *
     * @param seed which
     * @param cpus of the machine, at least 1
     * @param end  what it does in the end
     */
    public static Guest of(final int seed, final int cpus, final End end) {
        return PlausibleProgram.handlers(SmpGuest.of(c -> {
            for (int cpu = 0; cpu < cpus; cpu++) {
                c.mov(Width.DWORD, Mem.absolute(PlausibleProgram.ROUTINES + (cpu << 8)), 0xB8);
                c.mov(Width.DWORD, Mem.absolute(PlausibleProgram.ROUTINES + (cpu << 8) + 4), 0xC300);
            }
            final Label[] programs = new Label[cpus];
            for (int cpu = 0; cpu < cpus; cpu++) {
                programs[cpu] = c.newLabel();
                c.cmp(Reg32.EDI, cpu);
                c.jcc(Cond.E, programs[cpu]);
            }
            for (int cpu = 0; cpu < cpus; cpu++) {
                c.bind(programs[cpu]);
                emit(c, new Random((long) seed * cpus + cpu), cpus);
                c.lock().inc(Width.DWORD, Mem.absolute(DONE));
                if (cpu == 0) {
                    SmpGuest.spinUntil(c, DONE, cpus);
                    end(c, end);
                }
                final Label forEver = c.here();
                c.hlt();
                c.jmp(forEver);
            }
        })).handler(COM1_VECTOR, c -> {
            c.mov(Reg16.DX, COM1);
            c.inDx(Width.BYTE);
            c.outDx(Width.BYTE);
            out(c, 0x20, 0x20);
            c.iretq();
        });
    }

    private static void out(final CodeBuilder c, final int port, final int value) {
        c.mov(Reg16.DX, port);
        c.mov(Reg8.AL, value);
        c.outDx(Width.BYTE);
    }

    private static void emit(final CodeBuilder c, final Random random, final int cpus) {
        c.mov(Reg32.R12D, ROUNDS);
        final Label again = c.here();
        for (int i = 0; i < PIECES; i++) {
            PlausibleProgram.emit(c, random.nextLong(), cpus, 1 + random.nextInt(3));
            switch (random.nextInt(4)) {
                case 0 -> print(c, (char) ('a' + random.nextInt(26)));
                case 1 -> echo(c);
                default -> sleep(c, random.nextInt(300_000));
            }
        }
        c.dec(Reg32.R12D);
        c.jcc(Cond.NE, again);
    }

    private static void print(final CodeBuilder c, final char letter) {
        Guest.send(c, letter);
    }

    private static void echo(final CodeBuilder c) {
        final Label nothing = c.newLabel();
        c.mov(Reg16.DX, COM1 + 5);
        c.inDx(Width.BYTE);
        c.and(Reg32.EAX, 1);
        c.jcc(Cond.E, nothing);
        c.mov(Reg16.DX, COM1);
        c.inDx(Width.BYTE);
        c.outDx(Width.BYTE);
        c.bind(nothing);
    }

    /** With interrupts off until just before HLT, so that the timer's cannot come too early. */
    private static void sleep(final CodeBuilder c, final int time) {
        c.push(Reg64.RDI);
        c.db(0xFA);
        Guest.apic(c, 0x3E0, 0xB);
        Guest.apic(c, 0x320, TIMER_VECTOR);
        Guest.apic(c, 0x380, 500 + time);
        c.db(0xFB);
        c.hlt();
        c.pop(Reg64.RDI);
    }

    private static void end(final CodeBuilder c, final End end) {
        switch (end) {
            case EXITS -> {
                c.mov(Reg32.EAX, 0);
                Guest.exitWithEax(c);
            }
            case RESETS -> out(c, 0xCF9, 6);
            default -> {
                for (final int[] word : SET_UP) {
                    out(c, word[0], word[1]);
                }
                Guest.apic(c, 0x320, 1 << 16);
                Guest.apic(c, 0x350, 0x700);
                final Label wait = c.here();
                c.sti();
                c.hlt();
                c.jmp(wait);
            }
        }
    }
}
