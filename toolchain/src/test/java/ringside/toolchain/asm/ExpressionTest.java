package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSymbol;

class ExpressionTest {
    @Test
    void operatorsBindAsInC() {
        assertEquals(14, value("2 + 3 * 4"));
        assertEquals(1, value("1 | 2 == 3"));
        assertEquals(7, value("1 | 2 ^ 4"));
        assertEquals(6, value("2 & 3 | 4"));
        assertEquals(16, value("1 << 2 + 2"));
        assertEquals(1, value("1 + 1 < 3 == 1"));
        assertEquals(5, value("0 ? 4 : 5"));
        assertEquals(3, value("1 ? 0 ? 2 : 3 : 4"));
        assertEquals(-3, value("-1 - 2"));
        assertEquals(1, value("!0 && (2 || 0 / 0)"));
        assertEquals(0, value("0 && 1 / 0"));
        assertEquals(-2, value("~1"));
        assertEquals(-2, value("-5 / 2"));
        assertEquals(-1, value("-5 % 2"));
    }

    @Test
    void shiftsToTheRightBringInZeros() {
        assertEquals(0x1ff, value("0xffffffff80000000 >> 55"));
        assertEquals(511, value("0xffffffff80000000 >> 39 & 511"));
        assertEquals(0, value("1 << 64"));
    }

    @Test
    void numbersAreWrittenInThreeBasesAndAsCharacters() {
        assertEquals(255, value("0xff"));
        assertEquals(5, value("0b1_01"));
        assertEquals(1_000, value("1_000"));
        assertEquals('A', value("'A'"));
        assertEquals(0x4241, value("'AB'"));
        assertEquals('\n', value("'\\n'"));
        assertTrue(Asm.refused("X equ 017").reason().contains("a number starts with"));
        assertTrue(Asm.refused("X equ 0x1ffffffffffffffff").reason().contains("not a number of 64 bits"));
        assertTrue(Asm.refused("X equ 12ab").reason().contains("not a number"));
    }

