package ringside.fastpath.codegen;

import static ringside.toolchain.codegen.Cond.A;
import static ringside.toolchain.codegen.Cond.B;
import static ringside.toolchain.codegen.Cond.E;
import static ringside.toolchain.codegen.Cond.NE;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;

import java.util.List;
import java.util.Map;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.ObjectCode;

/**
 * Emits a ring of messages that come and go {@code BATCH} at a time, in the place of {@code lib/ring-batch.asm} and in
 * the same memory. {@code CAPACITY} is a power of two, 1 to 512; {@code WORDS} of a message, 1 to 64; {@code BATCH} up
 * to the capacity; a batch has at most 512 words, and the ring 256 KiB. With {@code ROLLED = 1} the words of a message
 * are copied one after the other in a loop over the messages: less code, for a core that has not run it. {@code BATCH}
 * divides the capacity then.
 *
 * <pre>
 * batch_make - make an empty ring
 *
 *   in        esi = CAPACITY, edx = WORDS, which nobody looks at
 *   out       nothing
 *   clobbers  none
 *   needs     the global ring at a page, zeros; nobody else uses it
 *   probe     none
 *
 * batch_put - put messages behind all others, with one publication
 *
 *   in        rsi = messages one behind the other; ecx = BATCH, which nobody looks at
 *   out       eax = 1, or 0 where not all of them fit, and none is put
 *   clobbers  rcx, rdx, flags; rolled, rsi and r8 as well
 *   needs     one CPU puts, always BATCH; the other side takes as many
 *   probe     none
 *
 * batch_take - take the oldest messages
 *
 *   in        rsi = room for them; ecx = BATCH, which nobody looks at
 *   out       eax = 1, or 0 where there are not so many, and none is taken
 *   clobbers  rcx, rdx, flags; rolled, rsi and r8 as well
 *   needs     one CPU takes, always BATCH
 *   probe     none
 * </pre>
 *
 * <p>Where a batch divides the ring, no batch goes over its end and full leaves no rest: the place is found once, and
 * full and empty are equalities. Words are copied one after the other without a count.
 */
public final class BatchRing implements SlotGenerator {
    private static final FixedPlace RING = new FixedPlace("ring");
    // As lib/ring-batch.asm has them.
    private static final int LINE = 64;
    private static final Mem PUT = RING.field(0);
    private static final Mem TAKE = RING.field(LINE);
    private static final Mem MASK = RING.field(LINE * 2);
    private static final Mem SLOT_WORDS = RING.field(LINE * 2 + Long.BYTES);
    private static final int SLOTS = 4096;
    private static final int MOST_SLOTS = 512;
    private static final int MOST_WORDS = 64;
    private static final int MOST_COPIED = 512;

    /** As declarations make it. */
    public BatchRing() {
        // Nothing is kept between images.
    }

    @Override
    public List<ObjectCode> generate(final Map<String, Long> constants) {
        final Shape shape = new Shape(constants);
        final int capacity = shape.powerOfTwo("CAPACITY", 1, MOST_SLOTS);
        final int words = shape.between("WORDS", 1, MOST_WORDS);
        final int batch = shape.between("BATCH", 1, Math.min(capacity, MOST_COPIED / words));
        final boolean rolled = shape.is("ROLLED");
        if (rolled && capacity % batch != 0) {
            throw new IllegalArgumentException("BATCH divides CAPACITY where ROLLED is 1: " + batch);
        }
        return List.of(new Emission(capacity, words, batch, rolled && batch > 1).emit());
    }

    /** One ring's routines. */
    private static final class Emission {
        private final CodeBuilder code = new CodeBuilder();
        private final int capacity;
        private final int words;
        private final int batch;
        private final boolean rolled;

        Emission(final int capacity, final int words, final int batch, final boolean rolled) {
            this.capacity = capacity;
            this.words = words;
            this.batch = batch;
            this.rolled = rolled;
        }

        private boolean fitsEvenly() {
            return capacity % batch == 0;
        }

