package ringside.profiler.calibrate;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;

/**
 * LLVM's own model, where its tool is on the machine: {@code llvm-mca} over the instructions that up to 16 iterations
 * executed, in their order. It takes every branch as foreseen and every load as a hit; CALL stands as its push and its
 * jump, because the tool gives a call 100 cycles.
 */
public final class LlvmMca implements CycleModel {
    private static final Pattern NAME = Pattern.compile("llvm-mca(?:-(\\d{1,3}))?");
    private static final Pattern VERSION = Pattern.compile("LLVM version (\\d+)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total Cycles:\\s+(\\d+)\\s*$");
    private static final Pattern WRONG = Pattern.compile("(?m)error: (.*)$");
    private static final List<String> ZEN = List.of("znver4", "znver3");
    private static final int SECONDS = 20;
    private static final int MOST_INSTRUCTIONS = 400;
    private static final int INSTRUCTIONS_IN_ALL = 20_000;
    private static final int LEAST_ROUNDS = 10;

    private final Optional<Path> tool;
    private final String version;
    private final String cpu;

    private LlvmMca(final Optional<Path> tool, final String version, final String cpu) {
        this.tool = tool;
        this.version = version;
        this.cpu = cpu;
    }

    /**
     * {@return the column of the newest such tool, or one that says that there is none}
     *
     * @param directories where programs are, as in {@code PATH}
     * @param host        whose kind of CPU the tool is asked for, as far as it knows it
     */
    public static LlvmMca find(final String directories, final HostCpu host) {
        final Optional<Path> tool = Stream.of(directories.split(File.pathSeparator)).filter(text -> !text.isEmpty())
                .map(Path::of).flatMap(LlvmMca::tools).max(Comparator.comparingInt(LlvmMca::number));
        if (tool.isEmpty()) {
            return new LlvmMca(tool, "", "");
        }
        final Matcher says = VERSION.matcher(output(List.of(tool.get().toString(), "--version"), ""));
        final String version = says.find() ? "-" + says.group(1) : "";
        return new LlvmMca(tool, version, cpu(tool.get(), host));
    }

    private static Stream<Path> tools(final Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches()
                    && Files.isExecutable(file)).toList().stream();
        } catch (final IOException | UncheckedIOException e) {
            return Stream.empty();
        }
    }

    private static int number(final Path tool) {
        final Matcher name = NAME.matcher(tool.getFileName().toString());
        return name.matches() && name.group(1) != null ? Integer.parseInt(name.group(1)) : 0;
    }

    /** A tool older than the CPU takes the CPU before; of another maker's CPU it knows what it runs on. */
    private static String cpu(final Path tool, final HostCpu host) {
        final int zen3 = 0x19;
        if (host.family() != zen3) {
            return "native";
        }
        return ZEN.stream().filter(name -> TOTAL.matcher(output(command(tool, name, 1), "nop\n")).find()).findFirst()
                .orElse("native");
    }

    private static List<String> command(final Path tool, final String cpu, final int rounds) {
        return List.of(tool.toString(), "-mtriple=x86_64", "-mcpu=" + cpu, "-iterations=" + rounds,
                "-resource-pressure=false", "-instruction-info=false", "-");
    }

    @Override
    public String id() {
        return tool.isEmpty() ? "llvm-mca" : "llvm-mca" + version + "-" + cpu;
    }

    @Override
    public Estimate estimate(final Snippet snippet) {
        if (tool.isEmpty()) {
            return Estimate.none("llvm-mca is not on PATH");
        }
        final DynamicStream stream = DynamicStream.of(snippet, MOST_INSTRUCTIONS);
        final int rounds = Math.max(LEAST_ROUNDS, INSTRUCTIONS_IN_ALL / stream.addresses().size());
        return parse(output(command(tool.get(), cpu, rounds), text(snippet, stream)), stream.iterations() * rounds);
    }

    /**
     * {@return what the tool's output says}
     *
     * @param output     all of it
     * @param iterations that it covers
     */
    static Estimate parse(final String output, final int iterations) {
        final Matcher total = TOTAL.matcher(output);
        if (total.find()) {
            return Estimate.of(Double.parseDouble(total.group(1)) / iterations);
        }
        final Matcher wrong = WRONG.matcher(output);
        return Estimate.none(wrong.find() ? "llvm-mca: " + wrong.group(1) : output.isEmpty()
                ? "llvm-mca gave no answer in " + SECONDS + " s" : "llvm-mca's answer has no total");
    }

    /** {@return the stream as the tool reads it} */
    static String text(final Snippet snippet, final DynamicStream stream) {
        final Map<Long, String> lines = new TreeMap<>();
        final List<String> text = new ArrayList<>(List.of(".intel_syntax noprefix"));
        final byte[] code = snippet.code();
        try (Disassembler disassembler = Disassembler.open()) {
            for (final long address : stream.addresses()) {
                text.add(lines.computeIfAbsent(address, at -> {
                    final int offset = (int) (at - snippet.address());
                    return line(disassembler.decode(code, offset, code.length - offset, at).orElseThrow());
                }));
            }
        }
        return String.join("\n", text) + "\n";
    }

    /** Where a jump leads is of no interest to the tool, and it takes no bare address. */
    private static String line(final Instruction instruction) {
        final String operands = instruction.operands().replaceFirst("^0x\\p{XDigit}+$", "elsewhere");
        return switch (instruction.mnemonic()) {
            case "call" -> "push 0\njmp " + operands;
            case "rep movsb", "rep movsq", "rep stosb" -> instruction.mnemonic();
            default -> instruction.mnemonic().startsWith("j") ? instruction.mnemonic() + " " + operands
                    : instruction.text();
        };
    }

    /** {@return both of its streams; empty when it did not end in time} */
    private static String output(final List<String> command, final String input) {
        try {
            final Path in = Files.createTempFile("ringside-mca", ".s");
            final Path out = Files.createTempFile("ringside-mca", ".txt");
            try {
                Files.writeString(in, input);
                final Process process = new ProcessBuilder(command).redirectErrorStream(true)
                        .redirectInput(in.toFile()).redirectOutput(out.toFile()).start();
                try {
                    return process.waitFor(SECONDS, TimeUnit.SECONDS) ? Files.readString(out) : "";
                } finally {
                    process.destroyForcibly();
                }
            } finally {
                Files.delete(in);
                Files.delete(out);
            }
        } catch (final IOException e) {
            return "error: " + e.getMessage();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
