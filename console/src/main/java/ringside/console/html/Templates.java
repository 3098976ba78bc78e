package ringside.console.html;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The templates beside this class. What two braces insert is escaped; three are for what this package itself made. */
final class Templates {
    private static final Mustache.Compiler COMPILER = Mustache.compiler().strictSections(true)
        .withEscaper(text -> Escapers.HTML.escape(PlainText.of(text)))
        .withLoader(name -> new StringReader(text(name + ".mustache")));

    private Templates() {
    }

    /** {@return a template with its values in it} */
    static String fill(final String name, final Object values) {
        return COMPILER.compile(text(name + ".mustache")).execute(values);
    }

    /** {@return a file beside this class} */
    static String text(final String file) {
        try (InputStream in = Templates.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException failure) {
            throw new UncheckedIOException("the module cannot be read", failure);
        }
    }
}
