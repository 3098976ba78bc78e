package ringside.emulator.boot;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * What the structures of a boot protocol tell a kernel, read by its specification and by nothing of this project, in a
 * form that is the same for all protocols.
 */
final class Told {
    private final MemorySegment memory;
    final String protocol;
    String commandLine;
    String loader = "";
    final List<Module> modules = new ArrayList<>();
    final List<Range> map = new ArrayList<>();
    long lowerKib = -1;
    long upperKib = -1;
    long rootPointer = -1;
    byte[] oldRoot;
    byte[] newRoot;
    Sections sections;
    long loadBase = -1;

    /** A module: where it is and its string. */
    record Module(long start, long end, String text) {
    }

    /** A range of the memory map. */
    record Range(long start, long size, int kind) {
    }

    /** The ELF section headers. */
    record Sections(long count, long entrySize, long at, long names) {
    }

    /** Reads what EAX and EBX lead to. */
    Told(final MemorySegment memory, final long eax, final long ebx) {
        this.memory = memory;
        if (eax == 0x2BAD_B002L) {
            protocol = "multiboot1";
            multiboot1(ebx);
        } else if (eax == 0x36D7_6289L) {
            protocol = "multiboot2";
            multiboot2(ebx);
        } else if (u32(ebx) == 0x336E_C578L) {
            protocol = "pvh";
            startInfo(ebx);
        } else {
            throw new IllegalArgumentException("no protocol: eax=" + Long.toHexString(eax));
        }
    }

    long u32(final long at) {
        return Integer.toUnsignedLong(memory.get(JAVA_INT_UNALIGNED, at));
    }

    long u64(final long at) {
        return memory.get(JAVA_LONG_UNALIGNED, at);
    }

    private String text(final long at) {
        return memory.getString(at);
    }

    private void multiboot1(final long info) {
        final long flags = u32(info);
        if ((flags & 1) != 0) {
            lowerKib = u32(info + 4);
            upperKib = u32(info + 8);
        }
        if ((flags & 1 << 2) != 0) {
            commandLine = text(u32(info + 16));
        }
        if ((flags & 1 << 3) != 0) {
            for (int i = 0; i < u32(info + 20); i++) {
                final long at = u32(info + 24) + i * 16L;
                modules.add(new Module(u32(at), u32(at + 4), text(u32(at + 8))));
            }
        }
        if ((flags & 1 << 5) != 0) {
            sections = new Sections(u32(info + 28), u32(info + 32), u32(info + 36), u32(info + 40));
        }
        if ((flags & 1 << 6) != 0) {
            final long end = u32(info + 48) + u32(info + 44);
            for (long at = u32(info + 48); at < end; at += u32(at) + 4) {
                map.add(new Range(u64(at + 4), u64(at + 12), (int) u32(at + 20)));
            }
        }
        if ((flags & 1 << 9) != 0) {
            loader = text(u32(info + 64));
        }
    }

    private void multiboot2(final long info) {
        final long end = info + u32(info);
        long at = info + 8;
        while (u32(at) != 0) {
            tag((int) u32(at), at + 8, at + u32(at + 4));
            at += u32(at + 4) + 7 & -8;
            if (at + 8 > end) {
                throw new IllegalArgumentException("the information has no end tag");
            }
        }
    }

    private void tag(final int type, final long at, final long end) {
        switch (type) {
            case 1 -> commandLine = text(at);
            case 2 -> loader = text(at);
            case 3 -> modules.add(new Module(u32(at), u32(at + 4), text(at + 8)));
            case 4 -> {
                lowerKib = u32(at);
                upperKib = u32(at + 4);
            }
            case 6 -> {
                for (long entry = at + 8; entry < end; entry += u32(at)) {
                    map.add(new Range(u64(entry), u64(entry + 8), (int) u32(entry + 16)));
                }
            }
            case 9 -> sections = new Sections(u32(at), u32(at + 4), at + 12, u32(at + 8));
            case 14 -> oldRoot = bytes(at, end - at);
            case 15 -> newRoot = bytes(at, end - at);
            case 21 -> loadBase = u32(at);
            default -> { }
        }
    }

    private void startInfo(final long info) {
        commandLine = text(u64(info + 24));
        rootPointer = u64(info + 32);
        for (int i = 0; i < u32(info + 12); i++) {
            final long at = u64(info + 16) + i * 32L;
            modules.add(new Module(u64(at), u64(at) + u64(at + 8), u64(at + 16) == 0 ? "" : text(u64(at + 16))));
        }
        for (int i = 0; i < u32(info + 48); i++) {
            final long at = u64(info + 40) + i * 24L;
            map.add(new Range(u64(at), u64(at + 8), (int) u32(at + 16)));
        }
    }

    byte[] bytes(final long at, final long size) {
        return memory.asSlice(at, size).toArray(ValueLayout.JAVA_BYTE);
    }
}
