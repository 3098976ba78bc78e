package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.LineRow;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.Relocation;

/**
 * Some instructions of an emitted routine in another order, or left out: so a bug comes into code that has no source.
 * An instruction is a line as listings have it, e.g. {@code mov qword ptr [rip], rcx ; ring + 0x40}.
 */
final class EmittedCode {
    private static final byte NOP = (byte) 0x90;

    private final ObjectSection section;
    private final List<Instruction> instructions;
    private final List<String> texts;

    private EmittedCode(final ObjectCode unit, final ObjectSection section, final ObjectSymbol routine) {
        this.section = section;
        final int from = (int) routine.value();
        final int to = unit.symbols().stream().filter(other -> section.name().equals(other.section())
                && other.scope() == ObjectSymbol.Scope.GLOBAL && other.value() > from)
                .mapToInt(other -> (int) other.value()).min().orElse(section.bytes().length);
        try (Disassembler disassembler = Disassembler.bits64()) {
            instructions = disassembler.decodeAll(section.bytes(), from, to - from, from);
        }
        texts = instructions.stream().map(this::text).toList();
    }

    /**
     * {@return units with the bug in one of their routines}
     *
     * @param units  that were emitted
     * @param mutant a bug of emitted code
     * @throws IllegalArgumentException where its place is not there, is there more than once, or cannot be changed so
     */
    static List<ObjectCode> plant(final List<ObjectCode> units, final Mutant mutant) {
        for (int i = 0; i < units.size(); i++) {
            final ObjectCode unit = units.get(i);
            for (final ObjectSymbol symbol : unit.symbols()) {
                if (symbol.scope() == ObjectSymbol.Scope.GLOBAL && symbol.name().equals(mutant.file())) {
                    final ObjectSection old = unit.sections().stream()
                            .filter(one -> one.name().equals(symbol.section())).findFirst().orElseThrow();
                    final ObjectSection changed = new EmittedCode(unit, old, symbol).change(mutant);
                    final List<ObjectCode> all = new ArrayList<>(units);
                    all.set(i, new ObjectCode(unit.name(),
                            unit.sections().stream().map(one -> one == old ? changed : one).toList(),
                            unit.symbols()));
                    return all;
                }
            }
        }
        throw new IllegalArgumentException("no such emitted routine: " + mutant.file());
    }

    private ObjectSection change(final Mutant mutant) {
        final List<String> wanted = mutant.replace().stream().map(EmittedCode::even).toList();
        final List<Integer> places = IntStream.rangeClosed(0, texts.size() - wanted.size())
                .filter(place -> texts.subList(place, place + wanted.size()).equals(wanted)).boxed().toList();
        if (places.size() != 1 || wanted.isEmpty()) {
            throw new IllegalArgumentException("these lines are " + (places.isEmpty() ? "not in " : "not one place of ")
                    + mutant.file() + ", which is: " + String.join(" / ", texts));
        }
        final List<Instruction> there =
                instructions.subList(places.getFirst(), places.getFirst() + wanted.size());
        return rearranged(there, kept(there, wanted, mutant.with()));
    }

    /** {@return the instructions that stay, in their new order} */
    private static List<Instruction> kept(final List<Instruction> there, final List<String> wanted,
            final List<String> with) {
        final List<Instruction> kept = new ArrayList<>();
        for (final String line : with) {
            kept.add(IntStream.range(0, there.size())
                    .filter(i -> wanted.get(i).equals(even(line)) && !kept.contains(there.get(i)))
                    .mapToObj(there::get).findFirst().orElseThrow(() -> new IllegalArgumentException(
                            "emitted code can be put in another order or left out, and this is neither: " + line)));
        }
        return kept;
    }

    private ObjectSection rearranged(final List<Instruction> there, final List<Instruction> kept) {
        final int from = (int) there.getFirst().address();
        final int to = (int) there.getLast().address() + there.getLast().length();
        for (final Instruction jump : instructions) {
            if (isJump(jump) && jump.operands().startsWith("0x")) {
                final long target = Long.decode(jump.operands());
                if (target > from && target < to) {
                    throw new IllegalArgumentException("a jump leads into these lines: " + jump.text());
                }
            }
        }
        final byte[] code = section.bytes().clone();
        Arrays.fill(code, from, to, NOP);
        final List<Relocation> holes = new ArrayList<>(section.relocations().stream()
                .filter(hole -> hole.offset() < from || hole.offset() >= to).toList());
        final List<LineRow> lines = new ArrayList<>(section.lines().stream()
                .filter(row -> row.offset() < from || row.offset() >= to).toList());
        int place = from;
        for (final Instruction one : kept) {
            final int shift = place - (int) one.address();
            if (isJump(one) && shift != 0) {
                throw new IllegalArgumentException("a jump stays in its place: " + one.text());
            }
            System.arraycopy(section.bytes(), (int) one.address(), code, place, one.length());
            section.relocations().stream().filter(hole -> isIn(hole, one)).forEach(hole -> holes.add(
                    new Relocation(hole.offset() + shift, hole.kind(), hole.symbol(), hole.addend())));
            final int start = place;
            section.lines().stream().filter(row -> row.offset() <= one.address())
                    .reduce((earlier, later) -> later).ifPresent(row -> lines.add(new LineRow(start, row.source())));
            place += one.length();
        }
        holes.sort(Comparator.comparingInt(Relocation::offset));
        lines.sort(Comparator.comparingInt(LineRow::offset));
        return new ObjectSection(section.name(), section.align(), code, section.zeroBytes(), holes, lines,
                section.frames());
    }

    private static boolean isJump(final Instruction one) {
        return one.mnemonic().startsWith("j") || one.mnemonic().startsWith("loop") || one.mnemonic().equals("call");
    }

    private static boolean isIn(final Relocation hole, final Instruction one) {
        return hole.offset() >= one.address() && hole.offset() < one.address() + one.length();
    }

    private String text(final Instruction one) {
        final StringBuilder text = new StringBuilder(one.text());
        section.relocations().stream().filter(hole -> isIn(hole, one)).forEach(hole -> {
            final long behind = hole.kind() == Relocation.Kind.PC32
                    ? hole.addend() + one.address() + one.length() - hole.offset() : hole.addend();
            text.append(" ; ").append(hole.symbol()).append(behind == 0 ? "" : String.format(" + 0x%x", behind));
        });
        return even(text.toString());
    }

    private static String even(final String line) {
        return line.strip().replaceAll("\\s+", " ");
    }
}
