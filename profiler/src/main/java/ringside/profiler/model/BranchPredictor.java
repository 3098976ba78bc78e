package ringside.profiler.model;

/**
 * Predicts whether conditional branches are taken: a table by address, and tables by address and ever longer histories
 * whose entries have tags; the longest history that knows the branch decides (Seznec and Michaud, "A case for
 * (partially) tagged geometric history length branch prediction", JILP 2006).
 *
 * <p>Histories are folded into odd numbers of bits: into even ones every second branch of a loop, always taken, would
 * leave half of the bits unused.
 *
 * <p>Deterministic: where the paper draws which table gets a new entry, the shortest that has a free one does.
 */
final class BranchPredictor {
    private static final int COUNTER_MOST = 3;
    private static final int COUNTER_LEAST = -4;
    private static final int USEFUL_MOST = 3;
    /** Two, as the later predictors of this family: a Zen 4 host learns long sequences in few passes. */
    private static final int ENTRIES_A_MISS = 2;
    private static final int AGING = 1 << 18;
    private static final int LAST_BIT = 63;

    private final byte[] base;
    private final int baseMask;
    private final int tables;
    private final int indexBits;
    private final int tagBits;
    private final byte[][] counters;
    private final byte[][] useful;
    private final short[][] tags;
    /** Each history for its table's index, and twice for its tags. */
    private final HistoryFolds folds;
    private final int[] index;
    private final int[] tag;
    private int late;
    private int age;

    /**
     * Makes one that knows nothing.
     *
     * @param baseEntries   of the table by address, a power of two
     * @param taggedEntries of each tagged table, a power of two
     * @param tagBits       bits of their tags
     * @param histories     their history lengths, rising, branches; at most 1000
     */
    BranchPredictor(final int baseEntries, final int taggedEntries, final int tagBits, final int... histories) {
        this.tagBits = tagBits;
        base = new byte[baseEntries];
        baseMask = baseEntries - 1;
        tables = histories.length;
        indexBits = Integer.numberOfTrailingZeros(taggedEntries);
        counters = new byte[tables][taggedEntries];
        useful = new byte[tables][taggedEntries];
        tags = new short[tables][taggedEntries];
        folds = new HistoryFolds(histories, Math.max(1, indexBits - 1 | 1), tagBits - 2 | 1, tagBits - 4 | 1);
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
        long known = 0;
        for (int i = 0; i < tables; i++) {
            final long fold = folds.of(i);
            index[i] = (mixed ^ mixed >>> indexBits - i ^ HistoryFolds.first(fold)) & (1 << indexBits) - 1;
            tag[i] = (mixed ^ HistoryFolds.second(fold) << 2 ^ HistoryFolds.third(fold)) & (1 << tagBits) - 1
                    | 1 << tagBits;
            known |= tags[i][index[i]] == tag[i] ? 1L << i : 0;
        }
        final int provider = LAST_BIT - Long.numberOfLeadingZeros(known);
        final int alternate = LAST_BIT - Long.numberOfLeadingZeros(known & ~Long.highestOneBit(known));
        final int baseIndex = mixed & baseMask;
        final boolean baseSays = base[baseIndex] >= 0;
        final boolean alternateSays = alternate < 0 ? baseSays : counters[alternate][index[alternate]] >= 0;
        final boolean says = provider < 0 ? baseSays : counters[provider][index[provider]] >= 0;
        late = provider < 0 ? 0 : lateness(known, says, baseSays);
        learn(provider, baseIndex, taken, says != taken, alternateSays);
        folds.add(taken);
        return says == taken;
    }

    /** By the shortest history that foretold it. */
    private int lateness(final long known, final boolean says, final boolean baseSays) {
        final boolean early = (known & 1) != 0 ? counters[0][index[0]] >= 0 : baseSays;
        if (early == says) {
            return 0;
        }
        for (int i = 1; i < tables / 2; i++) {
            if ((known >> i & 1) != 0 && counters[i][index[i]] >= 0 == says) {
                return 1;
            }
        }
        return 2;
    }

    /** {@return 0 where the quick part foretold the same, 1 where a middling history was needed, 2 for a long one} */
    int late() {
        return late;
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
        int made = 0;
        for (int i = from; i < tables; i++) {
            if (useful[i][index[i]] == 0) {
                tags[i][index[i]] = (short) tag[i];
                counters[i][index[i]] = (byte) (taken ? 0 : -1);
                if (++made == ENTRIES_A_MISS) {
                    return;
                }
            }
        }
        if (made > 0) {
            return;
        }
        for (int i = from; i < tables; i++) {
            useful[i][index[i]]--;
        }
    }

    private static byte step(final byte counter, final boolean up, final int least, final int most) {
        return (byte) Math.clamp(counter + (up ? 1 : -1), least, most);
    }
}
