package ringside.profiler.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ringside.profiler.model.InstructionTable.Row;
import ringside.profiler.model.Microarchitecture.Core;
import ringside.profiler.model.Microarchitecture.Cost;
import ringside.profiler.model.Microarchitecture.Hardware;
import ringside.toolchain.disasm.Instruction;

/**
 * From a disassembled instruction to what it asks of a core: the costs from the core's tables, the registers, flags and
 * memory that it reads and writes from tables of its own, which all cores share.
 *
 * <p>Nothing that a guest may run is refused. What no row fits is given the cost of an ADD, or of a floating-point one
 * where it names a vector or x87 register, and {@link Trait#GUESSED}.
 */
public final class InstructionDecoder {
    private static final Set<String> PREFIXES = Access.words(
            "lock rep repe repz repne repnz bnd notrack xacquire xrelease data16 addr32");
    private static final Set<String> STRINGS = Access.words("""
            movsb movsw movsd movsq stosb stosw stosd stosq lodsb lodsw lodsd lodsq scasb scasw scasd scasq cmpsb cmpsw
            cmpsd cmpsq insb insw insd outsb outsw outsd""");
    private static final Set<String> VECTOR_MOVES = Access.words("movaps movapd movups movupd movdqa movdqu");
    private static final Set<String> ZEROING = Access.words("""
            xor sub pxor xorps xorpd psubb psubw psubd psubq psubsb psubsw psubusb psubusw pcmpgtb pcmpgtw pcmpgtd
            pcmpgtq pandn andnps andnpd""");
    /**
     * Equal operands give ones, or the borrow alone: no register is waited for, but something is computed. Intel's
     * cores wait for SBB's register all the same; for kernels that is one cycle now and then.
     */
    private static final Set<String> INDEPENDENT = Access.words("pcmpeqb pcmpeqw pcmpeqd pcmpeqq sbb");

    private final Hardware hardware;
    private final InstructionTable table;

    private InstructionDecoder(final Hardware hardware, final InstructionTable table) {
        this.hardware = hardware;
        this.table = table;
    }

    /**
     * {@return a decoder for a core that has hardware}
     *
     * @param architecture what the core is made of; it names the tables
     * @throws ModelException where a table is none
     */
    public static InstructionDecoder of(final Microarchitecture architecture) {
        final Hardware hardware = architecture.hardware()
                .orElseThrow(() -> new IllegalArgumentException("nothing to decode for: id=" + architecture.id()));
        return new InstructionDecoder(hardware, hardware.table());
    }

    /** {@return the rows that it looks into} */
    public InstructionTable table() {
        return table;
    }

    /** {@return what the instruction asks for} */
    public StaticInstruction decode(final Instruction instruction) {
        final List<String> words = new ArrayList<>(List.of(instruction.mnemonic().split(" ")));
        int traits = 0;
        while (words.size() > 1 && PREFIXES.contains(words.getFirst())) {
            final String prefix = words.removeFirst();
            traits |= prefix.equals("lock") ? Trait.LOCKED : prefix.startsWith("rep") ? Trait.REPEATED : 0;
        }
        final String mnemonic = words.getFirst();
        return new Decoding(instruction.length(), mnemonic, Operand.all(instruction.operands()), traits).result();
    }

    /** One instruction on its way. */
    private final class Decoding {
        private final int length;
        private final String mnemonic;
        private final List<Operand> operands;
        private final boolean string;
        private final boolean idiom;
        private final BitSet reads = new BitSet(Resource.COUNT);
        private final BitSet addresses = new BitSet(Resource.COUNT);
        private final BitSet writes = new BitSet(Resource.COUNT);
        private int traits;
        private int loads;
        private int stores;

        Decoding(final int length, final String mnemonic, final List<Operand> operands, final int traits) {
            this.length = length;
            this.mnemonic = mnemonic;
            this.operands = operands;
            this.string = STRINGS.contains(mnemonic) && operands.stream().noneMatch(o -> o.kind().equals("x"));
            this.idiom = sameRegisters();
            // REP in front of anything but a string instruction does nothing (REP RET), or is a part of its name.
            this.traits = string ? traits : traits & ~Trait.REPEATED;
        }

