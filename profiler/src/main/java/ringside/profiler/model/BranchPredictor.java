package ringside.profiler.model;

/**
 * Predicts whether conditional branches are taken: a table by address, and tables by address and ever longer histories
 * whose entries have tags; the longest history that knows the branch decides (Seznec and Michaud, "A case for
 * (partially) tagged geometric history length branch prediction", JILP 2006).
 *
 * <p>Deterministic: where the paper draws which table gets a new entry, the shortest that has a free one does.
 */
final class BranchPredictor {
    private static final int COUNTER_MOST = 3;
    private static final int COUNTER_LEAST = -4;
    private static final int USEFUL_MOST = 3;
    private static final int TAG_BITS = 11;
    private static final int HISTORY = 1024;
    private static final int AGING = 1 << 18;

    private final byte[] base;
    private final int baseMask;
    private final int tables;
    private final int indexBits;
    private final byte[][] counters;
    private final byte[][] useful;
    private final short[][] tags;
    private final int[] lengths;
    private final HistoryFolds indexFolds;
    private final HistoryFolds tagFolds;
    private final HistoryFolds tagFolds2;
    private final byte[] history = new byte[HISTORY];
    private final int[] index;
    private final int[] tag;
    private int newest;
    private int age;

    /**
     * Makes one that knows nothing.
     *
     * @param baseEntries   of the table by address, a power of two
     * @param taggedEntries of each tagged table, a power of two
     * @param histories     their history lengths, rising, branches; at most 1000
     */
    BranchPredictor(final int baseEntries, final int taggedEntries, final int... histories) {
        base = new byte[baseEntries];
        baseMask = baseEntries - 1;
        tables = histories.length;
        indexBits = Integer.numberOfTrailingZeros(taggedEntries);
        counters = new byte[tables][taggedEntries];
        useful = new byte[tables][taggedEntries];
        tags = new short[tables][taggedEntries];
        lengths = histories.clone();
        indexFolds = new HistoryFolds(histories, indexBits);
        tagFolds = new HistoryFolds(histories, TAG_BITS);
        tagFolds2 = new HistoryFolds(histories, TAG_BITS - 1);
        index = new int[tables];
        tag = new int[tables];
    }

    /**
     * {@return whether the prediction was right; the outcome is learnt}
     *
     * @param address of the branch
     * @param taken   what it did
     */
    boolean branch(final long address, final boolean taken) {
        final int mixed = (int) (address ^ address >>> 17);
        int provider = -1;
        int alternate = -1;
        for (int i = tables - 1; i >= 0; i--) {
            index[i] = (mixed ^ mixed >>> indexBits - i ^ indexFolds.value(i)) & (1 << indexBits) - 1;
            tag[i] = (mixed ^ tagFolds.value(i) ^ tagFolds2.value(i) << 1) & (1 << TAG_BITS) - 1 | 1 << TAG_BITS;
            if (tags[i][index[i]] == tag[i]) {
                if (provider < 0) {
                    provider = i;
                } else if (alternate < 0) {
                    alternate = i;
                }
            }
        }
        final int baseIndex = mixed & baseMask;
        final boolean baseSays = base[baseIndex] >= 0;
        final boolean alternateSays = alternate < 0 ? baseSays : counters[alternate][index[alternate]] >= 0;
        boolean says = baseSays;
        if (provider >= 0) {
            final int counter = counters[provider][index[provider]];
            final boolean weak = (counter == 0 || counter == -1) && useful[provider][index[provider]] == 0;
            says = weak ? alternateSays : counter >= 0;
        }
        learn(provider, baseIndex, taken, says != taken, alternateSays);
        remember(taken);
        return says == taken;
    }

    private void learn(final int provider, final int baseIndex, final boolean taken, final boolean wrong,
            final boolean alternateSays) {
        if (provider >= 0) {
            final int at = index[provider];
            final boolean providerSays = counters[provider][at] >= 0;
            if (providerSays != alternateSays) {
                useful[provider][at] = (byte) Math.clamp(useful[provider][at] + (providerSays == taken ? 1 : -1), 0,
                        USEFUL_MOST);
            }
            counters[provider][at] = step(counters[provider][at], taken, COUNTER_LEAST, COUNTER_MOST);
        } else {
            base[baseIndex] = step(base[baseIndex], taken, -2, 1);
        }
        if (wrong && provider < tables - 1) {
            allocate(provider + 1, taken);
        }
        if (++age == AGING) {
            age = 0;
            for (final byte[] table : useful) {
                for (int i = 0; i < table.length; i++) {
                    table[i] >>= 1;
                }
            }
        }
    }

    private void allocate(final int from, final boolean taken) {
        for (int i = from; i < tables; i++) {
            if (useful[i][index[i]] == 0) {
                tags[i][index[i]] = (short) tag[i];
                counters[i][index[i]] = (byte) (taken ? 0 : -1);
                return;
            }
        }
        for (int i = from; i < tables; i++) {
            useful[i][index[i]]--;
        }
    }

    private static byte step(final byte counter, final boolean up, final int least, final int most) {
        return (byte) Math.clamp(counter + (up ? 1 : -1), least, most);
    }

    private void remember(final boolean taken) {
        newest++;
        final int in = taken ? 1 : 0;
        history[newest & HISTORY - 1] = (byte) in;
        for (int i = 0; i < tables; i++) {
            final int out = history[newest - lengths[i] & HISTORY - 1];
            indexFolds.add(i, in, out);
            tagFolds.add(i, in, out);
            tagFolds2.add(i, in, out);
        }
    }
}
