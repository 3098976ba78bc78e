package ringside.toolchain.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    @TempDir
    Path directory;

    @Test
    void aDirectoryNamedByHandComesFirst() {
        assertEquals(directory, NativeLibraries.locate(Map.of(
                "RINGSIDE_NATIVES", directory.toString(), "RINGSIDE_CACHE", "/elsewhere")).directory());
    }

    @Test
    void theCacheIsRingsidesOwnThenXdgsThenTheHomeDirectorys() {
        assertEquals(Path.of("/c/natives"), NativeLibraries.locate(Map.of(
                "RINGSIDE_CACHE", "/c", "XDG_CACHE_HOME", "/x", "HOME", "/h")).directory());
        assertEquals(Path.of("/x/ringside/natives"), NativeLibraries.locate(Map.of(
                "XDG_CACHE_HOME", "/x", "HOME", "/h")).directory());
        assertEquals(Path.of("/h/.cache/ringside/natives"), NativeLibraries.locate(Map.of("HOME", "/h")).directory());
    }

    @Test
    void aMissingLibraryIsNamedWithThePlaceAndTheWaysToSupplyIt() {
        final NativeLibraries libraries = NativeLibraries.locate(Map.of("RINGSIDE_NATIVES", directory.toString()));
        final String message = assertThrows(NativeLibraryException.class,
                () -> libraries.path(NativeLibrary.CAPSTONE)).getMessage();
        assertTrue(message.contains(directory.resolve("libcapstone.so").toString()), message);
        assertTrue(message.contains("capstone==5.0.9"), message);
        assertTrue(message.contains("scripts/ringside"), message);
        assertTrue(message.contains("RINGSIDE_NATIVES"), message);
    }

    @Test
    void aLibraryInTheCacheWithAnotherHashIsNotLoaded() throws IOException {
        final Path natives = Files.createDirectories(directory.resolve("natives"));
        Files.writeString(natives.resolve("libkeystone.so"), "not a library");
        final NativeLibraries libraries = NativeLibraries.locate(Map.of("RINGSIDE_CACHE", directory.toString()));
        final String message = assertThrows(NativeLibraryException.class,
                () -> libraries.open(NativeLibrary.KEYSTONE, Arena.global())).getMessage();
        assertTrue(message.contains("sha256="), message);
        assertTrue(message.contains(NativeLibrary.KEYSTONE.pin().librarySha256()), message);
    }

    @Test
    void aFileThatIsNoLibraryIsRefusedByName() throws IOException {
        Files.writeString(directory.resolve("libkeystone.so"), "not a library");
        final NativeLibraries libraries = NativeLibraries.locate(Map.of("RINGSIDE_NATIVES", directory.toString()));
        final String message = assertThrows(NativeLibraryException.class,
                () -> libraries.open(NativeLibrary.KEYSTONE, Arena.global())).getMessage();
        assertTrue(message.contains("libkeystone.so"), message);
    }

    @Test
    void theHashOfAFileIsItsSha256() throws IOException {
        Files.writeString(directory.resolve("libcapstone.so"), "abc");
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                NativeLibraries.locate(Map.of("RINGSIDE_NATIVES", directory.toString()))
                        .sha256(NativeLibrary.CAPSTONE));
    }

    @Test
    void aLockWithoutOneOfTheLibrariesIsRefused() {
        final String line = "capstone capstone==5.0.9 " + "0".repeat(64) + " a/b.so " + "1".repeat(64);
        final String message = assertThrows(IllegalStateException.class, () -> NativeLock.parse(line)).getMessage();
        assertTrue(message.contains("missing"), message);
    }

    @Test
    void theLockNamesTheFileThatThePinnedWheelHolds() {
        assertEquals("libunicorn.so.2", NativeLibrary.UNICORN.pin().fileName());
        assertEquals("unicorn==2.1.4", NativeLibrary.UNICORN.pin().requirement());
    }
}
