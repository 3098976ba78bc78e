package ringside.toolchain.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.Relocation;

/** GNU as is the referee: the same line gives the same bytes. */
class GoldenTest {
    private static final int SLOT = 32;
    private static final Set<Integer> PREFIXES =
            Set.of(0xf0, 0xf2, 0xf3, 0x2e, 0x36, 0x3e, 0x26, 0x64, 0x65, 0x66, 0x67);
    private static final String[] REGISTERS = {
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"
    };
    private static final String[] DISPLACEMENTS = {
        "", " + 1", " - 1", " + 127", " + 128", " - 128", " - 129", " + 0x7fffffff", " - 0x80000000"
    };

    @TempDir
    Path directory;

    @Test
    void kernelIdiomsAreEncodedAsByTheGnuAssembler() throws Exception {
        final List<String> lines = lines("golden64.txt");
        assertTrue(lines.size() >= 150, "the table has at least 150 idioms and holds " + lines.size());
        compare(64, lines);
    }

    @Test
    void bootStubIdiomsAreEncodedAsByTheGnuAssembler() throws Exception {
        compare(32, lines("golden32.txt"));
    }

    @Test
    void addressesWithEveryRegisterAndDisplacementEdgeAreEncodedAsByTheGnuAssembler() throws Exception {
        final List<String> lines = new ArrayList<>();
        for (final String base : REGISTERS) {
            for (final String displacement : DISPLACEMENTS) {
                lines.add("mov rax, qword ptr [" + base + displacement + "]");
                lines.add("mov dword ptr gs:[" + base + displacement + "], 0x12345678");
            }
            for (int i = 0; i < REGISTERS.length; i++) {
                final String index = REGISTERS[i];
                if (!index.equals("rsp")) {
                    lines.add("lea r9, [" + base + " + " + index + "*" + (1 << i % 3 + 1)
                            + DISPLACEMENTS[i % DISPLACEMENTS.length] + "]");
                }
            }
            if (!base.equals("rsp")) {
                lines.add("mov " + base + ", qword ptr [" + base + "*8 + 0x40]");
            }
            lines.add("mov qword ptr gs:[0x28], " + base);
            lines.add("cmp byte ptr [" + base + "], 0x7f");
        }
        compare(64, lines);
    }

    @Test
    void numbersAtTheEdgesOfTheirWidthsAreEncodedAsByTheGnuAssembler() throws Exception {
        final List<String> lines = new ArrayList<>();
        for (final String number : new String[] {"0", "1", "-1", "127", "128", "-128", "-129", "0x7fffffff",
            "-0x80000000"}) {
            for (final String mnemonic : new String[] {"add", "or", "adc", "sbb", "and", "sub", "xor", "cmp"}) {
                lines.add(mnemonic + " rbx, " + number);
                lines.add(mnemonic + " r13d, " + number);
                lines.add(mnemonic + " qword ptr [rdi], " + number);
            }
            lines.add("mov r8d, " + number);
            lines.add("mov qword ptr [rsi + 8], " + number);
            lines.add("imul rcx, rdx, " + number);
            lines.add("push " + number);
            lines.add("test rdx, " + number);
        }
        for (final String number : new String[] {"0xffffffff", "0xfffffff0", "0x80000000"}) {
            lines.add("and ecx, " + number);
            lines.add("mov dword ptr [rdi], " + number);
            lines.add("mov edx, " + number);
        }
        lines.add("mov rax, 0x80000000");
        lines.add("mov rax, 0xffffffffffffffff");
        lines.add("mov rax, 0x7fffffffffffffff");
        lines.add("mov rax, 0x8000000000000000");
        compare(64, lines);
    }

