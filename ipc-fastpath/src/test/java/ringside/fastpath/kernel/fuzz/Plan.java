package ringside.fastpath.kernel.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import ringside.kernel.abi.KernelAbi;

/**
 * All that one machine does: rounds, each with processes of its own. The supervisor makes them, lets them run, disturbs
 * them and ends them.
 *
 * @param rounds one after the other
 */
record Plan(List<Round> rounds) {
    private static final int SUPERVISOR_SIZE = 0x8000;
    private static final long CODE = 0x400_0000;

    Plan {
        rounds = List.copyOf(rounds);
    }

    /**
     * One round.
     *
     * @param setup    makes processes and objects
     * @param starts   makes threads
     * @param deeds    lets them run and disturbs them
     * @param teardown ends all
     * @param lists    what threads do
     */
    record Round(List<Op> setup, List<Op> starts, List<Op> deeds, List<Op> teardown, List<Program> lists) {
        Round {
            setup = List.copyOf(setup);
            starts = List.copyOf(starts);
            deeds = List.copyOf(deeds);
            teardown = List.copyOf(teardown);
            lists = List.copyOf(lists);
        }
    }

    /**
     * A list.
     *
     * @param index where it lies
     * @param ops   what it says, but for going to its begin again
     */
    record Program(int index, List<Op> ops) {
        Program {
            ops = List.copyOf(ops);
            if (ops.size() >= Places.LIST_OPS) {
                throw new IllegalArgumentException("a list has less operations: " + ops.size());
            }
        }
    }

    /** {@return the supervisor's list in bytes} */
    byte[] supervisor(final FuzzImage image) {
        final List<Op> ops = new ArrayList<>();
        ops.add(Op.must(KernelAbi.SYS_MEMORY_CREATE, Places.CODE_SLOT, 1));
        ops.add(Op.must(KernelAbi.SYS_MEMORY_CREATE, Places.LISTS_SLOT, Places.LISTS_SIZE / Places.PAGE));
        final long write = KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE;
        ops.add(Op.must(KernelAbi.SYS_MEMORY_MAP, Places.CODE_SLOT, -1, CODE, 0, 1, write));
        ops.add(Op.must(KernelAbi.SYS_MEMORY_MAP, Places.LISTS_SLOT, -1, Places.LISTS, 0,
                Places.LISTS_SIZE / Places.PAGE, write));
        ops.add(Op.of(Op.Kind.COPY, CODE, image.code(), Places.PAGE));
        for (int part = 0; part < FuzzImage.LISTS.size(); part++) {
            ops.add(Op.of(Op.Kind.COPY, Places.LISTS + (long) part * FuzzImage.PART, image.list(part),
                    FuzzImage.PART));
        }
        ops.add(Op.must(KernelAbi.SYS_MEMORY_UNMAP, -1, CODE));
        ops.add(Op.must(KernelAbi.SYS_MEMORY_UNMAP, -1, Places.LISTS));
        ops.add(Op.of(Op.Kind.MARK, 1));
        for (int round = 0; round < rounds.size(); round++) {
            ops.addAll(rounds.get(round).setup);
            ops.addAll(rounds.get(round).starts);
            ops.addAll(rounds.get(round).deeds);
            ops.addAll(rounds.get(round).teardown);
            ops.add(Op.of(Op.Kind.MARK, round + 2));
        }
        ops.add(Op.call(KernelAbi.SYS_EXIT, 0));
        final ByteBuffer out = ByteBuffer.allocate(SUPERVISOR_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        ops.forEach(op -> op.encode(out));
        return out.array();
    }

    /** {@return the lists in bytes} */
    byte[] lists() {
        final ByteBuffer out = ByteBuffer.allocate(Places.LISTS_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (final Round round : rounds) {
            for (final Program list : round.lists) {
                out.position((int) (Places.list(list.index) - Places.LISTS));
                list.ops.forEach(op -> op.encode(out));
                Op.of(Op.Kind.GO, Places.list(list.index)).encode(out);
            }
        }
        return out.array();
    }

    /** {@return the operation at an address of the lists, or null} */
    Op at(final long address) {
        final long number = (address - Places.LISTS) / Op.SIZE;
        if (address < Places.LISTS || (address - Places.LISTS) % Op.SIZE != 0) {
            return null;
        }
        for (final Round round : rounds) {
            for (final Program list : round.lists) {
                if (list.index == number / Places.LIST_OPS && number % Places.LIST_OPS < list.ops.size()) {
                    return list.ops.get((int) (number % Places.LIST_OPS));
                }
            }
        }
        return null;
    }
}
