package ringside.console.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A browser without a screen, a network or a past.
 *
 * @param program the browser
 * @param profile a directory of its own
 */
record Chromium(Path program, Path profile) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int PATIENCE_S = 120;

    /** What a page became: its document, and what the browser's console said. */
    record Page(String dom, List<String> console) {
    }

    /** {@return the browser on PATH, if there is one} */
    static Optional<Chromium> find(final Path profile) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).filter(place -> !place.isEmpty())
            .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name))).filter(Files::isExecutable)
            .findFirst().map(program -> new Chromium(program, profile));
    }

    /** {@return what a file became, after its scripts ran} */
    Page load(final Path file, final String place, final String... flags) throws IOException, InterruptedException {
        final Path out = profile.resolveSibling(profile.getFileName() + ".out");
        final Path err = profile.resolveSibling(profile.getFileName() + ".err");
        run(file, place, out, err, Stream.concat(Stream.of("--dump-dom"), Stream.of(flags)).toList());
        return new Page(Files.readString(out), Files.readAllLines(err, StandardCharsets.ISO_8859_1).stream()
            .filter(line -> line.contains(":CONSOLE:") || line.contains(":CONSOLE(")).toList());
    }

    /** Photographs a file's page. */
    void shoot(final Path file, final String place, final Path picture, final String... flags)
            throws IOException, InterruptedException {
        final Path out = profile.resolveSibling(profile.getFileName() + ".out");
        run(file, place, out, out, Stream.concat(Stream.of("--hide-scrollbars", "--window-size=1200,900",
            "--screenshot=" + picture), Stream.of(flags)).toList());
    }

    private void run(final Path file, final String place, final Path out, final Path err, final List<String> flags)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(program.toString(), "--headless", "--no-sandbox",
            "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + profile, "--enable-logging=stderr",
            "--v=0", "--host-resolver-rules=MAP * ~NOTFOUND"));
        command.addAll(flags);
        command.add(file.toUri() + "#" + place);
        final ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
        final Process browser = (out.equals(err) ? builder.redirectErrorStream(true)
            : builder.redirectError(err.toFile())).start();
        browser.getOutputStream().close();
        if (!browser.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
            throw new IOException("the browser did not end: " + command);
        }
    }
}
