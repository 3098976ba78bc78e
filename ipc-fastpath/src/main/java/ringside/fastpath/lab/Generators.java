package ringside.fastpath.lab;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ringside.fastpath.codegen.SlotGenerator;
import ringside.toolchain.image.ObjectCode;

/** Finds the generators that declarations name. */
public final class Generators {
    private Generators() {
    }

    /**
     * {@return what a generator emits}
     *
     * @param file      that names it, for messages
     * @param name      of the class
     * @param constants that it is given
     * @throws LabException where there is no such class, it is none, or it emits nothing for the constants
     */
    public static List<ObjectCode> emit(final String file, final String name, final Map<String, Long> constants) {
        try {
            return List.copyOf(of(file, name).generate(new TreeMap<>(constants)));
        } catch (final LabException none) {
            throw none;
        } catch (final IllegalArgumentException refused) {
            throw wrong(file, name + ": " + refused.getMessage());
        } catch (final RuntimeException failed) {
            throw wrong(file, name + " fails: " + failed);
        }
    }

    /** {@return a generator; a class that is none is not even initialised} */
    private static SlotGenerator of(final String file, final String name) {
        try {
            final Class<?> type = Class.forName(name, false, ClassLoader.getSystemClassLoader());
            if (!SlotGenerator.class.isAssignableFrom(type)) {
                throw wrong(file, "no " + SlotGenerator.class.getSimpleName() + ": " + name);
            }
            return (SlotGenerator) type.getConstructor().newInstance();
        } catch (final ClassNotFoundException | LinkageError missing) {
            throw wrong(file, "no such class: " + name);
        } catch (final InvocationTargetException thrown) {
            throw wrong(file, name + " cannot be made: " + thrown.getCause());
        } catch (final ReflectiveOperationException closed) {
            throw wrong(file, name + " has no public constructor without parameters");
        }
    }

    private static LabException wrong(final String file, final String reason) {
        return new LabException(file, "generator", reason);
    }
}
