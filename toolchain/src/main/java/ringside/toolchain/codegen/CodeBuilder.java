package ringside.toolchain.codegen;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.Relocation;

/**
 * Emits x86-64 machine code, one method a mnemonic, operands typed by width.
 *
 * <pre>{@code
 *   final CodeBuilder code = new CodeBuilder();
 *   final Label slow = code.newLabel(".slow_not_ready");
 *   code.global("thread_wake");
 *   code.cmp(DWORD, Mem.at(RDI, state), READY);
 *   code.jcc(NE, slow);
 *   code.lock().inc(QWORD, Mem.gs(wakeups));
 *   code.ret();
 *   code.bind(slow);
 *   code.jmp("thread_wake_slow");
 *   final ObjectCode object = code.build("thread_wake");
 * }</pre>
 *
 * <p>The same calls give the same bytes. An instruction of a {@code .text} section belongs to the Java line that
 * called this builder: the innermost stack frame that is neither the builder's nor the standard library's.
 *
 * <p>Instructions are encoded as the manual's opcode tables say (SDM 2), in the shortest form that has the same
 * effect; jumps are short where they reach.
 *
 * <p><b>Not modelled:</b> floating point, vectors, far transfers, 16- and 32-bit code, AH to DH.
 */
public final class CodeBuilder extends SystemInstructions {
    private String lastGlobal = "";
    private int probes;

    /** Starts an empty unit in its section {@code .text}. */
    public CodeBuilder() {
        super();
    }

    /**
     * Goes on in a section, at the end of what it has.
     *
     * @param name e.g. {@code .text} or {@code .rodata.ipc}; code is in {@code .text*}
     */
    public void section(final String name) {
        enter(name);
    }

    /** {@return a label without a name, not bound yet} */
    public Label newLabel() {
        return new Label(this, null, false);
    }

    /**
     * Makes a label that the symbol table shows.
     *
     * @param name a leading dot is replaced by the name of the last global and a dot, as in assembly
     * @return the label, not bound yet
     */
    public Label newLabel(final String name) {
        return new Label(this, Objects.requireNonNull(name, "name"), false);
    }

    /**
     * Binds a label to this place.
     *
     * @param label of this builder, not bound yet
     */
    public void bind(final Label label) {
        if (labelOf(label).bound()) {
            throw new IllegalStateException("a label is bound once: label=" + label);
        }
        final String name = label.name();
        define(label, name != null && name.startsWith(".") ? lastGlobal + name : name,
                ObjectSymbol.Scope.LOCAL, ObjectSymbol.Kind.LABEL);
    }

    /** {@return a label bound to this place} */
    public Label here() {
        final Label label = newLabel();
        bind(label);
        return label;
    }

    /**
     * Defines a symbol here that every unit may refer to: a routine in a {@code .text} section, data elsewhere.
     *
     * @param name the symbol
     */
    public void global(final String name) {
        define(labelOf(name), name, ObjectSymbol.Scope.GLOBAL, kindHere());
        lastGlobal = name;
    }

    /**
     * Defines a symbol here for this unit only: a routine in a {@code .text} section, data elsewhere.
     *
     * @param name the symbol
     */
    public void local(final String name) {
        define(labelOf(name), name, ObjectSymbol.Scope.LOCAL, kindHere());
        lastGlobal = name;
    }

    private ObjectSymbol.Kind kindHere() {
        return current().isCode() ? ObjectSymbol.Kind.FUNCTION : ObjectSymbol.Kind.OBJECT;
    }

    /**
     * Marks this place without emitting anything: an event when the next instruction is about to run.
     *
     * @param kind      words joined by {@code _}
     * @param registers whose values the event carries
     */
    public void probe(final String kind, final Reg64... registers) {
        if (kind.isEmpty() || kind.indexOf('$') >= 0) {
            throw new IllegalArgumentException("a probe's kind is words joined by _: kind=" + kind);
        }
        final StringBuilder name = new StringBuilder("probe$").append(kind);
        for (final Reg64 register : registers) {
            name.append('$').append(register.text());
        }
        define(newLabel(), name.append('$').append(++probes).toString(),
                ObjectSymbol.Scope.LOCAL, ObjectSymbol.Kind.PROBE);
    }

