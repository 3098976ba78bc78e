package ringside.fastpath.codegen;

import static ringside.toolchain.codegen.Cond.E;
import static ringside.toolchain.codegen.Cond.NE;
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
 * Emits a ring of values for one who puts and one who takes, in the place of {@code lib/ring-spsc.asm}, or with
 * {@code REMEMBERS = 1} of {@code lib/ring-cached.asm}, in the same memory. {@code CAPACITY} is a power of
 * two, 1 to 512; {@code SPACING} the distance of the indices, a line unless given.
 *
 * <pre>
 * list_make - make an empty ring
 *
 *   in        esi = CAPACITY, which nobody looks at
 *   out       nothing
 *   clobbers  none
 *   needs     the global list at a page, zeros; nobody else uses it
 *   probe     none
 *
 * list_put - put a value behind all others
 *
 *   in        rsi = value
 *   out       eax = 1, or 0 where it is full
 *   clobbers  rcx, rdx, flags
 *   needs     one CPU puts
 *   probe     none
 *
 * list_take - take the oldest value
 *
 *   in        nothing
 *   out       eax = 1 and rdx = value, or eax = 0 where there is none
 *   clobbers  rcx, flags
 *   needs     one CPU takes
 *   probe     none
 * </pre>
 *
 * <p>The ring is never fuller than full, so an index is compared with the one that full would mean, and no difference
 * is taken. A ring of one value has no places to choose from.
 */
public final class SpscRing implements SlotGenerator {
    /** The global that the ring is at. */
    static final String SYMBOL = "list";
    private static final FixedPlace RING = new FixedPlace(SYMBOL);
    // As lib/list.inc and lib/ring-cached.asm have them.
    private static final int LINE = 64;
    private static final int PUT = 0;
    private static final int MASK = LINE * 3;
    private static final int SEEN_TAKE = LINE * 4;
    private static final int SEEN_PUT = LINE * 5;
    private static final int VALUES = LINE * 4;
    private static final int VALUES_OF_REMEMBERING = LINE * 8;
    private static final int MOST = 512;
    private static final int WIDEST = LINE * 2;

    /** As declarations make it. */
    public SpscRing() {
        // Nothing is kept between images.
    }

    @Override
    public List<ObjectCode> generate(final Map<String, Long> constants) {
        final Shape shape = new Shape(constants);
        return List.of(new Emission(shape.powerOfTwo("CAPACITY", 1, MOST),
                shape.between("SPACING", Long.BYTES, WIDEST, LINE), shape.is("REMEMBERS")).emit());
    }

    /** One ring's routines. */
    private static final class Emission {
        private final CodeBuilder code = new CodeBuilder();
        private final int capacity;
        private final Mem put = RING.field(PUT);
        private final Mem take;
        private final boolean remembers;
        private final Mem value;

        Emission(final int capacity, final int spacing, final boolean remembers) {
            this.capacity = capacity;
            this.remembers = remembers;
            take = RING.field(PUT + spacing);
            value = RING.element(capacity, RDX, Long.BYTES, remembers ? VALUES_OF_REMEMBERING : VALUES);
        }

        ObjectCode emit() {
            code.global("list_make");
            code.mov(Width.QWORD, RING.field(MASK), capacity - 1);
            code.ret();
            put();
            take();
            return code.build("ringside/fastpath/codegen/SpscRing");
        }

        private void put() {
            code.global("list_put");
            final Label full = code.newLabel(remembers ? ".look" : ".full");
            final Label room = code.newLabel(".room");
            code.mov(RCX, put);
            compareWithFull(remembers ? RING.field(SEEN_TAKE) : take);
            code.jcc(capacity == 1 ? NE : E, full);
            code.bind(room);
            FixedPlace.wrap(code, capacity, Reg32.EDX, Reg32.EDX);
            code.mov(value, RSI);
            code.inc(RCX);
            code.mov(put, RCX);
            done();
            code.bind(full);
            if (remembers) {
                lookAtTake(room);
            }
            none();
        }

        /**
         * Compares so that equal means full, or not full where there is place for one. Leaves an index of the same
         * place as {@code rcx} in {@code rdx}, which a ring of one does not want.
         */
        private void compareWithFull(final Mem other) {
            if (capacity == 1) {
                code.cmp(RCX, other);
            } else {
                code.lea(RDX, Mem.at(RCX, -capacity));
                code.cmp(RDX, other);
            }
        }

        private void lookAtTake(final Label room) {
            code.mov(RDX, take);
            code.mov(RING.field(SEEN_TAKE), RDX);
            if (capacity == 1) {
                code.cmp(RCX, RDX);
                code.jcc(E, room);
            } else {
                code.add(RDX, capacity);
                code.cmp(RDX, RCX);
                code.mov(RDX, RCX);
                code.jcc(NE, room);
            }
        }

        private void take() {
            code.global("list_take");
            final Label empty = code.newLabel(remembers ? ".look" : ".empty");
            final Label there = code.newLabel(".there");
            code.mov(RCX, take);
            code.cmp(RCX, remembers ? RING.field(SEEN_PUT) : put);
            code.jcc(E, empty);
            code.bind(there);
            FixedPlace.wrap(code, capacity, Reg32.EDX, Reg32.ECX);
            code.mov(RDX, value);
            code.inc(RCX);
            code.mov(take, RCX);
            done();
            code.bind(empty);
            if (remembers) {
                code.mov(RDX, put);
                code.mov(RING.field(SEEN_PUT), RDX);
                code.cmp(RCX, RDX);
                code.jcc(NE, there);
            }
            none();
        }

        private void done() {
            code.mov(Reg32.EAX, 1);
            code.ret();
        }

        private void none() {
            code.xor(Reg32.EAX, Reg32.EAX);
            code.ret();
        }
    }
}
