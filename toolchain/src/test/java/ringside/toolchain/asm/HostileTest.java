package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ringside.toolchain.asm.EncoderProcess.Reply;
import ringside.toolchain.asm.EncoderProcess.Request;

/** Whatever a source says, the JVM lives and the line at fault is named. */
class HostileTest {
    private static final String[] REGISTERS = {"rax", "eax", "ax", "al", "ah", "bh", "r8", "r8d", "r8b", "r8w", "rsp",
        "esp", "spl", "cr3", "cr1", "dr7", "gs", "cs", "xmm0", "xmm15", "ymm3", "mm2", "rip", "rbp", "r12"};
    private static final String[] SIZES = {"", "byte ", "word ", "dword ", "qword ", "fword ", "tbyte ", "xmmword "};
    private static final String[] STRANGERS = {"fld", "fst", "fadd", "vaddps", "pshufd", "cvtsi2sd", "lea", "lds",
        "bound", "arpl", "loop", "jcxz", "aam", "into", "pinsrq", "vgatherdps", "kmovw", "xbegin", "xabort", "movd",
        "offset", "word", "rex64", "data16", "addr32", "xacquire", "lcall", "ljmp", "iret", "salc", "ud1", "icebp",
        "rep", "lock", "repz", "jmp", "call", "gs", "rax"};

    @Test
    void aLineThatEndsKeystoneIsRefusedAndTheNextOneIsEncoded() {
        try (EncoderProcess process = new EncoderProcess()) {
            final List<Reply> replies = process.encode(List.of(new Request(64, "nop"),
                    new Request(64, "mov ah, byte ptr [r8]"), new Request(64, "hlt"),
                    new Request(64, "mov byte ptr [r9], ch"), new Request(32, "nop")));
            assertArrayEquals(new byte[] {(byte) 0x90}, replies.get(0).code());
            assertNull(replies.get(1).code());
            assertTrue(replies.get(1).refusal().contains("does not survive"), replies.get(1).refusal());
            assertArrayEquals(new byte[] {(byte) 0xf4}, replies.get(2).code());
            assertNull(replies.get(3).code());
            assertNotNull(replies.get(4).code());
        }
    }

    @Test
    void aLineOnWhichKeystoneHangsIsRefusedAndTheNextOneIsEncoded() {
        try (EncoderProcess process = new EncoderProcess(1)) {
            final List<Reply> replies =
                    process.encode(List.of(new Request(64, "rex64 -7, ax"), new Request(64, "nop")));
            assertNull(replies.get(0).code());
            assertTrue(replies.get(0).refusal().contains("no answer"), replies.get(0).refusal());
            assertNotNull(replies.get(1).code());
        }
    }

    @Test
    void aHighByteBesideARegisterOfRexIsRefusedBeforeKeystoneSeesIt() {
        for (final String line : new String[] {"mov ah, [r8]", "mov bh, sil", "movzx rax, ah", "add [r9 + rax], ch",
            "xchg dh, r15b"}) {
            final AsmException e = Asm.refused("nop\n" + line);
            assertEquals(2, e.line());
            assertTrue(e.reason().contains("REX"), e.reason());
        }
    }

    @Test
    void randomOperandsLeaveEveryVerdictAtItsLine() throws IOException {
        final List<String> mnemonics = mnemonics();
        final Random random = new Random(1);
        int accepted = 0;
        for (int i = 0; i < 4000; i++) {
            final String line = (random.nextInt(5) == 0 ? "bits 32\n" : "\n") + line(random, mnemonics);
            accepted += verdict(line) ? 1 : 0;
        }
        assertTrue(accepted > 100, "some lines are right by chance: " + accepted);
    }

