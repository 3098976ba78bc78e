package ringside.console.html;

import java.util.HashMap;
import java.util.Map;

/** What a template is filled with. */
final class Values {
    private Values() {
    }

    /** {@return values by name: a name, its value, another name, and so on} */
    static Map<String, Object> of(final Object... pairs) {
        final Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return values;
    }
}
