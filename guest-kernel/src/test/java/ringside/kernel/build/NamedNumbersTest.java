package ringside.kernel.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The kernel's assembly names its numbers; their values come from generated includes or an {@code equ}. */
class NamedNumbersTest {
    private static final Pattern HEX = Pattern.compile("\\b0x[0-9a-fA-F]+\\b");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern OFFSET = Pattern.compile("\\[[^\\]]*[+-]\\s*\\d+\\s*\\]");
    private static final Pattern NUMBERED = Pattern.compile(
            "mov\\s+ecx, \\d+\\s+(?:rd|wr)msr|\\b(?:in|out)\\s+(?:al, )?\\d|(?:and|or|test|bt[src]?)\\s+[^,]+, \\d");

    @Test
    void noInstructionOfTheKernelHasABareOffsetBitPortOrRegisterNumber() {
        final List<String> found = new ArrayList<>();
        for (final String unit : KernelSources.units()) {
            if (unit.startsWith("user/")) {
                continue;
            }
            int line = 0;
            for (final String text : KernelSources.bundled().read(unit).orElseThrow().split("\n", -1)) {
                line++;
                final String code = TEXT.matcher(text.replaceFirst(";.*", "")).replaceAll("");
                final boolean bare = HEX.matcher(code).find() || OFFSET.matcher(code).find()
                        || NUMBERED.matcher(code).find();
                if (bare && !code.contains(" equ ")) {
                    found.add(unit + ":" + line + ": " + text.strip());
                }
            }
        }
        assertEquals(List.of(), found);
    }
}
