package ringside.toolchain.layout;

/** What may stand as a name in an include file: letters, digits and {@code _}, not a digit first. */
final class Names {
    private Names() {
    }

    static String check(final String name) {
        boolean fine = !name.isEmpty() && !isDigit(name.charAt(0));
        for (int i = 0; fine && i < name.length(); i++) {
            final char c = name.charAt(i);
            fine = isDigit(c) || c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
        if (!fine) {
            throw new IllegalArgumentException("a name is letters, digits and _: name=" + name);
        }
        return name;
    }

    private static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }
}
