package ringside.toolchain.asm;

import java.util.HexFormat;
import java.util.List;

/** Padding that executes as few instructions as possible (Intel SDM volume 2, NOP, recommended sequences). */
final class Nops {
    private static final List<String> SEQUENCES = List.of("90", "6690", "0f1f00", "0f1f4000", "0f1f440000",
            "660f1f440000", "0f1f8000000000", "0f1f840000000000", "660f1f840000000000");

    private Nops() {
    }

    static void fill(final byte[] bytes, final int from, final int count) {
        int at = from;
        final int end = from + count;
        while (at < end) {
            final byte[] nop = HexFormat.of().parseHex(SEQUENCES.get(Math.min(end - at, SEQUENCES.size()) - 1));
            System.arraycopy(nop, 0, bytes, at, nop.length);
            at += nop.length;
        }
    }
}