    @Test
    void randomTextIsRefusedByLine() {
        final Random random = new Random(2);
        final String letters = "abcxyz019_.%$:;,+-*/()[]{}\"'\\ \t~!<>=&|^?@#\u00e9";
        for (int i = 0; i < 3000; i++) {
            final StringBuilder text = new StringBuilder("\n");
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(random.nextInt(20) == 0 ? (char) random.nextInt(0x300)
                        : letters.charAt(random.nextInt(letters.length())));
            }
            verdict(text.toString().replaceAll("[\r\n]", " ").replaceFirst(" ", "\n"));
        }
    }

    @Test
    void randomBytesInPlaceOfASourceAreRefusedByLine() {
        final Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            final byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            verdict("\n" + new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void randomWordsOfTheDialectAreRefusedByLine() {
        final Random random = new Random(4);
        final String[] words = {"%if", "%endif", "%else", "%macro", "%endmacro", "%rep", "%endrep", "M", "equ", "1",
            "(", ")", "x:", ".y:", "%x", "%%x", "db", "align", "section", ".text", "global", "resb", "fill", "$", "-",
            "\n", "\n", "\n", ",", "[", "]", "PROBE", "rdi", "%include", "\"unit.asm\"", "%assert", "bits", "64"};
        for (int i = 0; i < 2000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(25); n > 0; n--) {
                text.append(words[random.nextInt(words.length)]).append(' ');
            }
            verdict(text.toString());
        }
    }

    /** {@return whether the unit is accepted; anything but an object or an {@link AsmException} fails the test} */
    private static boolean verdict(final String text) {
        try {
            Asm.assemble(text);
            return true;
        } catch (final AsmException e) {
            assertTrue(e.getMessage().startsWith("unit.asm:" + e.line() + ": "), e.getMessage());
            assertTrue(e.line() <= text.split("\r?\n", -1).length, e.getMessage());
            return false;
        }
    }

    private static List<String> mnemonics() throws IOException {
        try (InputStream in = HostileTest.class.getResourceAsStream("golden64.txt")) {
            final List<String> known = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).map(line -> line.replaceFirst(" .*", "")).toList();
            return Stream.concat(known.stream(), Arrays.stream(STRANGERS)).distinct()
                    .toList();
        }
    }

    private static String line(final Random random, final List<String> mnemonics) {
        final StringBuilder line = new StringBuilder();
        if (random.nextInt(8) == 0) {
            line.append(new String[] {"lock ", "rep ", "repne "}[random.nextInt(3)]);
        }
        line.append(mnemonics.get(random.nextInt(mnemonics.size())));
        String separator = " ";
        for (int n = random.nextInt(4); n > 0; n--) {
            line.append(separator).append(operand(random));
            separator = ", ";
        }
        return line.toString();
    }

    private static String operand(final Random random) {
        switch (random.nextInt(3)) {
            case 0:
                return REGISTERS[random.nextInt(REGISTERS.length)];
            case 1:
                return Long.toString(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(300) - 150);
            default:
                break;
        }
        final StringBuilder address = new StringBuilder(SIZES[random.nextInt(SIZES.length)]);
        address.append(random.nextInt(4) == 0 ? "gs:[" : "[");
        for (int n = random.nextInt(3); n > 0; n--) {
            address.append(REGISTERS[random.nextInt(REGISTERS.length)]);
            address.append(random.nextInt(3) == 0 ? "*" + (1 << random.nextInt(4)) : "").append(" + ");
        }
        return address.append(random.nextInt(3) == 0 ? "symbol" : Integer.toString(random.nextInt(1000))).append(']')
                .toString();
    }

    @Test
    void wrongEncodingsAreCaught() {
        try (EncodingCheck check = new EncodingCheck()) {
            final Template asked = new Template(64, "", "mov", List.of(
                    new Arg.Reg(Register.named("rax").orElseThrow()), new Arg.Reg(Register.named("rbx").orElseThrow())),
                    List.of());
            check.check(asked, new byte[] {0x48, (byte) 0x89, (byte) 0xd8});
            for (final byte[] wrong : new byte[][] {{0x48, (byte) 0x89, (byte) 0xc3}, {(byte) 0x89, (byte) 0xd8},
                {0x48, 0x01, (byte) 0xd8}, {0x48, (byte) 0x89, (byte) 0xd8, (byte) 0x90}, {0x48, (byte) 0x89}, {}}) {
                final Refusal e = assertThrows(Refusal.class, () -> check.check(asked, wrong));
                assertTrue(e.getMessage().contains("mov rax, rbx"), e.getMessage());
            }
        }
    }

    @Test
    void whatKeystoneWouldGetWrongIsRefused() {
        for (final String line : new String[] {"pop rip", "push 0xffffffff", "mov al, 256", "mov al, -129",
            "shl al, 300", "bt rax, 300", "and rax, 0xffffffff", "int 256", "in al, 0x160", "out 256, al", "ret 65536",
            "iret", "sysret", "pushf", "retf", "mov [rdi], 5", "inc [rdi]", "movzx eax, [rdi]", "shl [rdi], cl",
            "into", "mov rax, [rax + rbx + rcx]", "mov rax, [rsp*2]", "mov rax, [rax*3]", "mov rax, [eax + rbx]",
            "mov rax, [al]", "mov rax, [-rax]", "push byte 5", "lock nop", "rep mov rax, rbx", "nop dword [rax]",
            "mov rax, rip", "bits 32\nmov rax, 1", "bits 32\nmovsq", "bits 32\nmov eax, [r8d]", "bits 16"}) {
            Asm.refused(line);
        }
    }
}