        StaticInstruction result() {
            if (string) {
                string();
            } else {
                operands();
                stack();
            }
            implicit();
            flags();
            final Flow flow = flow();
            if (mnemonic.equals("xchg")) {
                traits |= stores > 0 ? Trait.LOCKED : hardware.core().moves() && operands.stream().allMatch(
                        operand -> List.of("r32", "r64").contains(operand.kind())) ? Trait.SWAP : 0;
            }
            if (loads > 0 && stores > 0 && !string && !List.of("push", "pop", "call").contains(mnemonic)) {
                traits |= Trait.READ_MODIFY_WRITE;
            }
            if (mnemonic.equals("mfence")) {
                traits |= Trait.WAITS_FOR_STORES;
            }
            if (mnemonic.equals("sfence")) {
                traits |= Trait.ORDERS_STORES;
            }
            if (operands.stream().anyMatch(operand -> operand.kind().equals("m128"))) {
                traits |= Trait.WIDE;
            }
            if (fuses()) {
                traits |= Trait.FUSES_WITH_BRANCH;
            }
            if (reads.get(Resource.RSP) && (traits & Trait.STACK) == 0) {
                traits |= Trait.READS_STACK_POINTER;
            }
            return priced(flow);
        }

        private StaticInstruction priced(final Flow flow) {
            final Optional<FixedCost> fixed = FixedCosts.of(mnemonic, operands);
            if (fixed.isPresent()) {
                traits |= FixedCosts.isPrivileged(fixed.get()) ? Trait.PRIVILEGED : 0;
                traits |= FixedCosts.mayDropTranslations(fixed.get()) ? Trait.DROPS_TRANSLATIONS : 0;
                final Cost cost = hardware.cost(fixed.get());
                return made(flow, new Row(form(mnemonic), 1, 0, 0, 0, 0, cost.source()), cost.cycles());
            }
            final Core core = hardware.core();
            final Row row = row();
            if (core.moves() && moves()) {
                traits |= Trait.ELIMINATED_MOVE;
            } else if (!(core.zeroing() && idiom && ZEROING.contains(mnemonic))) {
                return made(flow, row, 0);
            }
            return made(flow, new Row(row.form(), row.slots(), 0, 0, 0, 0, row.source()), 0);
        }

        private StaticInstruction made(final Flow flow, final Row row, final int serial) {
            final boolean more = stores > 0 && loads == 0 && (traits & Trait.INDEXED) != 0 && row.slots() == 1;
            final int slots = more ? 1 + hardware.core().indexedStores() : row.slots();
            return new StaticInstruction(length, row.form(), flow, slots, row.ports(), row.issues(),
                    row.occupancy(), row.latency(), reads.stream().toArray(), addresses.stream().toArray(),
                    writes.stream().toArray(), loads, stores, traits, serial);
        }

        private Row row() {
            for (final String form : List.of(form(mnemonic), form(FlagAccess.general(mnemonic)))) {
                final Optional<Row> row = table.row(form);
                if (row.isPresent()) {
                    return row.get();
                }
            }
            traits |= Trait.GUESSED;
            final boolean vector = mnemonic.startsWith("f") || operands.stream().anyMatch(
                    operand -> List.of("x", "y", "z", "mm", "st").contains(operand.kind()));
            final Row like = table.row(vector ? "addps x,x" : "add r64,r64").orElse(
                    new Row("", 1, 1, 0, 0, 0, ""));
            return new Row(form(mnemonic), like.slots(), like.latency(), like.ports(), like.issues(),
                    like.occupancy(), "guessed as " + like.form());
        }

        /** The row's name: string instructions have one without their operands, which are always the same. */
        private String form(final String name) {
            if (string || operands.isEmpty()) {
                return name;
            }
            final List<String> kinds = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                kinds.add(kind(i));
            }
            if (FlagAccess.isShift(mnemonic) && kinds.size() == 1) {
                // The disassembler prints no 1 behind RCL of memory.
                kinds.add("one");
            }
            return name + " " + String.join(",", kinds);
        }

