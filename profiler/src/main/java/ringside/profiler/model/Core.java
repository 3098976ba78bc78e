package ringside.profiler.model;

/**
 * One core of a processor that executes out of order, followed in one pass: instruction after instruction, in program
 * order, is given the cycle in which it is delivered, dispatched, issued, done and retired, by what it needs and by
 * what those before it took. Nothing is ever simulated cycle by cycle, and no wrong path is run.
 *
 * <p>An instruction's cost is how much later than the one before it it retires, so costs add up to the clock.
 */
final class Core implements Pipeline {
    /** Cycles before its end in which a microcoded instruction lets what is behind it in: assumed. */
    private static final int HANDED_OVER = 3;
    /** Cycles of a miss that a string instruction, which knows where it goes, does not wait for: assumed. */
    private static final int HIDDEN_BY_STRING = 20;
    /** Cycles that an index adds to a load: measured on Zen 4 by a walk through four tables, assumed for others. */
    private static final int INDEXED = 1;
    private static final int LINE_SHIFT = 6;

    private final Microarchitecture.Hardware make;
    private final DataPath memory;
    private final FrontEnd front;
    private final PortCalendar ports = new PortCalendar();
    private final RecentStores recent = new RecentStores();
    private final TimeRing reorder;
    private final TimeRing loads;
    private final TimeRing stores;
    private final Schedulers schedulers;
    private final int loadPorts;
    private final int storePorts;
    private final int dispatchWidth;
    private final int retireWidth;
    private final int dataPorts;
    private final Microarchitecture.Forwarding shape;
    private final int firstLatency;
    private final int vectorExtra;
    /** Cycles of a write of CR3 that keeps translations. */
    private final int keeping;

    private final long[] ready = new long[Step.RESOURCES];
    private long dispatchCycle;
    private int dispatchSlots;
    private long retireCycle;
    /** That of the instruction before. */
    private long before;
    private int retireSlots;
    private long lastCommit;
    private long lastEnd = -1;
    private boolean joined;
    private long lastLock;
    private long loadsFrom;
    private long lastDone;
    private Cause why = Cause.WIDTH;
    private Cause loadReason = Cause.L1;
    private int loading;

    Core(final int number, final Microarchitecture.Hardware make, final SharedMemory shared) {
        this(make, new DataPath(number, shared, make));
    }

    private Core(final Microarchitecture.Hardware make, final DataPath memory) {
        this.make = make;
        this.memory = memory;
        front = new FrontEnd(make, memory);
        final Microarchitecture.Core back = make.core();
        reorder = new TimeRing(back.reorderBuffer());
        loads = new TimeRing(back.loadQueue());
        stores = new TimeRing(back.storeQueue());
        schedulers = new Schedulers(back.schedulers());
        loadPorts = back.loads();
        storePorts = back.storeAddresses();
        dispatchWidth = back.dispatch();
        retireWidth = back.retire();
        dataPorts = back.storeData();
        shape = make.forwarding();
        firstLatency = make.memory().l1d().latency();
        vectorExtra = make.memory().vectorExtra();
        keeping = make.cost(FixedCost.CR3_KEEP).cycles();
    }

    @Override
    public Translations translations() {
        return memory.translations();
    }

    @Override
    public Pipeline cold() {
        memory.cold();
        final Core fresh = new Core(make, memory);
        fresh.pass(retireCycle, cause());
        return fresh;
    }

    @Override
    public long cycle() {
        return retireCycle;
    }

    @Override
    public Cause cause() {
        return retireCycle == before ? Cause.WIDTH : why;
    }

    @Override
    public long cost() {
        return retireCycle - before;
    }

    @Override
    public long step(final Step i, final long address, final Accesses accesses) {
        before = retireCycle;
        final long dispatched = dispatch(i, address);
        final long done = i.serial ? serial(i, dispatched, accesses) : execute(i, dispatched, address, accesses);
        lastDone = Math.max(lastDone, done);
        retire(i.slots, done);
        return done;
    }

