package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import ringside.emulator.snapshot.Snapshot;

/** States of machines in tests: how to get to one, and what two differ in. */
final class States {
    private static final int EXCERPT = 16;

    private States() {
    }

    /** Runs up to so many steps since boot. */
    static void runTo(final Machine machine, final long steps) {
        final long left = steps - machine.steps();
        if (left > 0) {
            machine.run(Budget.steps(left));
        }
    }

    /** Names the parts that differ, for then the hash says too little. */
    static void assertSame(final Snapshot expected, final Snapshot found, final String where) {
        if (!expected.hash().equals(found.hash())) {
            final List<String> different = new ArrayList<>();
            for (int i = 0; i < expected.parts().size(); i++) {
                final byte[] one = expected.parts().get(i).bytes();
                final byte[] other = found.parts().get(i).bytes();
                if (!Arrays.equals(one, other)) {
                    different.add(expected.parts().get(i).name() + " at byte " + Arrays.mismatch(one, other) + ": "
                            + excerpt(one, other) + " / " + excerpt(other, one));
                }
            }
            for (int i = 0; i < expected.parts().size(); i++) {
                if (!expected.parts().get(i).pages().hash().equals(found.parts().get(i).pages().hash())) {
                    different.add("pages of " + expected.parts().get(i).name());
                }
            }
            if (!expected.ram().hash().equals(found.ram().hash())) {
                different.add("RAM pages " + expected.ram().fingerprints().entrySet().stream()
                        .filter(page -> !page.getValue().equals(found.ram().fingerprints().get(page.getKey())))
                        .map(page -> Integer.toHexString(page.getKey())).toList());
            }
            fail(where + " steps=" + expected.steps() + "/" + found.steps() + " " + different);
        }
    }

    private static String excerpt(final byte[] bytes, final byte[] other) {
        final int at = Arrays.mismatch(bytes, other);
        return HexFormat.of().formatHex(bytes, Math.min(bytes.length, at), Math.min(bytes.length, at + EXCERPT));
    }
}
