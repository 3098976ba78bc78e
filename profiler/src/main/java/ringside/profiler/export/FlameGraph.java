package ringside.profiler.export;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import ringside.emulator.state.OwnFile;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CodeProfile;

/**
 * A flame graph as one SVG file: callers above what they call, widths by cycles, no script. Idle time is left out, and
 * what is narrower than a tenth of a pixel is not drawn.
 */
public final class FlameGraph {
    private static final String HELP =
        "Callers above what they call; in brackets what is no routine. Point at a box for numbers.";
    private static final double WIDTH = 1200;
    private static final int MARGIN = 10;
    private static final int HEAD = 66;
    private static final int ROW = 18;
    private static final double LEAST = 0.1;
    private static final double LETTER = 6.6;
    private static final double PERCENT = 100.0;
    private static final int HUES = 40;

    private final CodeProfile profile;
    private final XMLStreamWriter xml;
    private final long busy;
    private final double scale;

    private FlameGraph(final CodeProfile profile, final XMLStreamWriter xml) {
        this.profile = profile;
        this.xml = xml;
        busy = Math.max(1, profile.totalCycles() - profile.idleCycles());
        scale = (WIDTH - 2 * MARGIN) / busy;
    }

    /**
     * {@return the file's text}
     *
     * @param profile with calls
     * @param guest   what ran
     */
    public static String of(final CodeProfile profile, final ProfiledGuest guest) {
        final StringWriter text = new StringWriter();
        try {
            final XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new FlameGraph(profile, xml).write(guest);
            xml.close();
        } catch (final XMLStreamException impossible) {
            throw new IllegalStateException("a string took no text", impossible);
        }
        return text.append('\n').toString();
    }

    /**
     * {@return whether bytes are the first ones of such a file, or all}
     *
     * @param head of any file
     */
    public static boolean isOne(final byte[] head) {
        final String text = OwnFile.text(head);
        return text.startsWith("<?xml ") && text.contains("<svg ") && text.contains(HELP);
    }

    private void write(final ProfiledGuest guest) throws XMLStreamException {
        final CallNode root = withoutIdle(profile.tree().orElseThrow().merged());
        final int height = HEAD + (rows(root) + 1) * ROW + MARGIN;
        xml.writeStartDocument();
        xml.writeCharacters("\n");
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        xml.writeAttribute("viewBox", "0 0 " + (int) WIDTH + " " + height);
        xml.writeAttribute("width", Integer.toString((int) WIDTH));
        xml.writeAttribute("height", Integer.toString(height));
        xml.writeAttribute("font-family", "monospace");
        xml.writeAttribute("font-size", "11");
        element("title", "Flame graph of " + guest.title());
        rectangle(0, 0, WIDTH, height, "#ffffff");
        text(MARGIN, 20, "Flame graph of " + guest.title(), "15");
        text(MARGIN, 38, String.format(Locale.ROOT, "Width: cycles (%s), %d of them; %d instructions; %d idle cycles "
            + "left out.", profile.model(), profile.totalCycles() - profile.idleCycles(), profile.totalInstructions(),
            profile.idleCycles()), "11");
        text(MARGIN, 52, HELP, "11");
        node(root, MARGIN, 0);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private CallNode withoutIdle(final CallNode root) {
        return new CallNode(root.name(), 0, root.calls(), root.instructions(), root.cycles(), root.totalInstructions(),
            root.totalCycles() - profile.idleCycles(), root.causes(),
            root.children().stream().filter(node -> !node.name().equals("[idle]")).toList());
    }

    private int rows(final CallNode node) {
        int most = 0;
        for (final CallNode child : node.children()) {
            if (child.totalCycles() * scale >= LEAST) {
                most = Math.max(most, rows(child));
            }
        }
        return most + 1;
    }

    private void node(final CallNode node, final double x, final int row) throws XMLStreamException {
        final double width = node.totalCycles() * scale;
        final int y = HEAD + row * ROW;
        final String name = ProfiledGuest.plain(node.name());
        xml.writeCharacters("\n");
        xml.writeStartElement("g");
        element("title", name + "\n" + String.join("\n",
            String.format(Locale.ROOT, "%d cycles (%s), %.2f %% of what is not idle", node.totalCycles(),
                profile.model(), PERCENT * node.totalCycles() / busy),
            node.cycles() + " of its own", node.totalInstructions() + " instructions", node.calls() + " calls"));
        rectangle(x, y, width, ROW - 1, colour(name));
        final int letters = (int) ((width - 4) / LETTER);
        if (letters >= 3) {
            text(x + 3, y + ROW - 6, name.length() <= letters ? name : name.substring(0, letters - 1) + "\u2026", "11");
        }
        xml.writeEndElement();
        double at = x;
        for (final CallNode child : node.children()) {
            if (child.totalCycles() * scale >= LEAST) {
                node(child, at, row + 1);
            }
            at += child.totalCycles() * scale;
        }
    }

    /** Brackets are blue, routines are warm; a name has the same colour in every graph. */
    private static String colour(final String name) {
        final int hue = Math.floorMod(name.hashCode(), HUES);
        return name.startsWith("[") ? "hsl(" + (200 + hue / 2) + ",45%,80%)" : "hsl(" + (15 + hue) + ",80%,70%)";
    }

    private void rectangle(final double x, final int y, final double width, final int height, final String fill)
            throws XMLStreamException {
        xml.writeEmptyElement("rect");
        xml.writeAttribute("x", number(x));
        xml.writeAttribute("y", Integer.toString(y));
        xml.writeAttribute("width", number(width));
        xml.writeAttribute("height", Integer.toString(height));
        xml.writeAttribute("fill", fill);
    }

    private void text(final double x, final int y, final String words, final String size) throws XMLStreamException {
        xml.writeStartElement("text");
        xml.writeAttribute("x", number(x));
        xml.writeAttribute("y", Integer.toString(y));
        xml.writeAttribute("font-size", size);
        xml.writeCharacters(words);
        xml.writeEndElement();
    }

    private void element(final String name, final String words) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(words);
        xml.writeEndElement();
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
