package ringside.profiler.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.ObjectSection;

/** The list of forms, and instructions as the assembler and the disassembler make them of a text. */
final class Forms {
    static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..").normalize();

    private Forms() {
    }

    /** Form to sample, in the list's order. */
    static Map<String, String> listed() {
        final Map<String, String> forms = new LinkedHashMap<>();
        try {
            for (final String line : Files.readAllLines(ROOT.resolve("scripts/lib/instruction-forms.txt"))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    final String[] parts = line.split("\\|");
                    forms.put(parts[0].strip(), parts[1].strip());
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return forms;
    }

    /** Samples as the disassembler prints them, some of which the assembler does not take. */
    static List<Instruction> samples() {
        final List<String> lines = List.copyOf(listed().values());
        final Iterator<Instruction> assembled = assembled(lines.stream().filter(line -> !printed(line)).toList())
            .iterator();
        return lines.stream().map(line -> !printed(line) ? assembled.next()
            : of(line.replace("target", "0x1000").replaceAll("^(rcl .*ptr .*), 1$", "$1")
                .replaceAll("^(comisd .*) qword", "$1 xmmword"))).toList();
    }

    private static boolean printed(final String line) {
        return line.matches(".*st\\(.*|nop .*|jrcxz .*|loop .*|rcl .*ptr .*, 1|comisd .*ptr.*");
    }

    static List<Instruction> assembled(final Iterable<String> lines) {
        try (Assembler assembler = Assembler.start(SourceTree.of(Map.of("forms.asm",
                "target:\n" + String.join("\n", lines) + "\n"))); Disassembler disassembler = Disassembler.bits64()) {
            final ObjectSection text = assembler.assemble("forms.asm", Map.of()).sections().getFirst();
            return disassembler.decodeAll(text.bytes(), 0, text.bytes().length, 0x1000);
        }
    }

    /** An instruction from its text alone; three bytes long. */
    static Instruction of(final String text) {
        for (final String prefix : List.of("lock ", "rep ", "repe ", "repne ")) {
            if (text.startsWith(prefix)) {
                final Instruction rest = of(text.substring(prefix.length()));
                return new Instruction(0, 3, prefix + rest.mnemonic(), rest.operands());
            }
        }
        final int blank = text.indexOf(' ');
        return blank < 0 ? new Instruction(0, 3, text, "")
                : new Instruction(0, 3, text.substring(0, blank), text.substring(blank + 1));
    }
}
