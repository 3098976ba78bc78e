package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.SourceLine;

/**
 * Assembles Ringside assembly, the dialect of {@code docs/assembly.md}.
 *
 * <p>Owns a child process that holds Keystone; encodings are kept while the assembler lives, so one assembler for
 * many units is cheaper than many. The same sources and constants always give the same object code.
 */
public final class Assembler implements AutoCloseable {
    private final SourceTree sources;
    private final Encoder encoder = new Encoder();

    private Assembler(final SourceTree sources) {
        this.sources = sources;
    }

    /**
     * {@return an assembler; its child process starts in the background}
     *
     * @param sources where units and includes come from
     * @throws ringside.toolchain.natives.NativeLibraryException when Keystone or Capstone is missing
     */
    public static Assembler start(final SourceTree sources) {
        return new Assembler(sources);
    }

    /**
     * Assembles one unit.
     *
     * @param path      of its source
     * @param constants names that its expressions and conditionals know from the start
     * @return its object code, named by the path
     * @throws AsmException at the first line that is found wrong: what cannot be read comes before what cannot be
     *                      encoded, and that before what does not fit
     */
    public synchronized ObjectCode assemble(final String path, final Map<String, Long> constants) {
        final Unit unit = new Unit(constants);
        final Line start = new Line(new SourceLine(path, 1), "", null);
        unit.at(start, () -> {
            final String normal = SourceFiles.normal(path).filter(path::equals)
                    .orElseThrow(() -> new Refusal("a unit's path is relative and has no empty, '.' or '..' part"));
            new Preprocessor(sources, unit).file(normal, null);
        });
        encode(unit);
        final Layout layout = new Layout(unit);
        unit.sections().values().forEach(layout::run);
        unit.checkDeferred();
        return new ObjectWriter(unit).write(path);
    }

    private void encode(final Unit unit) {
        final List<Item.Code> items = new ArrayList<>();
        final List<Template> templates = new ArrayList<>();
        AsmException wrong = null;
        for (final Item.Code code : unit.instructions()) {
            try {
                unit.at(code.line, () -> templates.add(Lowering.lower(code.text, code.bits, unit.evaluator())));
                items.add(code);
            } catch (final AsmException e) {
                wrong = e;
                break;
            }
        }
        encoder.prepare(templates);
        for (int i = 0; i < items.size(); i++) {
            final Item.Code code = items.get(i);
            final Template template = templates.get(i);
            unit.at(code.line, () -> {
                code.bytes = encoder.code(template);
                code.holes = Holes.find(template, code.bytes);
            });
        }
        if (wrong != null) {
            throw wrong;
        }
    }

    /** Ends the child process. */
    @Override
    public synchronized void close() {
        encoder.close();
    }
}
