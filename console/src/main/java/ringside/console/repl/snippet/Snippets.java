package ringside.console.repl.snippet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

    private final Console.Host host;
    private final Bridge bridge = new Bridge();
    private final Console console;
    private volatile JShell shell;
    private volatile boolean stopped;

    /**
     * Makes a place for snippets; nothing is started before the first.
     *
     * @param host the console that they have in scope
     */
    public Snippets(final Console.Host host) {
        this.host = host;
        console = new Console(host, bridge);
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
        bridge.open();
        stopped = false;
        SnippetProcess.begin(new PrintStream(new Said(), true, StandardCharsets.UTF_8));
        try {
            apart(source, stopping);
        } finally {
            SnippetProcess.end();
            bridge.close();
            ONE_AT_A_TIME.unlock();
        }
    }

    /** In a thread of its own, for which this one works meanwhile. */
    private void apart(final String source, final BooleanSupplier stopping) {
        final RuntimeException[] failed = new RuntimeException[1];
        final Error[] broken = new Error[1];
        final Thread thread = Thread.ofPlatform().name("snippets").daemon().unstarted(() -> {
            try {
                all(source);
            } catch (final RuntimeException problem) {
                failed[0] = problem;
            } catch (final Error problem) {
                broken[0] = problem;
            }
        });
        thread.start();
        bridge.serve(() -> !thread.isAlive(), stopping, this::stop);
        if (broken[0] != null) {
            throw broken[0];
        }
        if (failed[0] != null) {
            throw failed[0];
        }
    }

    private void stop() {
        stopped = true;
        final JShell running = shell;
        if (running != null) {
            running.stop();
        }
    }

    private void all(final String source) {
        begin();
        String left = source;
        while (!left.isBlank()) {
            final CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(left);
            if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE
                    || info.completeness() == Completeness.CONSIDERED_INCOMPLETE) {
                throw new SnippetException(false, "the snippet is not complete; longer ones are for a file: "
                    + left.strip().lines().findFirst().orElse(""));
            }
            final String snippet = info.source() == null ? left : info.source();
            final List<SnippetEvent> events = shell.eval(snippet);
            if (stopped) {
                throw new SnippetException(false, "the snippet was stopped");
            }
            for (final SnippetEvent event : events) {
                final String said = SnippetText.of(shell, event);
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
        if (shell != null) {
            return;
        }
        final JShell.Builder builder = JShell.builder().executionEngine(new InProcess(), null);
        final List<String> options = new ArrayList<>();
        final String modules = System.getProperty("jdk.module.path", "");
        if (!modules.isEmpty() && Snippets.class.getModule().isNamed()) {
            options.addAll(List.of("--module-path", modules, "--add-modules", Snippets.class.getModule().getName()));
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
        shell = made;
    }

    @Override
    public void close() {
        console.forget();
        if (shell != null) {
            shell.close();
        }
    }

    /** What snippets print, said by the machine's thread. */
    private final class Said extends OutputStream {
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