    @Test
    void relocationsAreThoseOfTheGnuAssembler() throws Exception {
        final List<String> lines = List.of("mov rax, qword ptr [rip + ext]", "mov qword ptr [rip + ext + 8], 1",
                "mov dword ptr [rip + ext], 0x12345678", "cmp byte ptr [rip + ext], 7",
                "cmp word ptr [rip + ext - 4], 0x1234", "add qword ptr [rip + ext], 1", "lea rdi, [rip + ext]",
                "lgdt [rip + ext]", "lidt [rip + ext + 2]", "inc dword ptr gs:[rip + ext]", "jmp qword ptr [rip + ext]",
                "call qword ptr [rip + ext]", "push qword ptr [rip + ext]", "imul rax, qword ptr [rip + ext], 1000",
                "lock cmpxchg qword ptr [rip + ext], rsi", "movaps xmm9, xmmword ptr [rip + ext]",
                "mov rax, qword ptr [rbx + ext]", "mov rax, qword ptr [rcx*8 + ext + 16]", "mov eax, dword ptr [ext]",
                "mov qword ptr gs:[ext], rdi", "mov dword ptr [rsp + ext], 5", "movabs rax, offset ext",
                "movabs r15, offset ext + 5", "push offset ext", "cmp rdi, offset ext", "mov esi, offset ext",
                "jmp ext", "call ext", "jz ext", "jnbe ext + 1");
        final StringBuilder ours = new StringBuilder();
        final StringBuilder theirs = new StringBuilder();
        for (final String line : lines) {
            ours.append(line.replace("[rip +", "[rel").replace("offset ", "")).append('\n');
            theirs.append(line).append('\n');
        }
        final byte[] code = gnu(64, theirs.toString());
        final ObjectSection section = Asm.section(Asm.assemble(ours.toString()), ".text");
        assertEquals(HexFormat.of().formatHex(code), HexFormat.of().formatHex(section.bytes()));
        final List<Relocation> expected = run("readelf", "-rW", directory.resolve("golden.o").toString()).lines()
                .filter(line -> line.contains("R_X86_64_")).map(GoldenTest::relocation)
                .sorted(Comparator.comparingInt(Relocation::offset)).toList();
        assertEquals(expected, section.relocations());
    }

    /** A line of readelf, {@code offset info type value symbol +/- addend}, in our words. */
    private static Relocation relocation(final String line) {
        final String[] field = line.strip().split("\\s+");
        final Relocation.Kind kind = switch (field[2]) {
            case "R_X86_64_PC32", "R_X86_64_PLT32" -> Relocation.Kind.PC32;
            case "R_X86_64_32" -> Relocation.Kind.ABS32;
            case "R_X86_64_32S" -> Relocation.Kind.ABS32S;
            default -> Relocation.Kind.ABS64;
        };
        final long addend = Long.parseLong(field[6], 16);
        return new Relocation(Integer.parseInt(field[0], 16), kind, field[4],
                field[5].equals("-") ? -addend : addend);
    }

    private static List<String> lines(final String resource) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        }
    }

    private void compare(final int bits, final List<String> lines) throws Exception {
        final StringBuilder ours = new StringBuilder("bits " + bits + "\n");
        final StringBuilder theirs = new StringBuilder();
        for (final String line : lines) {
            ours.append(line).append("\nalign ").append(SLOT).append(", 0xcc\n");
            theirs.append(line).append("\n.balign ").append(SLOT).append(", 0xcc\n");
        }
        final byte[] expected = gnu(bits, theirs.toString());
        final byte[] found = Asm.section(Asm.assemble(ours.toString()), ".text").bytes();
        final List<String> differences = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final byte[] left = slot(expected, i);
            final byte[] right = slot(found, i);
            if (!Arrays.equals(left, right)) {
                differences.add(lines.get(i) + ": as " + shown(left) + ", ours " + shown(right));
            }
        }
        assertEquals(List.of(), differences);
        assertEquals(expected.length, found.length);
    }

    /** One instruction and its padding, its prefixes sorted: their order means nothing (Intel SDM volume 2, 2.1.1). */
    private static byte[] slot(final byte[] code, final int number) {
        final byte[] slot = Arrays.copyOfRange(code, number * SLOT, (number + 1) * SLOT);
        int prefixes = 0;
        while (PREFIXES.contains(slot[prefixes] & 0xff)) {
            prefixes++;
        }
        Arrays.sort(slot, 0, prefixes);
        return slot;
    }

    private static String shown(final byte[] slot) {
        return HexFormat.of().formatHex(slot).replaceFirst("(cc)+$", "");
    }

    private byte[] gnu(final int bits, final String text) throws Exception {
        final Path source = directory.resolve("golden.s");
        final Path object = directory.resolve("golden.o");
        final Path binary = directory.resolve("golden.bin");
        Files.writeString(source, ".intel_syntax noprefix\n" + text);
        run("as", "--" + bits, "-o", object.toString(), source.toString());
        run("objcopy", "-O", "binary", "-j", ".text", object.toString(), binary.toString());
        return Files.readAllBytes(binary);
    }

    private static String run(final String... command) throws Exception {
        final Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (final IOException e) {
            Assumptions.abort(command[0] + " is not on this machine");
            return "";
        }
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
