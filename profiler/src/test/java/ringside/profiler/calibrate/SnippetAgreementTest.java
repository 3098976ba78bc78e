package ringside.profiler.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The host's CPU and the emulated machine do the same: without that, comparing their times means nothing. */
class SnippetAgreementTest {
    private static final int ITERATIONS = 300;

    @TestFactory
    Stream<DynamicTest> eachSnippetLeavesTheSameOnTheHostAndInTheMachine() {
        assumeTrue(HostCpu.ofHost().refusal().isEmpty(), "a snippet runs on an x86-64 Linux host only");
        return Snippets.all().stream().map(snippet -> DynamicTest.dynamicTest(snippet.name(), () -> {
            try (NativeStage stage = NativeStage.of(snippet, ITERATIONS)) {
                stage.call();
                assertEquals("", stage.emulated().outcome().difference(stage.outcome()));
            }
        }));
    }
}
