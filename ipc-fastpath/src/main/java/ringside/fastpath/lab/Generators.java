package ringside.fastpath.lab;

import java.lang.reflect.InvocationTargetException;
import ringside.fastpath.codegen.SlotGenerator;

/** Finds the generators that declarations name. */
final class Generators {
    private Generators() {
    }

    /** {@return a generator; a class that is none is not even initialised} */
    static SlotGenerator of(final Declaration declaration, final String name) {
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
