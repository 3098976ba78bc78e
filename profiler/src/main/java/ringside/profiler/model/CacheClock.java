package ringside.profiler.model;

/**
 * A core of which only the way to memory is modelled: each instruction takes a cycle, what the first caches have not
 * takes what its level takes longer than they, and what costs a fixed number costs that. Nothing overlaps.
 */
final class CacheClock implements Pipeline {
    private static final int LINE_SHIFT = 6;
    private static final int PAGE_SHIFT = 12;

    private final Microarchitecture.Hardware make;
    private final DataPath memory;
    private final int dataLatency;
    private final int codeLatency;
    private long cycle;
    private long cost;
    private Cause cause = Cause.WIDTH;
    /** The line of code at hand, virtual. */
    private long line = Long.MIN_VALUE;

    CacheClock(final int number, final Microarchitecture.Hardware make, final SharedMemory shared) {
        this.make = make;
        memory = new DataPath(number, shared, make);
        dataLatency = make.memory().l1d().latency();
        codeLatency = make.memory().l1i().latency();
    }

    @Override
    public Pipeline cold() {
        memory.cold();
        line = -1;
        return this;
    }

    @Override
    public DataPath memory() {
        return memory;
    }

    @Override
    public long cycle() {
        return cycle;
    }

    @Override
    public Cause cause() {
        return cause;
    }

    @Override
    public long cost() {
        return cost;
    }

    @Override
    public long step(final Step i, final long address, final Accesses accesses) {
        cost = 1;
        cause = Cause.WIDTH;
        if (address >> LINE_SHIFT != line) {
            fetch(address >> LINE_SHIFT);
        }
        if (i.isSerial()) {
            serial(i, address, accesses);
        } else if (i.hasMemory()) {
            access(i, address, accesses);
        }
        cycle += cost;
        return cycle;
    }

    @Override
    public long follow(final Step[] steps, final int count, final long address, final Accesses accesses,
            final int cpu, final CostListener listener) {
        for (int n = 0; n < count; n++) {
            final Step i = steps[n];
            final long at = address + i.offset;
            if (i.isPlain() && at >> LINE_SHIFT == line) {
                cycle++;
                listener.cost(cpu, at, 1, Cause.WIDTH);
            } else {
                step(i, at, accesses);
                listener.cost(cpu, at, cost, cause);
            }
        }
        return cycle;
    }

    private void fetch(final long to) {
        line = to;
        final Translations translations = memory.translations();
        final long known = Math.max(cycle, translations.code(to >> PAGE_SHIFT - LINE_SHIFT, cycle));
        if (known > cycle) {
            cost += known - cycle;
            cause = Cause.TLB;
        }
        final long physical = FrontEnd.physical(to << LINE_SHIFT, translations.frame());
        final long late = memory.fetch(physical >>> LINE_SHIFT, known) - known - codeLatency;
        if (late > 0) {
            cost += late;
            cause = Cause.CODE_MISS;
        }
    }

    private void access(final Step i, final long address, final Accesses accesses) {
        for (int n = 0; n < i.loads && accesses.nextIs(false); n++) {
            await(memory.load(accesses.address(), accesses.bytes(), cycle, address, accesses.page()));
            accesses.skip(i.isWide());
        }
        for (int n = 0; n < i.stores && accesses.nextIs(true); n++) {
            await(memory.store(accesses.address(), accesses.bytes(), cycle, accesses.page()));
            accesses.skip(i.isWide());
        }
    }

    private void await(final long there) {
        final long late = there - cycle - dataLatency;
        if (late > 0) {
            cost += late;
            cause = memory.source();
        }
    }

    /** A fixed cost, whose misses are part of it, or a string instruction: its table and each line's miss. */
    private void serial(final Step i, final long address, final Accesses accesses) {
        cause = cause == Cause.WIDTH ? Cause.SERIAL : cause;
        line = Long.MIN_VALUE;
        if (!i.what.has(Trait.REPEATED)) {
            final boolean keeps = i.what.has(Trait.DROPS_TRANSLATIONS) && translations().dropNext();
            cost += (keeps ? make.cost(FixedCost.CR3_KEEP).cycles() : i.what.serial()) - 1;
            touchAll(accesses, i.loads + i.stores);
            return;
        }
        long bytes = accesses.ahead().bytes(i);
        if (accesses.ahead().late() > 0) {
            cost += accesses.ahead().late();
            cause = accesses.ahead().cause();
        }
        final boolean words = !accesses.isEmpty() && accesses.bytes() > 1;
        while (!accesses.isEmpty()) {
            bytes += i.counts(accesses) ? accesses.bytes() : 0;
            final long from = cycle + cost;
            await(touch(accesses, address, from) - from + cycle);
        }
        cost += make.stringCost(i.what, bytes, words) - 1;
    }

    @Override
    public void touchAll(final Accesses accesses, final int count) {
        for (int n = count; n > 0 && !accesses.isEmpty(); n--) {
            touch(accesses, 0, cycle);
        }
    }

    @Override
    public void ahead(final Accesses accesses) {
        final StringAhead ahead = accesses.ahead();
        while (!accesses.isEmpty()) {
            ahead.add(accesses.bytes(), accesses.nextIs(true));
            final long from = cycle + ahead.late();
            ahead.more(touch(accesses, 0, from) - from - dataLatency, memory.source());
        }
    }

    private long touch(final Accesses accesses, final long address, final long from) {
        final long there = accesses.nextIs(true)
                ? memory.store(accesses.address(), accesses.bytes(), from, accesses.page())
                : memory.load(accesses.address(), accesses.bytes(), from, address, accesses.page());
        accesses.skip();
        return there;
    }

    @Override
    public void branch(final Step i, final long address, final long target, final long done) {
        // Costs nothing here.
    }

    @Override
    public void pass(final long cycles, final Cause reason) {
        cycle += cycles;
        line = Long.MIN_VALUE;
    }
}
