package ringside.emulator.testing;

import java.util.Random;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * Writes random code as kernels have it: arithmetic, shared data, locks, loops, calls, string instructions, faults that
 * are handled, interrupts to others and to oneself, page-table edits, code that rewrites itself and others' code,
 * device registers.
 *
 * <p>It uses RAX, RBX, RCX, RDX, RSI, R8 and R9; R14 holds where a handler resumes after a fault, R15 counts loops.
 */
public final class PlausibleProgram {
    /** Where a fault's handler returns to, as long as the program runs. */
    public static final Reg64 RESUME = Reg64.R14;
    /** Pages that all CPUs load from and store to. */
    public static final long SHARED = Guest.DATA + 0x1000;
    /** A large page whose mapping the program changes. */
    public static final long WINDOW = 0x60_0000;
    /** A routine a CPU that anybody rewrites: {@code mov eax, imm32; ret}. */
    public static final long ROUTINES = 0x50_0000;

    private static final int SHARED_BYTES = 0x3000;
    private static final Reg64[] REGISTERS = {Reg64.RAX, Reg64.RBX, Reg64.RCX, Reg64.RDX, Reg64.RSI, Reg64.R8,
        Reg64.R9};
    private static final Reg32[] HALVES = {Reg32.EAX, Reg32.EBX, Reg32.ECX, Reg32.EDX, Reg32.ESI, Reg32.R8D,
        Reg32.R9D};
    private static final Cond[] CONDITIONS = Cond.values();
    private static final int ROUTINE_SHIFT = 8;
    private static final int END_OF_INTERRUPT = 0xB0;
    private static final int COMMAND = 0x300;
    private static final int COMMAND_DESTINATION = 0x310;
    private static final int DESTINATION_SHIFT = 24;
    private static final int TIMER = 0x320;
    private static final int INITIAL_COUNT = 0x380;
    private static final int DIVIDE = 0x3E0;
    /** First of the vectors whose handlers count and end the interrupt. */
    private static final int INTERRUPTS = 0x40;
    private static final int INTERRUPT_COUNT = 0x20;

    private final CodeBuilder c;
    private final Random random;
    private final int cpus;
    private int depth;

    private PlausibleProgram(final CodeBuilder c, final long seed, final int cpus) {
        this.c = c;
        random = new Random(seed);
        this.cpus = cpus;
    }

    /** Writes a program of so many pieces for one of {@code cpus} CPUs. */
    public static void emit(final CodeBuilder c, final long seed, final int cpus, final int pieces) {
        final PlausibleProgram program = new PlausibleProgram(c, seed, cpus);
        for (int i = 0; i < pieces; i++) {
            program.piece();
        }
    }

    /** Gives a guest the handlers that its programs need: faults resume, interrupts end. */
    public static Guest handlers(final Guest guest) {
        for (int vector = 0; vector < INTERRUPTS; vector++) {
            final boolean hasErrorCode = vector == 8 || vector >= 10 && vector <= 14 || vector == 17 || vector == 21;
            guest.handler(vector, h -> {
                if (hasErrorCode) {
                    h.add(Reg64.RSP, Long.BYTES);
                }
                h.mov(Mem.at(Reg64.RSP), RESUME);
                h.iretq();
            });
        }
        for (int vector = INTERRUPTS; vector < INTERRUPTS + INTERRUPT_COUNT; vector++) {
            guest.handler(vector, h -> {
                h.push(Reg64.RDI);
                h.push(Reg64.RAX);
                h.lock().inc(Width.DWORD, Mem.absolute(Guest.DATA + 0x800));
                Guest.apic(h, END_OF_INTERRUPT, 0);
                h.pop(Reg64.RAX);
                h.pop(Reg64.RDI);
                h.iretq();
            });
        }
        return guest;
    }

