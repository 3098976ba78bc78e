package ringside.console.seat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a user's programs keep what is worth keeping from one time to the next. */
public final class StatePlace {
    private StatePlace() {
    }

    /**
     * {@return the file that holds the lines that were typed; empty where the user has no home}
     *
     * @param environment {@code XDG_STATE_HOME} if it is an absolute path, else {@code HOME}
     */
    public static Optional<Path> history(final Map<String, String> environment) {
        final String state = environment.getOrDefault("XDG_STATE_HOME", "");
        final String home = environment.getOrDefault("HOME", "");
        if (state.startsWith("/")) {
            return Optional.of(Path.of(state, "ringside", "console-history"));
        }
        return home.startsWith("/") ? Optional.of(Path.of(home, ".local", "state", "ringside", "console-history"))
            : Optional.empty();
    }
}
