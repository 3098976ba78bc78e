package ringside.emulator.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run of the suite printed, cut into programs.
 *
 * @param texts what each program printed, by name, in the order of the run; of one that did not end, what there is
 * @param done  whether the run came to its end
 */
record Transcript(Map<String, String> texts, boolean done) {
    private static final String RUN = "run ";

    static Transcript of(final String serial) {
        final Map<String, String> texts = new LinkedHashMap<>();
        String name = null;
        boolean done = false;
        for (final String line : serial.split("\r?\n")) {
            if (line.startsWith(RUN)) {
                name = line.substring(RUN.length());
                texts.put(name, "");
            } else if (line.equals("done")) {
                done = true;
            } else if (line.equals("end")) {
                name = null;
            } else if (name != null) {
                texts.merge(name, line + "\n", String::concat);
            }
        }
        return new Transcript(texts, done);
    }
}