    private void piece() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> arithmetic();
            case 3, 4 -> access();
            case 5 -> locked();
            case 6 -> loop();
            case 7 -> branch();
            case 8 -> string();
            case 9 -> fault();
            case 10 -> interrupt();
            case 11 -> rewrite();
            case 12 -> paging();
            case 13 -> device();
            case 14 -> flags();
            default -> stack();
        }
    }

    private Reg64 register() {
        return REGISTERS[random.nextInt(REGISTERS.length)];
    }

    private Mem shared() {
        return Mem.absolute(SHARED + random.nextInt(SHARED_BYTES));
    }

    private void arithmetic() {
        final Reg64 target = register();
        switch (random.nextInt(8)) {
            case 0 -> c.add(target, register());
            case 1 -> c.sub(target, register());
            case 2 -> c.xor(target, register());
            case 3 -> c.imul(target, register());
            case 4 -> c.shl(target, 1 + random.nextInt(63));
            case 5 -> c.mov(target, random.nextLong());
            case 6 -> c.add(HALVES[random.nextInt(HALVES.length)], random.nextInt(1 << 20));
            default -> c.cmp(target, register());
        }
    }

    private void access() {
        switch (random.nextInt(5)) {
            case 0 -> c.mov(register(), shared());
            case 1 -> c.mov(shared(), register());
            case 2 -> c.add(shared(), register());
            case 3 -> c.mov(HALVES[random.nextInt(HALVES.length)], shared());
            default -> c.mov(Width.WORD, shared(), random.nextInt(1 << 15));
        }
    }

    private void locked() {
        final Mem place = Mem.absolute(SHARED + 8L * random.nextInt(SHARED_BYTES / 8));
        switch (random.nextInt(8)) {
            case 0 -> c.lock().inc(Width.DWORD, place);
            case 1 -> c.lock().add(place, register());
            case 2 -> c.lock().xor(place, register());
            case 3 -> c.lock().neg(Width.DWORD, place);
            case 4 -> c.lock().cmpxchg(place, HALVES[random.nextInt(HALVES.length)]);
            case 5 -> c.cmpxchg(place, HALVES[random.nextInt(HALVES.length)]);
            case 6 -> c.lock().xadd(place, HALVES[random.nextInt(HALVES.length)]);
            default -> c.lock().cmpxchg(place, register());
        }
    }

    private void loop() {
        if (depth > 0) {
            arithmetic();
            return;
        }
        depth++;
        c.mov(Reg64.R15, 1 + random.nextInt(60));
        final Label again = c.here();
        for (int i = random.nextInt(5); i >= 0; i--) {
            piece();
        }
        c.dec(Reg64.R15);
        c.jcc(Cond.NE, again);
        depth--;
    }

    private void branch() {
        final Label over = c.newLabel();
        c.jcc(CONDITIONS[random.nextInt(CONDITIONS.length)], over);
        arithmetic();
        access();
        c.bind(over);
    }

    /** MOVSB, STOSQ and REPE CMPSB over the shared pages; RDI is the CPU's number and is kept. */
    private void string() {
        c.push(Reg64.RDI);
        c.mov(Reg64.RSI, SHARED + random.nextInt(SHARED_BYTES / 2));
        c.mov(Reg64.RDI, SHARED + random.nextInt(SHARED_BYTES / 2));
        c.mov(Reg64.RCX, random.nextInt(200));
        switch (random.nextInt(3)) {
            case 0 -> c.db(0xF3, 0xA4);
            case 1 -> c.db(0xF3, 0x48, 0xAB);
            default -> c.db(0xF3, 0xA6);
        }
        c.pop(Reg64.RDI);
    }

    private void fault() {
        final Label resume = c.newLabel();
        c.lea(RESUME, Mem.rip(resume));
        switch (random.nextInt(7)) {
            case 0 -> c.ud2();
            case 1 -> {
                c.mov(Reg64.RSI, 0x7000_0000_0000L + random.nextInt(1 << 30));
                c.mov(Reg64.RAX, Mem.at(Reg64.RSI));
            }
            case 2 -> {
                c.mov(Reg64.RSI, 0x8000_0000_0000_0000L | random.nextInt());
                c.mov(Mem.at(Reg64.RSI), Reg64.RAX);
            }
            case 3 -> {
                c.xor(Reg32.ECX, Reg32.ECX);
                c.db(0xF7, 0xF1);
            }
            case 4 -> c.db(0xCD, 0x20 + random.nextInt(0x20));
            case 5 -> {
                c.mov(Reg32.ECX, random.nextInt());
                c.db(0x0F, 0x32);
            }
            default -> {
                c.mov(Reg64.RAX, random.nextLong());
                c.db(0x0F, 0x22, 0xE0);
            }
        }
        c.bind(resume);
    }

    private void interrupt() {
        final int vector = INTERRUPTS + random.nextInt(INTERRUPT_COUNT);
        c.push(Reg64.RDI);
        switch (random.nextInt(4)) {
            case 0 -> Guest.apic(c, COMMAND, 1 << 18 | vector);
            case 1 -> Guest.apic(c, COMMAND, (2 + random.nextInt(2)) << 18 | vector);
            case 2 -> {
                Guest.apic(c, COMMAND_DESTINATION, random.nextInt(cpus) << DESTINATION_SHIFT);
                Guest.apic(c, COMMAND, vector);
            }
            default -> {
                Guest.apic(c, DIVIDE, 0xB);
                Guest.apic(c, TIMER, vector | random.nextInt(2) << 17);
                Guest.apic(c, INITIAL_COUNT, 2000 + random.nextInt(20_000));
            }
        }
        c.pop(Reg64.RDI);
    }

    /** Code that is about to run, and the routine of some CPU, get another immediate. */
    private void rewrite() {
        if (random.nextBoolean()) {
            final Label patched = c.newLabel();
            c.mov(Width.DWORD, Mem.rip(patched), random.nextInt());
            c.db(0x90, 0xB8);
            c.bind(patched);
            c.dd(0);
        } else {
            final long routine = ROUTINES + ((long) random.nextInt(cpus) << ROUTINE_SHIFT);
            c.mov(Width.DWORD, Mem.absolute(routine + 1), random.nextInt());
            c.mov(Reg64.RAX, ROUTINES + ((long) random.nextInt(cpus) << ROUTINE_SHIFT));
            c.db(0xFF, 0xD0);
            c.add(shared(), Reg64.RAX);
        }
    }

    /** The window goes away, comes back, and is touched; the TLB is told, or everything in it is thrown away. */
    private void paging() {
        final Label resume = c.newLabel();
        c.db(0x0F, 0x20, 0xD8);
        c.and(Reg64.RAX, -0x1000L);
        final int directoryOfFirstGib = 0x2000;
        final Mem entry = Mem.at(Reg64.RAX, directoryOfFirstGib + (int) (WINDOW >> 21) * Long.BYTES);
        c.mov(Width.QWORD, entry, WINDOW | (random.nextBoolean() ? 0x87 : 0x86));
        c.mov(Reg64.RSI, WINDOW + random.nextInt(1 << 20));
        switch (random.nextInt(3)) {
            case 0 -> c.db(0x0F, 0x01, 0x3E);
            case 1 -> c.db(0x0F, 0x20, 0xD8, 0x0F, 0x22, 0xD8);
            default -> {
                c.db(0x0F, 0x20, 0xE0, 0x48, 0x0F, 0xBA, 0xF8, 0x07, 0x0F, 0x22, 0xE0);
                c.db(0x0F, 0x01, 0x3E);
            }
        }
        c.lea(RESUME, Mem.rip(resume));
        c.add(Mem.at(Reg64.RSI), Reg64.RSI);
        c.bind(resume);
    }

    private void device() {
        final int[] ports = {0x3FF, 0x70, 0x71, 0x40, 0x43, 0x61, 0x21, 0xA1, 0x80, 0xCF8, 0x3FD, 0x608, 0xE9};
        c.mov(Reg32.EDX, ports[random.nextInt(ports.length)]);
        c.mov(Reg32.EAX, random.nextInt(0x80));
        if (random.nextBoolean()) {
            c.db(0xEC);
            c.add(shared(), Reg64.RAX);
        } else {
            c.db(0xEE);
        }
        if (random.nextInt(4) == 0) {
            c.db(0x0F, 0x31);
            c.add(shared(), Reg64.RAX);
        }
    }

    private void flags() {
        switch (random.nextInt(4)) {
            case 0 -> c.db(0xFB);
            case 1 -> c.db(0xFA);
            case 2 -> c.db(0xF3, 0x90);
            default -> c.db(0x9C, 0x9D);
        }
    }

    private void stack() {
        c.push(register());
        arithmetic();
        access();
        c.pop(register());
    }
}