        private String kind(final int number) {
            final Operand operand = operands.get(number);
            if (mnemonic.equals("lea") && number > 0) {
                return operand.sum();
            }
            if (FlagAccess.isShift(mnemonic) && number > 0) {
                return operand.isOne() && number == 1 && operands.size() == 2 ? "one"
                        : operand.isCount() && number == operands.size() - 1 ? "cl" : operand.kind();
            }
            if (operand.kind().equals("i")) {
                return mnemonic.startsWith("j") || mnemonic.equals("call") || mnemonic.startsWith("loop") ? "rel"
                        : mnemonic.equals("movabs") ? "i64" : "i";
            }
            if (mnemonic.equals("comisd") && operand.kind().equals("m128")) {
                // As the disassembler prints it; it reads eight bytes.
                return "m64";
            }
            if (operand.kind().equals("m") && mnemonic.startsWith("prefetch")) {
                return "m8";
            }
            return operand.kind();
        }

        private void operands() {
            for (int i = 0; i < operands.size(); i++) {
                final Operand operand = operands.get(i);
                final boolean written = i == 0 ? !Access.readsOnly(mnemonic, operands)
                        : i == 1 && (Access.swaps(mnemonic) || mnemonic.equals("mulx"));
                final boolean read = i == 0 ? !Access.writesOnly(mnemonic, operands)
                        : !(mnemonic.equals("mulx") && i == 1);
                if (operand.isMemory()) {
                    memory(operand, read, written);
                } else if (operand.resource() >= 0) {
                    final boolean merged = written && operand.isPartial();
                    if ((read || merged) && !idiom) {
                        reads.set(operand.resource());
                    }
                    if (written) {
                        writes.set(operand.resource());
                    }
                }
            }
            if (operands.isEmpty() && mnemonic.startsWith("f")) {
                reads.set(Resource.X87);
                writes.set(Resource.X87);
            }
        }

        private void memory(final Operand operand, final boolean read, final boolean written) {
            final BitSet needed = mnemonic.equals("lea") ? reads : addresses;
            if (operand.base() >= 0) {
                needed.set(operand.base());
            }
            if (operand.index() >= 0) {
                needed.set(operand.index());
            }
            if (Access.noMemory(mnemonic)) {
                return;
            }
            loads += read ? 1 : 0;
            stores += written ? 1 : 0;
            traits |= operand.index() >= 0 ? Trait.INDEXED : 0;
            traits |= operand.isScaled() ? Trait.SCALED : 0;
            traits |= operand.base() == Resource.RSP ? Trait.STACK : 0;
        }

        /** RSP's steps are made ahead of execution, so they are no write that anything waits for. */
        private void stack() {
            switch (mnemonic) {
                case "push", "call", "pushf", "pushfd", "pushfq", "enter" -> stores++;
                case "pop", "ret", "retf", "retfq", "popf", "popfd", "popfq", "leave" -> loads++;
                default -> {
                    return;
                }
            }
            addresses.set(mnemonic.equals("leave") ? Resource.GENERAL + 5 : Resource.RSP);
            traits |= Trait.STACK;
        }

        private void string() {
            final int si = Registers.resource("rsi");
            final int di = Registers.resource("rdi");
            final String kind = mnemonic.substring(0, mnemonic.length() - 1);
            final boolean source = List.of("movs", "lods", "cmps", "outs").contains(kind);
            final boolean destination = List.of("movs", "stos", "scas", "cmps", "ins").contains(kind);
            loads = (source ? 1 : 0) + (List.of("scas", "cmps").contains(kind) ? 1 : 0);
            stores = List.of("movs", "stos", "ins").contains(kind) ? 1 : 0;
            for (final int register : new int[] {source ? si : -1, destination ? di : -1}) {
                if (register >= 0) {
                    addresses.set(register);
                    writes.set(register);
                }
            }
            if (List.of("stos", "scas").contains(kind)) {
                reads.set(Resource.GENERAL);
            }
            if (kind.equals("lods")) {
                writes.set(Resource.GENERAL);
            }
            if ((traits & Trait.REPEATED) != 0) {
                reads.set(Registers.resource("rcx"));
                writes.set(Registers.resource("rcx"));
            }
        }

