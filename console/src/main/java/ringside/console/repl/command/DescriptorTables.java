package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.GuestMemory;
import ringside.console.repl.guest.RefusedException;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.DescriptorTable;
import ringside.emulator.engine.SegmentName;
import ringside.emulator.engine.SegmentRegister;

/** Descriptor tables and the task state, as they lie in memory (Intel SDM volume 3, 3.4.5, 6.11, 8.7 and 7.7). */
final class DescriptorTables {
    private static final int GATE = 16;
    private static final int VECTORS = 256;
    private static final int PAGE_FAULT = 14;
    private static final int TASK_STATE = 104;
    private static final int STACKS = 4;
    private static final int INTERRUPT_STACKS = 36;

    private final Guest guest;
    private final List<String> lines = new ArrayList<>();

    DescriptorTables(final Guest guest) {
        this.guest = guest;
        if ((guest.register(CpuRegister.EFER) & 1 << 10) == 0) {
            throw new RefusedException("the CPU is not in long mode, whose tables are shown");
        }
    }

    private static RefusedException unmapped(final String what, final long base) {
        return new RefusedException("the " + what + " at 0x" + Long.toHexString(base) + " is not mapped here");
    }

    /** {@return a line for each gate of the IDT that is present} */
    List<String> gates() {
        final DescriptorTable table = guest.system().idtr();
        final int count = Math.min(VECTORS, (table.limit() + 1) / GATE);
        final byte[] bytes = guest.memory().read(table.base(), count * GATE, false);
        if (bytes.length < GATE) {
            throw unmapped("IDT", table.base());
        }
        for (int vector = 0; (vector + 1) * GATE <= bytes.length; vector++) {
            final long low = GuestMemory.number(bytes, vector * GATE, Long.BYTES);
            if ((low >> 47 & 1) == 0) {
                continue;
            }
            final long offset = low & 0xFFFF | low >>> 32 & 0xFFFF_0000L
                | GuestMemory.number(bytes, vector * GATE + Long.BYTES, Integer.BYTES) << 32;
            final int type = (int) (low >> 40) & 0xF;
            lines.add(String.format(Locale.ROOT, "%3d%s  %04x:%s  %s, level %d%s", vector,
                vector == PAGE_FAULT ? " #PF" : "", low >> 16 & 0xFFFF, guest.named(offset),
                type == 0xE ? "interrupt gate" : type == 0xF ? "trap gate" : "type " + type, low >> 45 & 3,
                (low >> 32 & 7) == 0 ? "" : ", IST " + (low >> 32 & 7)));
        }
        return lines;
    }

    /** {@return a line for each descriptor of the GDT that is not 0} */
    List<String> segments() {
        final DescriptorTable table = guest.system().gdtr();
        final byte[] bytes = guest.memory().read(table.base(), table.limit() + 1, false);
        if (bytes.length < Long.BYTES) {
            throw unmapped("GDT", table.base());
        }
        for (int at = 0; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            final long word = GuestMemory.number(bytes, at, Long.BYTES);
            if (word == 0) {
                continue;
            }
            long base = word >>> 16 & 0xFF_FFFF | word >>> 32 & 0xFF00_0000L;
            final long units = word & 0xFFFF | word >>> 32 & 0xF_0000;
            final int selector = at;
            final boolean system = (word >> 44 & 1) == 0;
            if (system && at + GATE <= bytes.length) {
                at += Long.BYTES;
                base |= GuestMemory.number(bytes, at, Integer.BYTES) << 32;
            }
            final SegmentRegister segment = new SegmentRegister(selector, base,
                (word >> 55 & 1) != 0 ? units << 12 | 0xFFF : units, (int) (word >>> 32) & 0xFF_FF00);
            lines.add(String.format(Locale.ROOT, "%04x  base %016x  limit %08x  %s", selector, base, segment.limit(),
                SystemText.text(segment)));
        }
        return lines;
    }

    /** {@return a line for each stack that the task state names} */
    List<String> taskState() {
        final SegmentRegister task = guest.system().segment(SegmentName.TR);
        final byte[] bytes = guest.memory().read(task.base(), TASK_STATE, false);
        if (!task.isPresent() || bytes.length < TASK_STATE) {
            throw unmapped("task state", task.base());
        }
        lines.add("at " + guest.named(task.base()) + ", selector 0x" + Integer.toHexString(task.selector()));
        for (int level = 0; level < 3; level++) {
            lines.add("rsp" + level + "  " + guest.named(GuestMemory.number(bytes, STACKS + level * Long.BYTES,
                Long.BYTES)));
        }
        for (int stack = 1; stack < Long.BYTES; stack++) {
            lines.add("ist" + stack + "  " + guest.named(GuestMemory.number(bytes,
                INTERRUPT_STACKS + (stack - 1) * Long.BYTES, Long.BYTES)));
        }
        lines.add("I/O bitmap at +0x" + Long.toHexString(GuestMemory.number(bytes, TASK_STATE - 2, Short.BYTES)));
        return lines;
    }
}
