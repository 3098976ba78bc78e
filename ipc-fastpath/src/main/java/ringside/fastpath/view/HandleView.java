package ringside.fastpath.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelStates;
import ringside.toolchain.layout.Constants;

/**
 * A handle of a process.
 *
 * @param slot   its number
 * @param object address of the object
 * @param kind   of the object, a word
 * @param rights what may be done with it, in the order of their bits
 * @param badge  what receivers are told of who sends
 */
public record HandleView(int slot, long object, String kind, List<String> rights, long badge) {
    private static final int TABLE = KernelLayouts.PROCESS.offset("handles");
    private static final int OBJECT = KernelLayouts.HANDLE.offset("object");
    private static final int RIGHTS = KernelLayouts.HANDLE.offset("rights");
    private static final int BADGE = KernelLayouts.HANDLE.offset("badge");
    private static final int KIND = KernelLayouts.OBJECT.offset("kind");
    private static final Map<Long, String> KINDS = names(KernelStates.kinds(), "KIND_");
    private static final Map<Long, String> ALL_RIGHTS = names(KernelAbi.messages(), "RIGHT_");

    /** Copies the list. */
    public HandleView {
        rights = List.copyOf(rights);
    }

    private static Map<Long, String> names(final Constants constants, final String prefix) {
        final Map<Long, String> names = new TreeMap<>();
        constants.values().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                names.put(value, name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        });
        return names;
    }

    /**
     * {@return the handles of a process, by number}
     *
     * @param view    of the machine's memory
     * @param process its address
     */
    public static List<HandleView> of(final KernelView view, final long process) {
        final List<HandleView> handles = new ArrayList<>();
        final long table = view.word(process + TABLE);
        for (int slot = 0; table != 0 && slot < KernelAbi.HANDLE_COUNT; slot++) {
            final long handle = table + (long) slot * KernelLayouts.HANDLE.size();
            final long object = view.word(handle + OBJECT);
            if (object != 0) {
                final long kind = Integer.toUnsignedLong(view.half(object + KIND));
                handles.add(new HandleView(slot, object, KINDS.getOrDefault(kind, "kind " + kind),
                    rights(Integer.toUnsignedLong(view.half(handle + RIGHTS))), view.word(handle + BADGE)));
            }
        }
        return handles;
    }

    private static List<String> rights(final long bits) {
        return ALL_RIGHTS.entrySet().stream().filter(one -> (bits & one.getKey()) != 0).map(Map.Entry::getValue)
            .toList();
    }
}
