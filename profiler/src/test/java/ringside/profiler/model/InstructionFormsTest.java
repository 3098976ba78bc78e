package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.toolchain.disasm.Instruction;

/** The list of forms, the tables and the decoder agree about every form. */
class InstructionFormsTest {
    @Test
    void eachFormOfTheListDecodesToItsOwnRow() {
        final Map<String, String> forms = Forms.listed();
        final List<Instruction> code = Forms.samples();
        assertEquals(forms.size(), code.size());
        final InstructionDecoder decoder = decoder("zen4");
        final List<String> wrong = new ArrayList<>();
        int number = 0;
        for (final String form : forms.keySet()) {
            final Instruction instruction = code.get(number++);
            final StaticInstruction decoded = decoder.decode(instruction);
            if (!decoded.form().equals(form) || decoded.has(Trait.GUESSED)) {
                wrong.add(form + " | " + instruction.text() + " -> " + decoded.form());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zen4", "skylake", "icelake"})
    void eachFormOfTheListHasARowAndNoneIsAPlaceholder(final String name) {
        final InstructionTable table = decoder(name).table();
        assertTrue(table.rows().keySet().containsAll(Forms.listed().keySet()));
        assertEquals(Forms.listed().size(), table.rows().size(), "an override of a form that is not on the list");
        final List<String> placeholders = table.rows().values().stream()
            .filter(row -> row.slots() >= 100 || row.latency() == 100).map(InstructionTable.Row::form).toList();
        assertEquals(List.of(), placeholders);
    }

    private static InstructionDecoder decoder(final String name) {
        return InstructionDecoder.of(Microarchitecture.named(name));
    }
}
