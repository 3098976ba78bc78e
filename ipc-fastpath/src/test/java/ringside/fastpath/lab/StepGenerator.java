package ringside.fastpath.lab;

import java.util.List;
import java.util.Map;
import ringside.fastpath.codegen.SlotGenerator;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.image.ObjectCode;

/** Emits {@code step}, which adds the constant {@code STEP} to rax. */
public final class StepGenerator implements SlotGenerator {
    /** As declarations make it. */
    public StepGenerator() {
        // Nothing is kept between images.
    }

    @Override
    public List<ObjectCode> generate(final Map<String, Long> constants) {
        final CodeBuilder code = new CodeBuilder();
        code.section(".text");
        code.global("step");
        code.add(Reg64.RAX, constants.get("STEP"));
        code.ret();
        return List.of(code.build("ringside/fastpath/lab/StepGenerator"));
    }
}
