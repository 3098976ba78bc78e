package ringside.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A kernel finds what each protocol promises. */
class BootProtocolTest {
    @ParameterizedTest
    @EnumSource
    void everyLoadersKernelFindsWhatItsProtocolPromises(final Scene scene) {
        final String facts = Facts.of(scene.runHere(2), Scene.ARGUMENTS);
        System.err.println(facts);
        assertFalse(facts.contains("false"), facts);
    }
}
