package ringside.profiler.export;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CodeProfile;
import ringside.toolchain.image.SourceLine;

/**
 * pprof's format, {@code profile.proto} in gzip, for {@code go tool pprof}. Each chain of calls is a sample with its
 * own instructions, cycles, and those cycles by cause; a caller's line is that of its call.
 *
 * <p>Stored, not compressed: what a deflater makes differs between versions of its library.
 */
public final class PprofFile {
    // Field numbers of github.com/google/pprof/proto/profile.proto.
    private static final int SAMPLE_TYPE = 1;
    private static final int SAMPLE = 2;
    private static final int LOCATION = 4;
    private static final int FUNCTION = 5;
    private static final int STRING_TABLE = 6;
    private static final int PERIOD_TYPE = 11;
    private static final int PERIOD = 12;
    private static final int COMMENT = 13;
    private static final int DEFAULT_SAMPLE_TYPE = 14;
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int THIRD = 3;
    private static final int FOURTH = 4;

    private static final int FIRST_STRINGS = 2;
    private static final String OURS = "ringside ";
    private static final String GZIP = "\u001f\u008b";
    /** Heads of the compressed file, of its first block and of two strings. */
    private static final int MOST_BEFORE = 32;

    private final ProfiledGuest guest;
    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final Map<String, Integer> functions = new LinkedHashMap<>();
    private final Map<Place, Integer> locations = new LinkedHashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    private List<Cause> causes = List.of();

    private PprofFile(final ProfiledGuest guest) {
        this.guest = guest;
        string("");
        string(OURS + guest.version() + ": " + guest.title());
    }

    /** A frame: a routine, and the address that it is at, 0 for anywhere. */
    private record Place(String routine, long address) {
    }

    /** The fields of one message. */
    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /**
     * {@return the file}
     *
     * @param profile with calls
     * @param guest   what ran
     */
    public static byte[] of(final CodeProfile profile, final ProfiledGuest guest) {
        try {
            return new PprofFile(guest).write(profile);
        } catch (final IOException impossible) {
            throw new UncheckedIOException("an array took no bytes", impossible);
        }
    }

    /**
     * {@return whether bytes are the first ones of such a file, or all}
     *
     * @param head of any file
     */
    public static boolean isOne(final byte[] head) {
        final String text = new String(head, StandardCharsets.ISO_8859_1);
        final int ours = text.indexOf(OURS);
        return text.startsWith(GZIP) && ours > 0 && ours < MOST_BEFORE;
    }

    private byte[] write(final CodeProfile profile) throws IOException {
        // First of all who wrote it: fields come in any order.
        for (final String string : strings.keySet()) {
            out.writeString(STRING_TABLE, string);
        }
        out.writeInt64(COMMENT, FIRST_STRINGS - 1);
        valueType(SAMPLE_TYPE, "instructions", "count");
        final String unit = "cycles(" + profile.model() + ")";
        valueType(SAMPLE_TYPE, "cycles", unit);
        causes = List.copyOf(profile.causes().cycles().keySet());
        for (final Cause cause : causes) {
            valueType(SAMPLE_TYPE, "cycles_" + cause.title().replace(' ', '_'), unit);
        }
        for (final CallNode node : profile.tree().orElseThrow().children()) {
            samples(node, new ArrayList<>());
        }
        for (final Map.Entry<Place, Integer> location : locations.entrySet()) {
            final Place place = location.getKey();
            final int function = function(place.routine());
            final Optional<SourceLine> line = guest.lines().apply(place.address());
            message(out, LOCATION, fields -> {
                fields.writeUInt64(FIRST, location.getValue());
                fields.writeUInt64(THIRD, place.address());
                message(fields, FOURTH, entry -> {
                    entry.writeUInt64(FIRST, function);
                    entry.writeInt64(SECOND, line.map(SourceLine::line).orElse(0));
                });
            });
        }
        final Map<String, String> files = new LinkedHashMap<>();
        profile.addresses().forEach(cost -> guest.lines().apply(cost.address())
            .ifPresent(line -> files.putIfAbsent(cost.routine(), line.file())));
        for (final Map.Entry<String, Integer> function : functions.entrySet()) {
            final int name = string(ProfiledGuest.plain(function.getKey()));
            final int file = string(files.getOrDefault(function.getKey(), ""));
            message(out, FUNCTION, fields -> {
                fields.writeUInt64(FIRST, function.getValue());
                fields.writeInt64(SECOND, name);
                fields.writeInt64(THIRD, name);
                fields.writeInt64(FOURTH, file);
            });
        }
        valueType(PERIOD_TYPE, "cycles", unit);
        out.writeInt64(PERIOD, 1);
        out.writeInt64(DEFAULT_SAMPLE_TYPE, string("cycles"));
        for (final String string : strings.keySet().stream().skip(FIRST_STRINGS).toList()) {
            out.writeString(STRING_TABLE, string);
        }
        out.flush();
        return stored(bytes.toByteArray());
    }

    /** Leaf first, as the format has it. */
    private void samples(final CallNode node, final List<Integer> callers) throws IOException {
        if (node.cycles() > 0 || node.instructions() > 0) {
            final int leaf = location(new Place(node.name(), 0));
            message(out, SAMPLE, fields -> {
                fields.writeUInt64(FIRST, leaf);
                for (int i = callers.size() - 1; i >= 0; i--) {
                    fields.writeUInt64(FIRST, callers.get(i));
                }
                fields.writeInt64(SECOND, node.instructions());
                fields.writeInt64(SECOND, node.cycles());
                for (final Cause cause : causes) {
                    fields.writeInt64(SECOND, node.causes().of(cause));
                }
            });
        }
        for (final CallNode child : node.children()) {
            callers.add(location(new Place(node.name(), child.site())));
            samples(child, callers);
            callers.removeLast();
        }
    }

    private void valueType(final int field, final String type, final String unit) throws IOException {
        final int first = string(type);
        final int second = string(unit);
        message(out, field, fields -> {
            fields.writeInt64(FIRST, first);
            fields.writeInt64(SECOND, second);
        });
    }

    private static void message(final CodedOutputStream out, final int field, final Fields fields) throws IOException {
        final ByteArrayOutputStream inner = new ByteArrayOutputStream();
        final CodedOutputStream coded = CodedOutputStream.newInstance(inner);
        fields.write(coded);
        coded.flush();
        out.writeByteArray(field, inner.toByteArray());
    }

    private static byte[] stored(final byte[] content) throws IOException {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(file) {
            {
                def.setLevel(Deflater.NO_COMPRESSION);
            }
        }) {
            zip.write(content);
        }
        return file.toByteArray();
    }

    private int string(final String text) {
        return number(text, strings, 0);
    }

    private int function(final String name) {
        return number(name, functions, 1);
    }

    private int location(final Place place) {
        return number(place, locations, 1);
    }

    private static <T> int number(final T what, final Map<T, Integer> known, final int first) {
        final int next = known.size() + first;
        final Integer number = known.putIfAbsent(what, next);
        return number == null ? next : number;
    }
}