        private void implicit() {
            final boolean narrow = !operands.isEmpty() && List.of("r8", "m8").contains(operands.getFirst().kind());
            add(Access.implicitReads(mnemonic, operands.size(), narrow), reads);
            final String results = Access.implicitWrites(mnemonic, operands.size(), narrow);
            add(results, writes);
            final boolean half = !operands.isEmpty() && List.of("r16", "m16").contains(operands.getFirst().kind());
            if (half && operands.size() == 1 || mnemonic.equals("cwd")) {
                // A write of 16 bits leaves the rest of the register.
                add(results, reads);
            }
            if (operands.size() == 1 && List.of("mul", "imul").contains(mnemonic) && !narrow) {
                traits |= Trait.HIGH_LATER;
            }
            final Optional<FixedCost> fixed = FixedCosts.of(mnemonic, operands);
            if (fixed.filter(FixedCosts::isPrivileged).isPresent()) {
                writes.set(Resource.SYSTEM);
            }
            if (mnemonic.equals("ldmxcsr")) {
                writes.set(Resource.MXCSR);
            }
            if (mnemonic.equals("stmxcsr")) {
                reads.set(Resource.MXCSR);
            }
        }

        private static void add(final String names, final BitSet set) {
            for (final String name : names.split(" ")) {
                if (!name.isEmpty()) {
                    set.set(Registers.resource(name));
                }
            }
        }

        private void flags() {
            final int in = FlagAccess.reads(mnemonic, operands);
            final int out = FlagAccess.writes(mnemonic, operands);
            final int[] resources = {Resource.CARRY, Resource.FLAGS, Resource.SYSTEM_FLAGS};
            for (int bit = 0; bit < resources.length; bit++) {
                if ((in & 1 << bit) != 0) {
                    reads.set(resources[bit]);
                }
                if ((out & 1 << bit) != 0) {
                    writes.set(resources[bit]);
                }
            }
        }

        private Flow flow() {
            final boolean direct = operands.size() == 1 && operands.getFirst().kind().equals("i");
            if (FlagAccess.isConditional(mnemonic) && mnemonic.startsWith("j")) {
                return Flow.CONDITIONAL;
            }
            return switch (mnemonic) {
                case "jrcxz", "jecxz", "jcxz", "loop", "loope", "loopne" -> Flow.CONDITIONAL;
                case "jmp" -> direct ? Flow.JUMP : Flow.INDIRECT_JUMP;
                case "call" -> direct ? Flow.CALL : Flow.INDIRECT_CALL;
                case "ret" -> Flow.RETURN;
                case "syscall", "sysret", "sysretq", "sysenter", "sysexit", "sysexitq", "iret", "iretd", "iretq", "int",
                    "int1", "int3", "into", "ljmp", "lcall", "retf", "retfq", "ud0", "ud1", "ud2", "vmlaunch",
                    "vmresume", "vmcall", "vmmcall" -> Flow.FAR;
                default -> Flow.NEXT;
            };
        }

        // LEA of one register is a move by another name: measured on a Zen 4 host to cost as little.
        private boolean moves() {
            if (mnemonic.equals("lea") && operands.size() == 2 && operands.getLast().isOneRegister()) {
                return true;
            }
            if (operands.size() != 2 || operands.getFirst().isMemory() || operands.getLast().isMemory()) {
                return false;
            }
            final String to = operands.getFirst().kind();
            return to.equals(operands.getLast().kind()) && (mnemonic.equals("mov") && List.of("r32", "r64").contains(to)
                    || VECTOR_MOVES.contains(mnemonic) && to.equals("x"));
        }

        private boolean sameRegisters() {
            return operands.size() == 2 && operands.getFirst().resource() >= 0
                    && operands.getFirst().equals(operands.getLast()) && !operands.getFirst().isPartial()
                    && (ZEROING.contains(mnemonic) || INDEPENDENT.contains(mnemonic));
        }

        private boolean fuses() {
            final boolean memory = operands.stream().anyMatch(Operand::isMemory);
            final boolean number = operands.stream().anyMatch(operand -> operand.kind().equals("i"));
            return hardware.frontEnd().fuses().contains(mnemonic) && !(memory && number) && stores == 0;
        }
    }
}