    @Override
    public long follow(final Step[] steps, final int count, final long address, final Accesses accesses,
            final int cpu, final CostListener listener) {
        long done = 0;
        for (int n = 0; n < count; n++) {
            final long at = address + steps[n].offset;
            done = step(steps[n], at, accesses);
            listener.cost(cpu, at, cost(), cause());
        }
        return done;
    }

    private long dispatch(final Step i, final long address) {
        final long delivered = front.deliver(address, i.slots, i.branches);
        long cycle = Math.max(delivered, dispatchCycle);
        why = delivered >= dispatchCycle ? front.cause() : Cause.WIDTH;
        cycle = wait(cycle, reorder.available());
        if (i.loads > 0) {
            cycle = wait(cycle, loads.available());
        }
        if (i.stores > 0) {
            cycle = wait(cycle, stores.available());
        }
        if (i.ports != 0) {
            cycle = wait(cycle, schedulers.place(i, cycle));
        }
        if (cycle > dispatchCycle) {
            dispatchCycle = cycle;
            dispatchSlots = 0;
        }
        if (dispatchSlots + i.slots > dispatchWidth && dispatchSlots > 0) {
            dispatchCycle++;
            dispatchSlots = 0;
        }
        dispatchSlots += i.slots;
        while (dispatchSlots > dispatchWidth) {
            dispatchSlots -= dispatchWidth;
            dispatchCycle++;
        }
        front.taken(dispatchCycle);
        return dispatchCycle;
    }

    private long wait(final long cycle, final long until) {
        if (until > cycle) {
            why = Cause.QUEUE;
            return until;
        }
        return cycle;
    }

    private long operands(final Step i, final long from) {
        final long latest = Math.max(Math.max(ready[i.read0], ready[i.read1]), Math.max(ready[i.read2], from));
        return i.moreReads.length == 0 ? latest : latest(i.moreReads, latest);
    }

    private long address(final Step i, final long from) {
        final long latest = Math.max(Math.max(ready[i.address0], ready[i.address1]), from);
        return i.moreAddresses.length == 0 ? latest : latest(i.moreAddresses, latest);
    }

    private long latest(final int[] resources, final long from) {
        long latest = from;
        for (final int resource : resources) {
            latest = Math.max(latest, ready[resource]);
        }
        return latest;
    }

    private long execute(
            final Step i, final long dispatched, final long address, final Accesses accesses) {
        final long start = dispatched + 1;
        long operands = operands(i, start);
        final boolean waits = operands > start;
        Cause reason = waits ? Cause.DEPENDENCY : why;
        if (i.locked) {
            return locked(i, Math.max(address(i, start), operands), address, dispatched, accesses);
        }
        if (i.loads > 0 && accesses.nextIs(false)) {
            long data = load(i, start, address, accesses);
            data += i.vectorLoad ? vectorExtra : 0;
            if (data >= operands) {
                operands = data;
                reason = loadReason;
            }
        }
        long done = operands;
        if (i.ports != 0) {
            final long issued = i.once ? ports.issue(operands, i.ports) : issueAll(i, operands);
            reason = issued > operands ? Cause.PORT : reason;
            schedulers.leave(issued);
            done = issued + i.latency;
            reason = i.latency > 1 && reason == why ? Cause.LATENCY : reason;
        } else if (!i.memory) {
            done = i.waitsForNothing ? dispatched : operands;
        }
        write(i, done, dispatched);
        why = reason;
        if (i.stores > 0) {
            done = store(i, start, done, accesses);
        }
        return done;
    }

    private long issueAll(final Step i, final long ready) {
        long issued = ready;
        for (int n = 0; n < i.issues; n++) {
            issued = Math.max(issued, i.what.occupancy() <= 1 ? ports.issue(ready, i.ports)
                    : ports.issueLong(ready, i.ports & -i.ports, i.what.occupancy()));
        }
        return issued;
    }