    @Test
    void randomExpressionsComeToWhatJavaComputes() {
        final Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            final StringBuilder text = new StringBuilder();
            final long expected = random(random, 4, text);
            assertEquals(expected, value(text.toString()), text.toString());
        }
    }

    private static long random(final Random random, final int depth, final StringBuilder text) {
        if (depth == 0) {
            final long value = random.nextInt(1000);
            text.append(value);
            return value;
        }
        text.append('(');
        final long left = random(random, depth - 1, text);
        final String[] operators = {"+", "-", "*", "&", "|", "^", "<", ">=", "!="};
        final String operator = operators[random.nextInt(operators.length)];
        text.append(operator);
        final long right = random(random, depth - 1, text);
        text.append(')');
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "&" -> left & right;
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "<" -> left < right ? 1 : 0;
            case ">=" -> left >= right ? 1 : 0;
            default -> left != right ? 1 : 0;
        };
    }

    @Test
    void aConstantIsDefinedOnce() {
        assertTrue(Asm.refused("X equ 1\nX equ 1").reason().contains("twice"));
        assertTrue(Asm.refused("X: nop\nX equ 1").reason().contains("twice"));
        assertTrue(Asm.refused("rax equ 1").reason().contains("register"));
    }

    @Test
    void aMisspeltNameIsSaidToBeUnknownWhereNoAddressWouldFit() {
        for (final String line : new String[] {"shl eax, MISSPELT", "bt eax, MISSPELT + 1", "and al, MISSPELT"}) {
            final String reason = Asm.refused("SPELT equ 3\n" + line).reason();
            assertTrue(reason.startsWith("'MISSPELT' is neither a constant"), reason);
        }
        assertTrue(Asm.refused("x: shl eax, x").reason().contains("no room for an address"));
        assertTrue(Asm.refused("extern y\nshl eax, y").reason().contains("no room for an address"));
    }

    @Test
    void constantsThatLeadBackToThemselvesAreRefused() {
        assertTrue(Asm.refused("A equ B + 1\nB equ A + 1\ndq A").reason().contains("leads back to itself"));
        assertTrue(Asm.refused("A equ A").reason().contains("leads back to itself"));
    }

    @Test
    void constantsThatMultiplyThemselvesAreStopped() {
        final StringBuilder text = new StringBuilder("nop\nX0 equ other - start\n");
        for (int i = 1; i < 12; i++) {
            text.append("X").append(i).append(" equ X").append(i - 1);
            for (int j = 0; j < 40; j++) {
                text.append("-X").append(i - 1).append("+X").append(i - 1);
            }
            text.append('\n');
        }
        assertTrue(Asm.refused(text.toString()).reason().contains("steps"));
    }

    @Test
    void deepAndLongExpressionsAreRefused() {
        assertTrue(Asm.refused("X equ " + "(".repeat(300) + "1" + ")".repeat(300)).reason().contains("deep"));
        assertTrue(Asm.refused("X equ " + "-".repeat(300) + "1").reason().contains("deep"));
        assertTrue(Asm.refused("X equ 1" + "+1".repeat(300)).reason().contains("operators"));
    }

    @Test
    void differencesOfLabelsAreNumbersOnceTheLayoutIsKnown() {
        assertEquals("616263" + "03" + "0300", Asm.hex("text: db \"abc\"\nlength equ $ - text\ndb length\ndw length"));
        assertEquals("b902000000" + "eb00", Asm.hex("mov ecx, end - start\nstart: jmp end\nend:"));
        assertEquals("4881c402000000" + "eb00", Asm.hex("add rsp, end - start\nstart: jmp end\nend:"));
        assertEquals("0500000000000000" + "0a", Asm.hex("a: dq b - c + 5\nb:\nc: db (d - a) + 1\nd:"));
    }

    @Test
    void dataOfEachWidthHoldsWhatFits() {
        assertEquals("ff" + "80" + "3412" + "78563412" + "ffffffffffffffff",
                Asm.hex("db 255, -128\ndw 0x1234\ndd 0x12345678\ndq -1"));
        assertTrue(Asm.refused("db 256").reason().contains("does not fit into 8 bits"));
        assertTrue(Asm.refused("dw -32769").reason().contains("does not fit into 16 bits"));
        assertTrue(Asm.refused("dd 0x100000000").reason().contains("does not fit into 32 bits"));
    }

    @Test
    void textIsBytesOfUtf8WithEscapes() {
        assertEquals("61" + "0a" + "00" + "c3a9" + "22" + "ff" + "3b", Asm.hex("db \"a\\n\\0é\\\"\\xff;\" ; comment"));
        assertTrue(Asm.refused("db \"abc").reason().contains("not closed"));
        assertTrue(Asm.refused("db \"\\q\"").reason().contains("unknown escape"));
    }

    private static long value(final String expression) {
        final ObjectCode code = Asm.assemble(Map.of("unit.asm", "global X\nX equ " + expression));
        final ObjectSymbol symbol = code.symbols().getFirst();
        assertEquals(ObjectSymbol.Kind.CONSTANT, symbol.kind());
        return symbol.value();
    }

    @Test
    void fillAndReserveTakeCounts() {
        assertEquals("aaaaaa" + "0000" + "01", Asm.hex("fill 3, 0xaa\nresb 2\ndb 1"));
        assertTrue(Asm.refused("fill -1, 0").reason().contains("count"));
        assertTrue(Asm.refused("resb 1 << 40").reason().contains("count"));
        assertTrue(Asm.refused("fill 1, 256").reason().contains("byte"));
        assertEquals(1 << 20, Asm.section(Asm.assemble("section .bss\nresb 1 << 20"), ".bss").zeroBytes());
        assertTrue(Asm.refused("resb 1 << 29\ndb 1").reason().contains("grows beyond"));
        assertTrue(Asm.refused("db 1\nresb 1 << 29").reason().contains("grows beyond"));
    }
}
