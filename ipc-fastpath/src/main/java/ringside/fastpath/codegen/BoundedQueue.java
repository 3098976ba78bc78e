package ringside.fastpath.codegen;

import static ringside.toolchain.codegen.Cond.NE;
import static ringside.toolchain.codegen.Cond.S;
import static ringside.toolchain.codegen.Reg64.R10;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RAX;
import static ringside.toolchain.codegen.Reg64.RCX;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;
import static ringside.toolchain.codegen.Reg64.RSP;

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
 * Emits Vyukov's bounded queue for many on both sides, in the place of {@code lib/queue-vyukov.asm} and in the same
 * memory. {@code CAPACITY} is a power of two, 2 to 256. With {@code ALONE = 1} one CPU alone uses it: an exchange
 * need not be locked against threads of the same CPU.
 *
 * <pre>
 * list_make - make an empty queue
 *
 *   in        esi = CAPACITY, which nobody looks at
 *   out       nothing
 *   clobbers  rax, rcx, flags
 *   needs     the global list at a page, zeros; nobody else uses it
 *   probe     none
 *
 * list_put - put a value behind all others
 *
 *   in        rdi = queue, for the probe alone; rsi = value
 *   out       eax = 1, or 0 where it is full or the oldest value is just being taken
 *   clobbers  rcx, r8, r9, r10, flags
 *   needs     nothing
 *   probe     list_retry: another CPU was faster
 *
 * list_take - take the oldest value
 *
 *   in        rdi = queue, for the probe alone
 *   out       eax = 1 and rdx = value, or eax = 0 where there is none, or the oldest one is
 *             just being put
 *   clobbers  r8, r9, r10, flags
 *   needs     nothing
 *   probe     list_retry
 * </pre>
 */
public final class BoundedQueue implements SlotGenerator {
    private static final FixedPlace QUEUE = new FixedPlace(SpscRing.SYMBOL);
    // As lib/list.inc has them.
    private static final int LINE = 64;
    private static final Mem PUT = QUEUE.field(0);
    private static final Mem TAKE = QUEUE.field(LINE);
    private static final Mem MASK = QUEUE.field(LINE * 3);
    private static final int CELLS = LINE * 4;
    private static final int CELL_SHIFT = 4;
    private static final int VALUE = 8;
    private static final int MOST = 256;

    /** As declarations make it. */
    public BoundedQueue() {
        // Nothing is kept between images.
    }

    @Override
    public List<ObjectCode> generate(final Map<String, Long> constants) {
        final Shape shape = new Shape(constants);
        return List.of(new Emission(shape.powerOfTwo("CAPACITY", 2, MOST), shape.is("ALONE")).emit());
    }

    /** One queue's routines. */
    private static final class Emission {
        private final CodeBuilder code = new CodeBuilder();
        private final int capacity;
        private final boolean alone;
        private final Mem turn;

        Emission(final int capacity, final boolean alone) {
            this.capacity = capacity;
            this.alone = alone;
            turn = QUEUE.element(capacity, R8, 1, CELLS);
        }

        ObjectCode emit() {
            make();
            put();
            take();
            return code.build("ringside/fastpath/codegen/BoundedQueue");
        }

        private void make() {
            code.global("list_make");
            code.xor(Reg32.EAX, Reg32.EAX);
            code.xor(Reg32.ECX, Reg32.ECX);
            final Label next = code.here();
            code.mov(QUEUE.element(capacity, RAX, 1, CELLS), RCX);
            code.add(Reg32.EAX, 1 << CELL_SHIFT);
            code.inc(Reg32.ECX);
            code.cmp(Reg32.ECX, capacity);
            code.jcc(Cond.B, next);
            code.mov(Width.QWORD, MASK, capacity - 1);
            code.ret();
        }

        private void put() {
            final Ways ways = begin("list_put", PUT, ".full");
            code.sub(R9, RAX);
            code.jcc(NE, ways.notOurs);
            code.lea(R10, Mem.at(RAX, 1));
            claim(PUT, ways);
            code.mov(turn.plus(VALUE), RSI);
            code.mov(turn, R10);
            end(PUT, ways);
        }

        private void take() {
            final Ways ways = begin("list_take", TAKE, ".empty");
            code.lea(R10, Mem.at(RAX, 1));
            code.sub(R9, R10);
            code.jcc(NE, ways.notOurs);
            claim(TAKE, ways);
            code.mov(RDX, turn.plus(VALUE));
            code.add(RAX, capacity);
            code.mov(turn, RAX);
            end(TAKE, ways);
        }

        /** Where a routine goes when it does not go straight on. */
        private record Ways(Label retry, Label lost, Label notOurs, Label none) {
        }

        /** Leaves the side's index in {@code rax}, the place of its cell in {@code r8} and the cell's turn in r9. */
        private Ways begin(final String routine, final Mem index, final String none) {
            code.global(routine);
            final Ways ways = new Ways(code.newLabel(".retry"), code.newLabel(".lost"), code.newLabel(".not_ours"),
                    code.newLabel(none));
            code.mov(RAX, index);
            code.bind(ways.retry);
            FixedPlace.wrap(code, capacity, Reg32.R8D, Reg32.EAX);
            code.shl(Reg32.R8D, CELL_SHIFT);
            code.mov(R9, turn);
            return ways;
        }

        private void claim(final Mem index, final Ways ways) {
            if (alone) {
                code.cmpxchg(index, R10);
            } else {
                code.lock().cmpxchg(index, R10);
            }
            code.jcc(NE, ways.lost);
        }

        /** The difference that decided is still in the flags at {@code notOurs}. */
        private void end(final Mem index, final Ways ways) {
            code.mov(Reg32.EAX, 1);
            code.ret();
            code.bind(ways.lost);
            code.probe("tally_lost", RSP);
            code.probe("list_retry", RDI);
            code.jmp(ways.retry);
            code.bind(ways.notOurs);
            code.jcc(S, ways.none);
            code.mov(RAX, index);
            code.jmp(ways.retry);
            code.bind(ways.none);
            code.xor(Reg32.EAX, Reg32.EAX);
            code.ret();
        }
    }
}
