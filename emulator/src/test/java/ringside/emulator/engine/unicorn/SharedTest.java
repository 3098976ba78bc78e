package ringside.emulator.engine.unicorn;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedTest {
    @Test
    void noTwoFieldsLieInTheSamePlace() throws ReflectiveOperationException {
        final Map<Integer, String> places = new HashMap<>();
        for (final Field field : Shared.class.getDeclaredFields()) {
            final int place = field.getInt(null);
            if (place < Shared.BYTES) {
                final String other = places.put(place, field.getName());
                assertNull(other, () -> other + " and " + field.getName() + " are both at " + place);
                assertTrue(place % Long.BYTES == 0, field.getName());
            }
        }
        assertTrue(places.size() > 40, "the fields were found: " + places.size());
    }
}
