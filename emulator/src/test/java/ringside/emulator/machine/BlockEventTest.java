package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/** Blocks are the instructions, in pieces. */
class BlockEventTest {
    private static final Budget BUDGET = Budget.steps(1_000_000);

    private static Guest guest(final boolean repeats) {
        return new Guest().program(c -> {
            c.mov(Reg32.EBP, 60);
            final Label loop = c.here();
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Reg32.ECX, 9);
            if (repeats) {
                c.db(0xF3, 0xAA);
            }
            c.nop();
            c.ud2();
            c.nop();
            c.db(0xCD, 0x40);
            c.dec(Reg32.EBP);
            c.jcc(Cond.NE, loop);
            Guest.exit(c, 7);
        }).handler(6, c -> {
            c.add(Width.QWORD, Mem.at(Reg64.RSP), 2);
            c.iretq();
        }).handler(0x40, CodeBuilder::iretq);
    }

    private record Piece(long cycle, long address, int size, int instructions, int level) {
    }

    /** Adds up instructions until a block says that it was they. */
    private static final class Pieces implements MachineObserver {
        private final List<Piece> blocks = new ArrayList<>();
        private final boolean withInstructions;
        private Piece open;

        private Pieces(final boolean withInstructions) {
            this.withInstructions = withInstructions;
        }

        @Override
        public Set<EventKind> interests() {
            return withInstructions ? EnumSet.of(EventKind.INSTRUCTION, EventKind.BLOCK) : EnumSet.of(EventKind.BLOCK);
        }

        @Override
        public void instruction(
                final long cycle, final int cpu, final long address, final int length, final int level) {
            if (open == null) {
                open = new Piece(cycle, address, length, 1, level);
            } else {
                assertEquals(open.address + open.size, address, "a block is a straight line");
                open = new Piece(cycle, open.address, open.size + length, open.instructions + 1, level);
            }
        }

        @Override
        public void block(final long cycle, final int cpu, final int code, final long address, final int size,
                final int instructions, final int level) {
            final Piece block = new Piece(cycle, address, size, instructions, level);
            if (withInstructions) {
                assertEquals(open, block);
                open = null;
            }
            blocks.add(block);
        }
    }

    private static Pieces run(final boolean repeats, final boolean withInstructions, final int slice) {
        try (Machine machine = guest(repeats).machine()) {
            final Pieces pieces = new Pieces(withInstructions);
            machine.addObserver(pieces);
            RunResult result = machine.run(slice == 0 ? BUDGET : Budget.steps(slice));
            while (result instanceof RunResult.BudgetSpent) {
                result = machine.run(Budget.steps(slice));
            }
            assertEquals(new RunResult.Exited(7), result);
            assertEquals(machine.instructions(), pieces.blocks.stream().mapToLong(Piece::instructions).sum());
            assertTrue(pieces.open == null, "the last instruction is in a block");
            return pieces;
        }
    }

    @Test
    void everyInstructionIsInExactlyOneBlock() {
        assertTrue(run(true, true, 0).blocks.size() > 60 * 5);
        for (int slice = 1; slice < 10; slice++) {
            run(true, true, slice);
        }
    }

    /** A stop within the repetitions of one instruction is the one place where a run can be cut inside of a block. */
    @Test
    void blocksAreTheSameWithoutInstructionsAndInSlices() {
        final List<Piece> whole = run(false, true, 0).blocks;
        for (int slice = 0; slice < 10; slice++) {
            final List<Piece> cut = run(false, false, slice).blocks;
            assertEquals(whole.size(), cut.size(), "slice=" + slice);
            for (int i = 0; i < whole.size(); i++) {
                assertEquals(whole.get(i), cut.get(i), "slice=" + slice + " block=" + i);
            }
        }
    }
}
