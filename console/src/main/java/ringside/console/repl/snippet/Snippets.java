package ringside.console.repl.snippet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Snippets of one session: what one of them declares the next one knows. */
public final class Snippets implements AutoCloseable {
    /** What snippets print goes to those that run. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
    private static final List<String> IMPORTS = List.of("java.util.*", "java.util.function.*", "java.util.stream.*",
        "ringside.emulator.engine.*", "ringside.emulator.event.*", "ringside.emulator.machine.*",
        "ringside.emulator.travel.*");

    /** Of threads that do not end though they were to. */
    private static final int MOST_DEAF = 8;

    private final Console.Host host;
    private final List<Thread> deaf = new ArrayList<>();
    private Shell shell;

    /**
     * Makes a place for snippets; nothing is started before the first.
     *
     * @param host the console that they have in scope
     */
    public Snippets(final Console.Host host) {
        this.host = host;
    }

    /**
     * Runs snippets, one behind the other, up to the first that fails.
     *
     * @param source   of them, complete
     * @param stopping asked now and then on this thread: whether somebody wants them to stop
     * @throws SnippetException when one cannot be compiled, throws, or is stopped
     */
    public void run(final String source, final BooleanSupplier stopping) {
        ONE_AT_A_TIME.lock();
        try {
            deaf.removeIf(thread -> !thread.isAlive());
            if (deaf.size() == MOST_DEAF) {
                throw new SnippetException(false, MOST_DEAF + " snippets that could not be stopped go on: no more are "
                    + "begun until one of them ends");
            }
            if (shell == null) {
                shell = new Shell();
            }
            final Optional<Thread> going = shell.run(source, stopping);
            if (going.isPresent()) {
                deaf.add(going.get());
                shell.console.forget();
                shell = null;
                throw new SnippetException(false, "the snippet is told to stop and goes on, in code that does not "
                    + "listen: it is left alone, and what snippets have declared is forgotten");
            }
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    @Override
    public void close() {
        if (shell != null) {
            shell.close();
        }
    }

    /** What snippets know of each other by. One that cannot be stopped keeps its own, where it finds nobody more. */
    private final class Shell {
        private final Bridge bridge = new Bridge();
        private final Console console = new Console(host, bridge);
        private volatile JShell jshell;
        private volatile boolean stopped;

        /** {@return the thread of a snippet that cannot be stopped, if it is one} */
        Optional<Thread> run(final String source, final BooleanSupplier stopping) {
            bridge.open();
            stopped = false;
            final PrintStream out = new PrintStream(new Said(bridge), true, StandardCharsets.UTF_8);
            SnippetProcess.begin(out);
            try {
                return apart(source, stopping, out);
            } finally {
                SnippetProcess.end();
                bridge.close();
            }
        }

        /** In a thread of its own, for which this one works meanwhile: {@return that, if it cannot be stopped}. */
        private Optional<Thread> apart(final String source, final BooleanSupplier stopping, final PrintStream out) {
            final RuntimeException[] failed = new RuntimeException[1];
            final Error[] broken = new Error[1];
            final Thread thread = Thread.ofPlatform().name("snippets").daemon().unstarted(() -> {
                SnippetProcess.hear(out);
                try {
                    all(source);
                } catch (final RuntimeException problem) {
                    failed[0] = problem;
                } catch (final Error problem) {
                    broken[0] = problem;
                }
            });
            thread.start();
            if (!bridge.serve(() -> !thread.isAlive(), stopping, this::stop)) {
                return Optional.of(thread);
            }
            if (broken[0] != null) {
                throw broken[0];
            }
            if (failed[0] != null) {
                throw failed[0];
            }
            return Optional.empty();
        }

        private void stop() {
            stopped = true;
            final JShell running = jshell;
            if (running != null) {
                running.stop();
            }
        }

        private void all(final String source) {
            begin();
            String left = source;
            while (!left.isBlank()) {
                final CompletionInfo info = jshell.sourceCodeAnalysis().analyzeCompletion(left);
                if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE
                        || info.completeness() == Completeness.CONSIDERED_INCOMPLETE) {
                    throw new SnippetException(false, "the snippet is not complete; longer ones are for a file: "
                        + left.strip().lines().findFirst().orElse(""));
                }
                final String snippet = info.source() == null ? left : info.source();
                final List<SnippetEvent> events = jshell.eval(snippet);
                if (stopped) {
                    throw new SnippetException(false, "the snippet was stopped");
                }
                for (final SnippetEvent event : events) {
                    final String said = SnippetText.of(jshell, event);
                    if (!said.isEmpty()) {
                        bridge.on(() -> {
                            host.say(said);
                            return null;
                        });
                    }
                }
                left = info.source() == null ? "" : info.remaining();
            }
        }

        private void begin() {
            if (jshell != null) {
                return;
            }
            final JShell.Builder builder = JShell.builder().executionEngine(new InProcess(), null);
            final List<String> options = new ArrayList<>();
            final String modules = System.getProperty("jdk.module.path", "");
            if (!modules.isEmpty() && Snippets.class.getModule().isNamed()) {
                options.addAll(List.of("--module-path", modules, "--add-modules",
                    Snippets.class.getModule().getName()));
            }
            final JShell made = builder.compilerOptions(options.toArray(String[]::new)).build();
            final String classes = System.getProperty("java.class.path", "");
            if (!classes.isEmpty()) {
                made.addToClasspath(classes);
            }
            IMPORTS.forEach(name -> made.eval("import " + name + ";"));
            made.eval("var console = " + Console.class.getName() + ".of(" + console.number() + ");");
            made.eval("var machine = console.machine();");
            made.eval("var timeline = console.timeline();");
            jshell = made;
        }

        void close() {
            console.forget();
            if (jshell != null) {
                jshell.close();
            }
        }
    }

    /** What snippets print, said by the machine's thread. */
    private final class Said extends OutputStream {
        private final Bridge bridge;

        Said(final Bridge bridge) {
            this.bridge = bridge;
        }

        @Override
        public void write(final int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(final byte[] bytes, final int from, final int count) throws IOException {
            final String text = new String(bytes, from, count, StandardCharsets.UTF_8);
            try {
                bridge.on(() -> {
                    host.say(text);
                    return null;
                });
            } catch (final IllegalStateException over) {
                throw new IOException("nobody listens any more", over);
            }
        }
    }
}
