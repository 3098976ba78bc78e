package ringside.fastpath.codegen;

import java.util.List;
import java.util.Map;
import ringside.toolchain.image.ObjectCode;

/**
 * Emits what fills a slot of an experiment's images, in the place of assembly. A declaration names the class, which has
 * a public constructor without parameters.
 */
public interface SlotGenerator {
    /**
     * Emits units.
     *
     * @param constants what the conditionals of assembly would know: of all variants, of this one, and of what is swept
     * @return units that define what the others call; the same for the same constants
     * @throws IllegalArgumentException where one is missing or cannot be, with its name
     */
    List<ObjectCode> generate(Map<String, Long> constants);
}