    /** A locked operation has a unit of its own, and loads behind it wait for it. */
    private long locked(final Step i, final long operands, final long address, final long dispatched,
            final Accesses accesses) {
        final long from = Math.max(operands, lastLock);
        long done = from + shape.lock();
        why = from > operands || operands == dispatched + 1 ? Cause.LOCK : Cause.DEPENDENCY;
        for (int n = 0; n < i.loads && accesses.nextIs(false); n++) {
            final long data =
                    memory.load(accesses.address(), accesses.bytes(), from, address, accesses.page());
            if (data > from + firstLatency) {
                done = Math.max(done, data + shape.lock() - firstLatency);
                why = memory.source();
            }
            accesses.skip(i.wide);
        }
        lastLock = done;
        loadsFrom = Math.max(loadsFrom, done);
        write(i, done, dispatched);
        return store(i, dispatched + 1, done, accesses);
    }

    private void write(final Step i, final long done, final long dispatched) {
        ready[i.write0] = done;
        ready[i.write1] = done;
        ready[i.write2] = done;
        for (final int resource : i.moreWrites) {
            ready[resource] = done;
        }
        ready[i.renamed] = dispatched;
    }

    /** {@return when the last of an instruction's loads has its data} */
    private long load(final Step i, final long start, final long address, final Accesses accesses) {
        final long from = Math.max(address(i, start), loadsFrom);
        long data = from;
        loadReason = Cause.L1;
        for (int n = 0; n < i.loads && accesses.nextIs(false); n++) {
            final long physical = accesses.address();
            final int bytes = accesses.bytes();
            final long page = accesses.page();
            accesses.skip(i.wide);
            loading++;
            final long one = loadOne(i, start, from, physical, bytes, address, page);
            data = Math.max(data, one);
        }
        if (loadReason == Cause.L1 && from > start) {
            loadReason = Cause.DEPENDENCY;
        }
        return data;
    }

    private long loadOne(final Step i, final long start, final long from, final long physical,
            final int bytes, final long address, final long page) {
        final long issued = ports.issue(from, loadPorts);
        final int store = recent.find(physical, bytes, issued);
        if (store < 0) {
            final long data =
                    memory.load(physical, bytes, issued, address, page) + (i.indexed ? INDEXED : 0);
            loadReason = memory.source().compareTo(loadReason) > 0 ? memory.source() : loadReason;
            return data;
        }
        if (!recent.covers(store, physical, bytes)) {
            return Math.max(issued, recent.commit(store)) + firstLatency + shape.mismatch();
        }
        if (i.indexed && shape.indexed() > 0) {
            return Math.max(issued, recent.data(store)) + shape.indexed();
        }
        for (int n = 1; n < shape.slots(); n++) {
            ports.issue(from, loadPorts);
        }
        return Math.max(start, recent.data(store) + shape.plain());
    }

    private long store(final Step i, final long start, final long data, final Accesses accesses) {
        final long from = address(i, start);
        long done = data;
        for (int n = 0; n < i.stores && accesses.nextIs(true); n++) {
            final long issued = ports.issue(from, storePorts);
            final long taken = ports.issue(data, i.wide ? dataPorts & -dataPorts : dataPorts);
            done = Math.max(done, Math.max(issued, taken) + 1);
            final long owned = memory.store(accesses.address(), accesses.bytes(), issued, accesses.page());
            final long commit = commit(accesses.address(), accesses.bytes(),
                    Math.max(Math.max(retireCycle, done) + 1, owned));
            if (memory.source() == Cause.COHERENCE && i.locked) {
                done = Math.max(done, owned);
                why = Cause.COHERENCE;
            }
            recent.add(accesses.address(), accesses.bytes(), data, commit);
            stores.take(commit);
            accesses.skip(i.wide);
        }
        return done;
    }

