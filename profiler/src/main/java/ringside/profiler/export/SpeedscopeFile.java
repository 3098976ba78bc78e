package ringside.profiler.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.emulator.state.OwnFile;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CodeProfile;

/** speedscope's own format: one sampled profile in cycles, one in instructions. */
public final class SpeedscopeFile {
    private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";
    private static final String EXPORTER = "ringside ";

    private final Map<String, Integer> frames = new LinkedHashMap<>();
    private final List<int[]> stacks = new ArrayList<>();
    private final List<CallNode> leaves = new ArrayList<>();

    private SpeedscopeFile() {
    }

    /**
     * {@return the file's text}
     *
     * @param profile with calls
     * @param guest   what ran
     */
    public static String of(final CodeProfile profile, final ProfiledGuest guest) {
        final SpeedscopeFile file = new SpeedscopeFile();
        profile.tree().orElseThrow().merged().children().forEach(node -> file.collect(node, new int[0]));
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            file.write(json, profile, guest);
        } catch (final IOException impossible) {
            throw new UncheckedIOException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    /**
     * {@return whether bytes are the first ones of such a file, or all}
     *
     * @param head of any file
     */
    public static boolean isOne(final byte[] head) {
        return OwnFile.text(head).startsWith("{\"$schema\":\"" + SCHEMA + "\",\"exporter\":\"" + EXPORTER);
    }

    private void collect(final CallNode node, final int[] above) {
        final Integer known = frames.putIfAbsent(node.name(), frames.size());
        final int[] stack = Arrays.copyOf(above, above.length + 1);
        stack[above.length] = known == null ? frames.size() - 1 : known;
        if (node.cycles() > 0 || node.instructions() > 0) {
            stacks.add(stack);
            leaves.add(node);
        }
        node.children().forEach(child -> collect(child, stack));
    }

    private void write(final JsonGenerator json, final CodeProfile profile, final ProfiledGuest guest)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("exporter", EXPORTER + guest.version());
        json.writeStringField("name", guest.title());
        json.writeNumberField("activeProfileIndex", 0);
        json.writeObjectFieldStart("shared");
        json.writeArrayFieldStart("frames");
        for (final String frame : frames.keySet()) {
            json.writeStartObject();
            json.writeStringField("name", ProfiledGuest.plain(frame));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayFieldStart("profiles");
        profile(json, "cycles (" + profile.model() + ")", leaves.stream().mapToLong(CallNode::cycles).toArray());
        profile(json, "instructions", leaves.stream().mapToLong(CallNode::instructions).toArray());
        json.writeEndArray();
        json.writeEndObject();
    }

    private void profile(final JsonGenerator json, final String name, final long[] weights) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "sampled");
        json.writeStringField("name", name);
        json.writeStringField("unit", "none");
        json.writeNumberField("startValue", 0);
        long sum = 0;
        for (final long weight : weights) {
            sum += weight;
        }
        json.writeNumberField("endValue", sum);
        json.writeArrayFieldStart("samples");
        for (final int[] stack : stacks) {
            json.writeArray(stack, 0, stack.length);
        }
        json.writeEndArray();
        json.writeFieldName("weights");
        json.writeArray(weights, 0, weights.length);
        json.writeEndObject();
    }
}
