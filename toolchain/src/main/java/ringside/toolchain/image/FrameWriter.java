package ringside.toolchain.image;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Call frame information for debuggers: {@code .debug_frame} (DWARF 4, 6.4). Rows of one kind that follow each other
 * are one description.
 */
final class FrameWriter {
    private static final int VERSION = 4;
    private static final int ADDRESS_SIZE = 8;
    private static final long COMMON = 0xFFFF_FFFFL;
    private static final int DW_CFA_ADVANCE_LOC = 0x40;
    private static final int DW_CFA_OFFSET = 0x80;
    private static final int DW_CFA_RESTORE = 0xC0;
    private static final int DW_CFA_ADVANCE_LOC1 = 2;
    private static final int DW_CFA_ADVANCE_LOC2 = 3;
    private static final int DW_CFA_ADVANCE_LOC4 = 4;
    private static final int DW_CFA_UNDEFINED = 7;
    private static final int DW_CFA_REGISTER = 9;
    private static final int DW_CFA_DEF_CFA = 0xC;
    private static final int DW_CFA_DEF_CFA_EXPRESSION = 0xF;
    private static final int DW_CFA_EXPRESSION = 0x10;
    private static final int DW_OP_DEREF = 6;
    private static final int DW_OP_BREG0 = 0x70;
    private static final int BYTE = 0xFF;
    private static final int WORD = 0xFFFF;

    /** What a description has in common with others of its sort begins at these offsets; -1 before there is one. */
    private int plain = -1;
    private int across = -1;
    private final ByteWriter out = new ByteWriter();

    byte[] section() {
        return out.toArray();
    }

    /**
     * Adds a section's rows.
     *
     * @param address of the section
     * @param size    its bytes
     * @param rows    by rising offset
     */
    void add(final long address, final long size, final List<FrameRow> rows) {
        int first = 0;
        while (first < rows.size()) {
            int end = first + 1;
            while (end < rows.size() && rows.get(end).rule().kind() == rows.get(first).rule().kind()) {
                end++;
            }
            final long until = end < rows.size() ? rows.get(end).offset() : size;
            if (rows.get(first).rule().kind() != FrameRule.Kind.UNKNOWN && until > rows.get(first).offset()) {
                describe(address, until, rows.subList(first, end));
            }
            first = end;
        }
    }

    private void describe(final long address, final long until, final List<FrameRow> rows) {
        final boolean crosses = rows.getFirst().rule().kind() == FrameRule.Kind.STORED_ACROSS;
        final int common = common(crosses);
        final int start = out.size();
        out.u32(0).u32(common).u64(address + rows.getFirst().offset()).u64(until - rows.getFirst().offset());
        if (crosses) {
            out.unsignedLeb(0);
        }
        int at = rows.getFirst().offset();
        Map<Integer, Integer> saved = Map.of();
        for (final FrameRow row : rows) {
            advance(row.offset() - at);
            at = row.offset();
            rule(row.rule(), saved);
            saved = row.rule().saved();
        }
        finish(start);
    }

    /** What all have in common: the return address just below where the stack pointer was. */
    private int common(final boolean crosses) {
        if ((crosses ? across : plain) >= 0) {
            return crosses ? across : plain;
        }
        final int start = out.size();
        out.u32(0).u32(COMMON).u8(VERSION).text(crosses ? "zS" : "").u8(ADDRESS_SIZE).u8(0).unsignedLeb(1);
        out.signedLeb(-Long.BYTES).unsignedLeb(FrameRule.RIP);
        if (crosses) {
            out.unsignedLeb(0);
        }
        out.u8(DW_CFA_DEF_CFA).unsignedLeb(FrameRule.RSP).unsignedLeb(Long.BYTES);
        out.u8(DW_CFA_OFFSET | FrameRule.RIP).unsignedLeb(1);
        finish(start);
        across = crosses ? start : across;
        plain = crosses ? plain : start;
        return start;
    }

    private void finish(final int start) {
        out.fillTo(out.size() + Math.floorMod(start - out.size(), ADDRESS_SIZE), 0);
        out.patch32(start, out.size() - start - Integer.BYTES);
    }

    private void advance(final int bytes) {
        if (bytes == 0) {
            return;
        }
        if (bytes < DW_CFA_ADVANCE_LOC) {
            out.u8(DW_CFA_ADVANCE_LOC | bytes);
        } else if (bytes <= BYTE) {
            out.u8(DW_CFA_ADVANCE_LOC1).u8(bytes);
        } else if (bytes <= WORD) {
            out.u8(DW_CFA_ADVANCE_LOC2).u16(bytes);
        } else {
            out.u8(DW_CFA_ADVANCE_LOC4).u32(bytes);
        }
    }

    private void rule(final FrameRule rule, final Map<Integer, Integer> before) {
        switch (rule.kind()) {
            case NONE -> out.u8(DW_CFA_UNDEFINED).unsignedLeb(FrameRule.RIP);
            case SYSCALL -> out.u8(DW_CFA_DEF_CFA).unsignedLeb(rule.base()).unsignedLeb(rule.offset())
                    .u8(DW_CFA_REGISTER).unsignedLeb(FrameRule.RIP).unsignedLeb(FrameRule.RCX);
            case STACK -> {
                out.u8(DW_CFA_DEF_CFA).unsignedLeb(rule.base()).unsignedLeb(rule.offset());
                for (final Map.Entry<Integer, Integer> each : new TreeMap<>(rule.saved()).entrySet()) {
                    if (!each.getValue().equals(before.get(each.getKey()))) {
                        out.u8(DW_CFA_OFFSET | each.getKey()).unsignedLeb(each.getValue() / Long.BYTES);
                    }
                }
                new TreeMap<>(before).keySet().stream().filter(register -> !rule.saved().containsKey(register))
                        .forEach(register -> out.u8(DW_CFA_RESTORE | register));
            }
            case STORED, STORED_ACROSS -> {
                final byte[] stack = new ByteWriter().u8(DW_OP_BREG0 + rule.base())
                        .signedLeb(rule.saved().get(FrameRule.RSP)).u8(DW_OP_DEREF).toArray();
                out.u8(DW_CFA_DEF_CFA_EXPRESSION).unsignedLeb(stack.length).bytes(stack);
                new TreeMap<>(rule.saved()).forEach((register, at) -> {
                    if (register != FrameRule.RSP) {
                        final byte[] place = new ByteWriter().u8(DW_OP_BREG0 + rule.base()).signedLeb(at).toArray();
                        out.u8(DW_CFA_EXPRESSION).unsignedLeb(register).unsignedLeb(place.length).bytes(place);
                    }
                });
            }
            default -> throw new IllegalStateException("nothing to tell: kind=" + rule.kind());
        }
    }
}