    /** One store a cycle goes to the cache, or two of which the second lies right behind the first, in its line. */
    private long commit(final long address, final int bytes, final long from) {
        final boolean sameLine = address >>> LINE_SHIFT == address - 1 >>> LINE_SHIFT;
        final boolean joins = from <= lastCommit && address == lastEnd && sameLine && !joined;
        joined = joins;
        lastEnd = address + bytes;
        lastCommit = joins ? lastCommit : Math.max(from, lastCommit + 1);
        return lastCommit;
    }

    /** All before it is done, then it, then what is behind it is fetched. */
    private long serial(final Step i, final long dispatched, final Accesses accesses) {
        long from = operands(i, dispatched);
        from = i.what.has(Trait.REPEATED) ? from : Math.max(from, lastDone);
        if (i.what.has(Trait.WAITS_FOR_STORES)) {
            from = Math.max(from, lastCommit);
        }
        final long done = from + serialCost(i, accesses);
        write(i, done, dispatched);
        final boolean whole = i.what.has(Trait.WAITS_FOR_STORES) || i.what.has(Trait.PRIVILEGED);
        front.restart(whole ? done : done - HANDED_OVER, Cause.SERIAL);
        loadsFrom = Math.max(loadsFrom, done);
        why = i.what.has(Trait.WAITS_FOR_STORES) ? Cause.LOCK : Cause.SERIAL;
        return done;
    }

    private long serialCost(final Step i, final Accesses accesses) {
        if (!i.what.has(Trait.REPEATED)) {
            touchAll(accesses, i.loads + i.stores);
            return i.what.has(Trait.DROPS_TRANSLATIONS) && translations().dropNext() ? keeping : i.what.serial();
        }
        return repeated(i, accesses);
    }

    @Override
    public void touchAll(final Accesses accesses, final int count) {
        for (int n = count; n > 0 && !accesses.isEmpty(); n--) {
            touch(accesses, retireCycle);
        }
    }

    private long touch(final Accesses accesses, final long cycle) {
        final long physical = accesses.address();
        final int bytes = accesses.bytes();
        final boolean write = accesses.nextIs(true);
        final long page = accesses.page();
        accesses.skip();
        if (write) {
            final long owned = memory.store(physical, bytes, cycle, page);
            lastCommit = Math.max(lastCommit, owned);
            return owned;
        }
        return memory.load(physical, bytes, cycle, 0, page);
    }

    /** A string instruction: what the table says for that many bytes, and the misses that it does not hide. */
    private long repeated(final Step i, final Accesses accesses) {
        long bytes = 0;
        long beyond = 0;
        long lastLine = -1;
        while (!accesses.isEmpty()) {
            final long line = accesses.address() >>> LINE_SHIFT;
            bytes += i.counts(accesses) ? accesses.bytes() : 0;
            if (line == lastLine) {
                accesses.skip();
            } else {
                final long at = retireCycle + beyond;
                beyond = Math.max(beyond, touch(accesses, at) - retireCycle - HIDDEN_BY_STRING);
                lastLine = line;
            }
        }
        return Math.max(make.stringCost(i.what, bytes), beyond);
    }

    private void retire(final int slots, final long done) {
        final long cycle = Math.max(done + 1, retireCycle);
        if (cycle > retireCycle) {
            retireCycle = cycle;
            retireSlots = 0;
        }
        retireSlots += slots;
        while (retireSlots > retireWidth) {
            retireSlots -= retireWidth;
            retireCycle++;
        }
        reorder.take(retireCycle);
        for (; loading > 0; loading--) {
            loads.take(retireCycle);
        }
    }

    @Override
    public void branch(final Step i, final long address, final long target, final long done) {
        if (i.flow == Flow.FAR) {
            front.restart(done, Cause.SERIAL);
        } else {
            front.branch(i.flow, address, address + i.length, target, done);
        }
    }

    @Override
    public void pass(final long cycles, final Cause reason) {
        retireCycle += cycles;
        retireSlots = 0;
        front.restart(retireCycle, reason);
    }
}
