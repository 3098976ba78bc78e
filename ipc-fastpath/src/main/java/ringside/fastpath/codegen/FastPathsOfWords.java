package ringside.fastpath.codegen;

import java.util.List;
import java.util.Map;
import ringside.kernel.abi.KernelAbi;
import ringside.toolchain.image.ObjectCode;

/**
 * Emits Bantam's fast paths for messages of {@code WORDS} words alone, 0 to 4: the length is one test, and nothing
 * chooses between copies. Messages of any other length take the general path, which is the reference. Contracts are
 * those of {@link FastCall} and {@link FastReplyRecv}; {@link FastSignal} is as ever.
 */
public final class FastPathsOfWords implements SlotGenerator {
    /** As declarations make it. */
    public FastPathsOfWords() {
        // Nothing is kept between images.
    }

    @Override
    public List<ObjectCode> generate(final Map<String, Long> constants) {
        final Shape shape = new Shape(constants);
        final boolean smp = shape.is("SMP");
        final int words = shape.between("WORDS", 0, KernelAbi.WORDS_SHORT);
        return List.of(FastCall.generate(smp, words), FastReplyRecv.generate(smp, words), FastSignal.generate(smp));
    }
}