        ObjectCode emit() {
            code.global("batch_make");
            code.mov(Width.QWORD, MASK, capacity - 1);
            code.mov(Width.QWORD, SLOT_WORDS, words);
            code.ret();
            put();
            take();
            return code.build("ringside/fastpath/codegen/BatchRing");
        }

        private void put() {
            code.global("batch_put");
            final Label full = code.newLabel(".full");
            code.mov(RCX, PUT);
            if (batch == capacity) {
                code.cmp(RCX, TAKE);
                code.jcc(NE, full);
            } else if (fitsEvenly()) {
                code.lea(RDX, Mem.at(RCX, -capacity));
                code.cmp(RDX, TAKE);
                code.jcc(E, full);
            } else {
                code.mov(RDX, RCX);
                code.sub(RDX, TAKE);
                code.cmp(RDX, capacity - batch);
                code.jcc(A, full);
            }
            copy(true);
            publish(PUT);
            none(full);
        }

        private void take() {
            code.global("batch_take");
            final Label tooFew = code.newLabel(".too_few");
            code.mov(RCX, TAKE);
            if (fitsEvenly()) {
                code.cmp(RCX, PUT);
                code.jcc(E, tooFew);
            } else {
                code.mov(RDX, PUT);
                code.sub(RDX, RCX);
                code.cmp(RDX, batch);
                code.jcc(B, tooFew);
            }
            copy(false);
            publish(TAKE);
            none(tooFew);
        }

        /** Copies all words of the batch, whose first message has the index {@code rcx}. */
        private void copy(final boolean in) {
            if (rolled) {
                loop(in);
                return;
            }
            final int runs = fitsEvenly() ? 1 : batch;
            final int run = batch / runs * words;
            for (int i = 0; i < runs; i++) {
                words(in, place(i, in && fitsEvenly()), Mem.at(RSI, (long) i * run * Long.BYTES), run);
            }
        }

        private void words(final boolean in, final Mem slot, final Mem message, final int count) {
            for (long at = 0; at < (long) count * Long.BYTES; at += Long.BYTES) {
                code.mov(RAX, (in ? message : slot).plus(at));
                code.mov((in ? slot : message).plus(at), RAX);
            }
        }

        /** As {@link #copy}, a message a round. */
        private void loop(final boolean in) {
            final Mem slot;
            if (batch == capacity) {
                code.xor(Reg32.EDX, Reg32.EDX);
                slot = RING.element(capacity, RDX, Long.BYTES, SLOTS);
            } else {
                slot = place(0, in);
            }
            code.mov(Reg32.R8D, batch);
            final Label next = code.newLabel(".message");
            code.bind(next);
            words(in, slot, Mem.at(RSI), words);
            code.add(RSI, (long) words * Long.BYTES);
            code.add(RDX, words);
            code.dec(Reg32.R8D);
            code.jcc(NE, next);
        }

        /**
         * Finds the slot of a message of the batch: the first one of the ring where the batch is all of it.
         *
         * @param message   from 0 on
         * @param sameInRdx whether {@code rdx} has an index of the same slot as the first message's
         */
        private Mem place(final int message, final boolean sameInRdx) {
            if (batch == capacity) {
                return RING.field(SLOTS);
            }
            if (message == 0) {
                FixedPlace.wrap(code, capacity, Reg32.EDX, sameInRdx ? Reg32.EDX : Reg32.ECX);
            } else {
                code.lea(Reg32.EDX, Mem.at(RCX, message));
                code.and(Reg32.EDX, capacity - 1);
            }
            return RING.element(capacity, RDX, FixedPlace.multiply(code, RDX, words), SLOTS);
        }

        private void publish(final Mem index) {
            code.add(RCX, batch);
            code.mov(index, RCX);
            code.mov(Reg32.EAX, 1);
            code.ret();
        }

        private void none(final Label none) {
            code.bind(none);
            code.xor(Reg32.EAX, Reg32.EAX);
            code.ret();
        }
    }
}
