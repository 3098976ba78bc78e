package ringside.kernel.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import ringside.toolchain.image.BootProtocol;
import ringside.toolchain.image.GuestImage;

class NinePImageTest {
    private static final Pattern OUTSIDE = Pattern.compile("\\b(?:syscall|in|out|insb|outsb|hlt|int|cli|sti)\\b");

    @Test
    void theServerAtTheLineIsOneThatAPvhLoaderStarts() {
        final GuestImage image = NinePImage.line();

        assertTrue(image.protocols().contains(BootProtocol.PVH), image.protocols().toString());
    }

    @Test
    void theLibraryKnowsNothingOfHowItsMessagesTravel() {
        final List<String> found = new ArrayList<>();
        for (final String unit : NinePImage.library()) {
            for (final String line : KernelSources.bundled().read(unit).orElseThrow().split("\n", -1)) {
                final String code = line.replaceFirst(";.*", "").replaceAll("\"[^\"]*\"", "");
                if (OUTSIDE.matcher(code).find() || code.contains(".bss") || code.contains("gs:")) {
                    found.add(unit + ": " + line.strip());
                }
            }
        }
        assertEquals(List.of(), found);
    }
}
