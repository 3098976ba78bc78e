package ringside.toolchain.disasm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decodes x86 machine code, one instruction at a time; Intel syntax.
 *
 * <p>Bytes that are no instruction are a value ({@link Optional#empty()}, length 0), never an exception. An
 * instance holds one native handle: for one thread at a time, and closed by its owner.
 */
public final class Disassembler implements AutoCloseable {
    /** The longest instruction, bytes (Intel SDM volume 2, 2.3.11). */
    public static final int LONGEST = 15;

    private static final long CODE_POINTER = 0;
    private static final long CODE_SIZE = 8;
    private static final long CODE_ADDRESS = 16;
    private static final long SCRATCH = 24;
    private static final long INSN = 48;

    private final Arena arena;
    private final MemorySegment handle;
    private final long handleValue;
    private final MemorySegment memory;
    private final MemorySegment scratch;
    private final long base;
    private boolean closed;

    private Disassembler(final int mode) {
        Capstone.requireLoaded();
        arena = Arena.ofShared();
        handle = arena.allocate(ADDRESS);
        memory = arena.allocate(INSN + Capstone.INSN_BYTES, Long.BYTES);
        scratch = memory.asSlice(SCRATCH, INSN - SCRATCH);
        base = memory.address();
        try {
            final int status = (int) Capstone.OPEN.invokeExact(Capstone.ARCH_X86, mode, handle);
            if (status != 0) {
                throw new IllegalStateException("cs_open failed: mode=" + mode + " status=" + status);
            }
        } catch (final Throwable e) {
            arena.close();
            throw Capstone.unexpected(e);
        }
        handleValue = handle.get(JAVA_LONG_UNALIGNED, 0);
    }

    /**
     * {@return a decoder of 64-bit code}
     *
     * @throws ringside.toolchain.natives.NativeLibraryException when Capstone is missing or not the pinned build
     */
    public static Disassembler open() {
        return bits64();
    }

    /** {@return a decoder of 64-bit code} */
    public static Disassembler bits64() {
        return new Disassembler(Capstone.MODE_64);
    }

    /** {@return a decoder of 16-bit code, of real mode or of a 16-bit segment} */
    public static Disassembler bits16() {
        return new Disassembler(Capstone.MODE_16);
    }

    /** {@return a decoder of 32-bit protected-mode code} */
    public static Disassembler bits32() {
        return new Disassembler(Capstone.MODE_32);
    }

    /**
     * Decodes the instruction at {@code offset}.
     *
     * @param code    holds it
     * @param offset  of its first byte
     * @param length  the bytes that may be read
     * @param address what the guest calls the first byte
     * @return the instruction, or empty where the bytes are none or end too early
     */
    public Optional<Instruction> decode(final byte[] code, final int offset, final int length, final long address) {
        Objects.checkFromIndexSize(offset, length, code.length);
        final int available = Math.min(length, LONGEST);
        MemorySegment.copy(code, offset, scratch, JAVA_BYTE, 0, available);
        final int size = step(scratch.address(), available, address);
        if (size == 0) {
            return Optional.empty();
        }
        return Optional.of(new Instruction(address, size, memory.getString(INSN + Capstone.INSN_MNEMONIC),
                memory.getString(INSN + Capstone.INSN_OPERANDS)));
    }

    /**
     * Decodes instruction after instruction until the range is used up or holds no further one.
     *
     * @param code    holds them
     * @param offset  of the first byte
     * @param length  bytes in the range
     * @param address what the guest calls the first byte
     * @return the instructions; they cover less than {@code length} where a byte starts none
     */
    public List<Instruction> decodeAll(final byte[] code, final int offset, final int length, final long address) {
        Objects.checkFromIndexSize(offset, length, code.length);
        final List<Instruction> result = new ArrayList<>();
        int at = 0;
        while (at < length) {
            final Optional<Instruction> instruction = decode(code, offset + at, length - at, address + at);
            if (instruction.isEmpty()) {
                break;
            }
            result.add(instruction.get());
            at += instruction.get().length();
        }
        return result;
    }

    /**
     * Measures one instruction without allocating.
     *
     * @param code      native memory
     * @param offset    of the first byte, from the start of {@code code}
     * @param available the bytes that may be read
     * @param address   what the guest calls the first byte
     * @return its length in bytes, or 0 where the bytes are no instruction or end too early
     */
    public int length(final MemorySegment code, final long offset, final int available, final long address) {
        Objects.checkFromIndexSize(offset, available, code.byteSize());
        if (!code.isNative()) {
            throw new IllegalArgumentException("the decoder reads native memory only: code=" + code);
        }
        return step(code.address() + offset, Math.min(available, LONGEST), address);
    }

    private int step(final long pointer, final int available, final long address) {
        if (closed) {
            throw new IllegalStateException("the disassembler is closed");
        }
        memory.set(JAVA_LONG_UNALIGNED, CODE_POINTER, pointer);
        memory.set(JAVA_LONG_UNALIGNED, CODE_SIZE, available);
        memory.set(JAVA_LONG_UNALIGNED, CODE_ADDRESS, address);
        try {
            final boolean found = (boolean) Capstone.NEXT.invokeExact(handleValue, base + CODE_POINTER,
                    base + CODE_SIZE, base + CODE_ADDRESS, base + INSN);
            return found ? memory.get(JAVA_SHORT_UNALIGNED, INSN + Capstone.INSN_SIZE) : 0;
        } catch (final Throwable e) {
            throw Capstone.unexpected(e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            final int status = (int) Capstone.CLOSE.invokeExact(handle);
            if (status != 0) {
                throw new IllegalStateException("cs_close failed: status=" + status);
            }
        } catch (final Throwable e) {
            throw Capstone.unexpected(e);
        } finally {
            arena.close();
        }
    }
}
