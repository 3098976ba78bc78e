package ringside.fastpath.codegen;

import static ringside.toolchain.codegen.Cond.NE;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;

import java.util.List;
import java.util.Map;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.ObjectCode;

/**
 * Emits a ring whose messages all have {@code LENGTH} bytes, in the place of {@code lib/message-ring.asm} and in the
 * same memory. {@code LENGTH} is 1 or more, {@code SLOTS} a power of two, 2 to 512.
 *
 * <pre>
 * message_make - make an empty ring
 *
 *   in        nothing
 *   out       nothing
 *   clobbers  rax, rcx, flags
 *   needs     the global ring at a page, zeros: a page, and a line for each of SLOTS
 *   probe     none
 *
 * message_put - send a message
 *
 *   in        rsi = message of whole words; ecx = LENGTH, which nobody looks at
 *   out       eax = 1, 0 where it is full, 2 where LENGTH is more than a slot carries
 *   clobbers  r8, r9, flags
 *   needs     one CPU sends
 *   probe     none
 *
 * message_take - receive the oldest message
 *
 *   in        rdx = room for it, whole words
 *   out       eax = LENGTH, or 0 where there is none
 *   clobbers  r8, r9, flags
 *   needs     one CPU receives; all messages have LENGTH bytes
 *   probe     none
 * </pre>
 *
 * <p>Neither side tests a length, rounds it or counts words. One that no slot carries is refused without a look at the
 * ring.
 */
public final class MessageRing implements SlotGenerator {
    private static final FixedPlace RING = new FixedPlace("ring");
    // As lib/message.inc has them.
    private static final int LINE_SHIFT = 6;
    private static final Mem PUT = RING.field(0);
    private static final Mem TAKE = RING.field(1 << LINE_SHIFT);
    private static final int SLOTS = 4096;
    private static final int LENGTH = 6;
    private static final int PAYLOAD = 8;
    private static final int INLINE = 56;
    private static final int REFUSED = 2;
    private static final int MOST_LENGTH = 1 << 16;
    private static final int MOST_SLOTS = 512;

    /** As declarations make it. */
    public MessageRing() {
        // Nothing is kept between images.
    }

    @Override
    public List<ObjectCode> generate(final Map<String, Long> constants) {
        final Shape shape = new Shape(constants);
        return List.of(new Emission(shape.powerOfTwo("SLOTS", 2, MOST_SLOTS),
                shape.between("LENGTH", 1, MOST_LENGTH)).emit());
    }

    /** One ring's routines. */
    private static final class Emission {
        private final CodeBuilder code = new CodeBuilder();
        private final int slots;
        private final int length;
        private final Mem slot;

        Emission(final int slots, final int length) {
            this.slots = slots;
            this.length = length;
            slot = RING.element(slots, R9, 1, SLOTS);
        }

        ObjectCode emit() {
            make();
            put();
            take();
            return code.build("ringside/fastpath/codegen/MessageRing");
        }

        private void make() {
            code.global("message_make");
            code.xor(Reg32.EAX, Reg32.EAX);
            code.xor(Reg32.ECX, Reg32.ECX);
            final Label next = code.here();
            code.mov(RING.element(slots, RAX, 1, SLOTS), Reg32.ECX);
            code.add(Reg32.EAX, 1 << LINE_SHIFT);
            code.inc(Reg32.ECX);
            code.cmp(Reg32.ECX, slots);
            code.jcc(Cond.B, next);
            code.ret();
        }

        private void put() {
            code.global("message_put");
            if (length > INLINE) {
                code.mov(Reg32.EAX, REFUSED);
                code.ret();
                return;
            }
            final Label full = code.newLabel(".full");
            findSlot(PUT);
            code.cmp(slot, Reg32.R8D);
            code.jcc(NE, full);
            code.mov(Width.WORD, slot.plus(LENGTH), length);
            for (int at = 0; at < length; at += Long.BYTES) {
                code.mov(RAX, Mem.at(RSI, at));
                code.mov(slot.plus(PAYLOAD + at), RAX);
            }
            code.inc(Reg32.R8D);
            code.mov(slot, Reg32.R8D);
            code.mov(PUT, Reg32.R8D);
            code.mov(Reg32.EAX, 1);
            code.ret();
            none(full);
        }

        private void take() {
            code.global("message_take");
            if (length > INLINE) {
                code.xor(Reg32.EAX, Reg32.EAX);
                code.ret();
                return;
            }
            final Label empty = code.newLabel(".empty");
            findSlot(TAKE);
            code.inc(Reg32.R8D);
            code.cmp(slot, Reg32.R8D);
            code.jcc(NE, empty);
            for (int at = 0; at < length; at += Long.BYTES) {
                code.mov(RAX, slot.plus(PAYLOAD + at));
                code.mov(Mem.at(RDX, at), RAX);
            }
            code.lea(Reg32.EAX, Mem.at(R8, slots - 1));
            code.mov(slot, Reg32.EAX);
            code.mov(TAKE, Reg32.R8D);
            code.mov(Reg32.EAX, length);
            code.ret();
            none(empty);
        }

        /** Leaves a side's index in {@code r8} and the place of its slot in {@code r9}. */
        private void findSlot(final Mem index) {
            code.mov(Reg32.R8D, index);
            FixedPlace.wrap(code, slots, Reg32.R9D, Reg32.R8D);
            code.shl(Reg32.R9D, LINE_SHIFT);
        }

        private void none(final Label none) {
            code.bind(none);
            code.xor(Reg32.EAX, Reg32.EAX);
            code.ret();
        }
    }
}
