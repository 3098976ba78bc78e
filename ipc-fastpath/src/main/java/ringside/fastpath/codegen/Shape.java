package ringside.fastpath.codegen;

import java.util.Map;

/** Numbers that a declaration gives a generator, each within its bounds. */
record Shape(Map<String, Long> constants) {
    /**
     * {@return a number}
     *
     * @throws IllegalArgumentException where it is missing or out of bounds, with its name
     */
    int between(final String name, final int least, final int most) {
        final Long value = constants.get(name);
        if (value == null || value < least || value > most) {
            throw wrong(name, least + " to " + most, value);
        }
        return Math.toIntExact(value);
    }

    /** {@return a number, or what it is where nobody says} */
    int between(final String name, final int least, final int most, final int otherwise) {
        return constants.containsKey(name) ? between(name, least, most) : otherwise;
    }

    /** {@return a number that is a power of two} */
    int powerOfTwo(final String name, final int least, final int most) {
        final int value = between(name, least, most);
        if (Integer.bitCount(value) != 1) {
            throw wrong(name, "a power of two, " + least + " to " + most, (long) value);
        }
        return value;
    }

    /** {@return whether a number is 1; it is 0 where nobody says} */
    boolean is(final String name) {
        return between(name, 0, 1, 0) == 1;
    }

    private static IllegalArgumentException wrong(final String name, final String wanted, final Long value) {
        return new IllegalArgumentException(
                name + " is " + wanted + (value == null ? "; it is missing" : ", not " + value));
    }
}
