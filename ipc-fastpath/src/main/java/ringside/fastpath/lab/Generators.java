package ringside.fastpath.lab;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ringside.fastpath.codegen.SlotGenerator;
import ringside.toolchain.image.ObjectCode;

/** Finds the generators that declarations name. */
final class Generators {
    private Generators() {
    }

    /** {@return what a generator emits; constants that it refuses are the declaration's fault} */
    static List<ObjectCode> emit(final Declaration declaration, final String name,
            final Map<String, Long> constants) {
        try {
            return of(declaration, name).generate(new TreeMap<>(constants));
        } catch (final IllegalArgumentException refused) {
            throw wrong(declaration, name + ": " + refused.getMessage());
        }
    }

    /** {@return a generator; a class that is none is not even initialised} */
    private static SlotGenerator of(final Declaration declaration, final String name) {
        try {
            final Class<?> type = Class.forName(name, false, ClassLoader.getSystemClassLoader());
            if (!SlotGenerator.class.isAssignableFrom(type)) {
                throw wrong(declaration, "no " + SlotGenerator.class.getSimpleName() + ": " + name);
            }
            return (SlotGenerator) type.getConstructor().newInstance();
        } catch (final ClassNotFoundException | LinkageError missing) {
            throw wrong(declaration, "no such class: " + name);
        } catch (final InvocationTargetException thrown) {
            throw wrong(declaration, name + " cannot be made: " + thrown.getCause());
        } catch (final ReflectiveOperationException closed) {
            throw wrong(declaration, name + " has no public constructor without parameters");
        }
    }

    private static LabException wrong(final Declaration declaration, final String reason) {
        return new LabException(declaration.files().file(), "generator", reason);
    }
}
