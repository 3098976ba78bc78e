package ringside.console.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.SourceLine;

class ListingTest {
    private static final Listing LISTING = new Listing("entry", "ab".repeat(32), 0xffffffff80100000L, 6, List.of(
        new Listing.Line(0xffffffff80100000L, "0f01f8", "swapgs", "entry", "", at(2)),
        new Listing.Line(0xffffffff80100003L, "7501", "jne 0xffffffff80100006", "", "entry+0x6", at(3)),
        new Listing.Line(0xffffffff80100005L, "90", "nop", "entry.out", "", at(3))));

    @TempDir
    private Path directory;

    @Test
    void eachSourceLineStandsOnceAboveWhatItMade() throws IOException {
        Files.createDirectories(directory.resolve("a"));
        Files.writeString(directory.resolve("a/entry.asm"), "; head\n        swapgs  ; kernel's GS\nJUMP\n");

        assertEquals("""
            entry: 3 instructions, 6 bytes at 0xffffffff80100000

            entry:
            ; a/entry.asm:2  swapgs  ; kernel's GS
              ffffffff80100000  0f 01 f8                 swapgs
            ; a/entry.asm:3  JUMP
              ffffffff80100003  75 01                    jne 0xffffffff80100006  <entry+0x6>

            entry.out:
              ffffffff80100005  90                       nop
            """, ListingText.of(LISTING, new SourceTexts(SourceTree.directory(directory))));
    }

    @Test
    void withoutTheSourcesFileAndLineRemain() {
        assertTrue(ListingText.of(LISTING, new SourceTexts(path -> Optional.empty())).contains("\n; a/entry.asm:2\n"));
    }

    @Test
    void aSourceNameThatLeavesItsRootIsNotLookedFor() throws IOException {
        Files.writeString(directory.resolve("secret"), "secret");
        final SourceTexts sources = new SourceTexts(
            SourceTree.directory(Files.createDirectory(directory.resolve("root"))));

        assertEquals(Optional.empty(), sources.text(new SourceLine("../secret", 1)));
        assertEquals(Optional.empty(), sources.text(new SourceLine(directory.resolve("secret").toString(), 1)));
    }

    @Test
    void aSourceNameThatIsNoPathIsNotLookedFor() {
        final SourceTexts sources = new SourceTexts(path -> fail("asked for " + path));

        for (final String name : new String[] {"a\0b", "", "/a", "a//b", "./a", "a/..", "..", "C:/a", "a\\b"}) {
            assertEquals(Optional.empty(), sources.text(new SourceLine(name, 1)), name);
        }
    }

    @Test
    void jsonHoldsAddressesAsTextAndLeavesOutWhatIsNotThere() {
        final String json = ListingJson.of(LISTING).replaceAll("\\s+", "");

        assertTrue(json.startsWith("{\"schema\":1,\"image\":\"" + "ab".repeat(32)
            + "\",\"name\":\"entry\",\"address\":\"0xffffffff80100000\",\"size\":6,"), json);
        assertTrue(json.contains("{\"address\":\"0xffffffff80100000\",\"bytes\":\"0f01f8\",\"text\":\"swapgs\","
            + "\"label\":\"entry\",\"file\":\"a/entry.asm\",\"line\":2}"), json);
        assertTrue(json.contains("\"target\":\"entry+0x6\""), json);
    }

    private static Optional<SourceLine> at(final int line) {
        return Optional.of(new SourceLine("a/entry.asm", line));
    }
}