    /** {@return this, with a LOCK prefix waiting for the next instruction, which must change memory} */
    public CodeBuilder lock() {
        lockNext();
        return this;
    }

    /**
     * Pads to a multiple: with NOPs in code, with zeros in data.
     *
     * @param bytes a power of two
     */
    public void align(final int bytes) {
        markLine();
        current().pad(bytes, current().isCode() ? CodeSection.Padding.NOPS : 0);
    }

    /**
     * Pads to a multiple with a byte.
     *
     * @param bytes a power of two
     * @param fill  0 to 255
     */
    public void align(final int bytes, final int fill) {
        markLine();
        current().pad(bytes, fill & 0xff);
    }

    /**
     * Emits bytes.
     *
     * @param values the low 8 bits of each
     */
    public void db(final int... values) {
        markLine();
        for (final int value : values) {
            current().append(value);
        }
    }

    /**
     * Emits 4-byte numbers.
     *
     * @param values least significant byte first
     */
    public void dd(final int... values) {
        markLine();
        for (final int value : values) {
            current().append(value, Integer.BYTES);
        }
    }

    /**
     * Emits 8-byte numbers.
     *
     * @param values least significant byte first
     */
    public void dq(final long... values) {
        markLine();
        for (final long value : values) {
            current().append(value, Long.BYTES);
        }
    }

    /**
     * Emits the address of a symbol, 8 bytes.
     *
     * @param symbol defined here or elsewhere
     * @param addend bytes to add
     */
    public void dq(final String symbol, final long addend) {
        markLine();
        current().fixup(Relocation.Kind.ABS64, labelOf(symbol), addend);
    }

    /**
     * Emits the address of a label, 8 bytes.
     *
     * @param label of this builder
     */
    public void dq(final Label label) {
        markLine();
        current().fixup(Relocation.Kind.ABS64, labelOf(label), 0);
    }

    /**
     * Emits text in UTF-8, without an end mark.
     *
     * @param text any
     */
    public void text(final String text) {
        markLine();
        for (final byte value : text.getBytes(StandardCharsets.UTF_8)) {
            current().append(value);
        }
    }

    /**
     * Leaves zero bytes; at the end of a section they take no room in the file.
     *
     * @param bytes how many
     */
    public void reserve(final long bytes) {
        markLine();
        current().reserve(bytes);
    }

    /**
     * Finishes the unit; the builder may go on and build again.
     *
     * @param unit its name in messages and debug information
     * @return all sections that have something in them, and all symbols
     * @throws IllegalStateException if a label is used and not bound
     */
    public ObjectCode build(final String unit) {
        return object(unit);
    }

    /**
     * Finishes code that runs wherever it is put.
     *
     * @return the bytes of {@code .text}
     * @throws IllegalStateException if a label is used and not bound, something is in another section, or an address
     *     is needed that only a linker knows
     */
    public byte[] bytes() {
        final ObjectCode object = build("stub");
        if (object.sections().isEmpty()) {
            return new byte[0];
        }
        final ObjectSection text = object.sections().getFirst();
        if (object.sections().size() > 1 || !".text".equals(text.name()) || text.zeroBytes() != 0) {
            throw new IllegalStateException("a stub has code only: sections=" + object.sections().stream()
                    .map(ObjectSection::name).toList());
        }
        if (!text.relocations().isEmpty()) {
            final Relocation first = text.relocations().getFirst();
            throw new IllegalStateException(
                    "a stub needs no linker: symbol=" + first.symbol() + ", offset=" + first.offset());
        }
        return text.bytes();
    }
}
