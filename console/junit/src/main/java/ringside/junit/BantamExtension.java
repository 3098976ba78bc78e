package ringside.junit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import ringside.console.cli.BootArguments;
import ringside.console.repl.Session;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.Timeline;

/** Hands a {@link BantamTest} its guest, closes it, and keeps it where the test fails. */
public final class BantamExtension implements ParameterResolver, TestExecutionExceptionHandler {
    private static final Namespace HERE = Namespace.create(BantamExtension.class);
    private static final List<Class<?>> OFFERED = List.of(GuestConsole.class, Timeline.class, Machine.class);

    /** JUnit makes one. */
    public BantamExtension() {
    }

    /** A session that JUnit closes with the test. */
    private record Guest(BootArguments.Booted booted) implements AutoCloseable {
        @Override
        public void close() {
            booted.session().close();
        }
    }

    @Override
    public boolean supportsParameter(final ParameterContext parameter, final ExtensionContext test) {
        return OFFERED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(final ParameterContext parameter, final ExtensionContext test) {
        final Session session = session(test);
        final Class<?> wanted = parameter.getParameter().getType();
        final Timeline timeline = session.desk().guest().timeline();
        if (wanted == GuestConsole.class) {
            return new GuestConsole(session);
        }
        return wanted == Timeline.class ? timeline : timeline.machine();
    }

    private static BantamTest declared(final ExtensionContext test) {
        return test.getRequiredTestMethod().getAnnotation(BantamTest.class);
    }

    private static Session session(final ExtensionContext test) {
        return test.getStore(HERE).getOrComputeIfAbsent("guest", ignored -> {
            final List<String> arguments = new ArrayList<>(List.of(declared(test).options()));
            if (!declared(test).image().isEmpty()) {
                arguments.addFirst(declared(test).image());
            }
            return new Guest(BootArguments.boot(arguments.toArray(String[]::new)));
        }, Guest.class).booted.session();
    }

    @Override
    public void handleTestExecutionException(final ExtensionContext test, final Throwable failure) throws Throwable {
        final Guest guest = test.getStore(HERE).get("guest", Guest.class);
        if (guest != null) {
            failure.addSuppressed(new GuestAtFailure(told(test, guest.booted)));
        }
        throw failure;
    }

    private static String told(final ExtensionContext test, final BootArguments.Booted guest) {
        return String.join("\n", guest.keep(Path.of(declared(test).keep()), test.getRequiredTestClass().getSimpleName()
            + "." + test.getRequiredTestMethod().getName()));
    }
}
