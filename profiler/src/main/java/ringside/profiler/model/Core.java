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
    /** Cycles that a scaled index adds to a load: measured on Zen 4 by chains of loads, assumed for others. */
    private static final int SCALED = 1;
    /** Bytes from which on a store's register is renamed to a load's: measured on Zen 4. */
    private static final int LEAST_RENAMED = 4;
    private static final int LINE_SHIFT = 6;
    /** Load ports that a load takes besides its own where it crosses a line: measured on Zen 4, one a cycle. */
    private static final int MORE_TO_CROSS = 2;
    private static final int WIDE_BYTES = 16;
    /** Cycles for which a store's register is known by its address when the store has reached the cache: assumed. */
    private static final int KEPT = 16;
    /** Cycles from a store's issue until what waits for all before it takes it as done: measured on Zen 4 by LFENCE. */
    private static final int STORE_KNOWN = 3;

    private final Microarchitecture.Hardware make;
    private final DataPath memory;
    private final FrontEnd front;
    private final PortCalendar ports = new PortCalendar();
    private final RecentStores recent = new RecentStores();
    private final TimeRing reorder;
    private final TimeRing loads;
    private final TimeRing stores;
    private final Schedulers schedulers;
    /** Loads and stores whose address is waited for. */
    private final WaitingPlaces waiting;
    private final int loadPorts;
    private final int vectorPorts;
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
    private final CommittedStores committed = new CommittedStores();
    private long lastStored;
    private long lastLock;
    private long lockedLine;
    /** RSP was moved ahead of execution: what computes with it needs a cycle to learn its value. */
    private boolean stackMoved;
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
        waiting = new WaitingPlaces(back.addressQueue());
        loadPorts = back.loads();
        vectorPorts = back.vectorLoads();
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
    public DataPath memory() {
        return memory;
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
        final long done = i.isSerial() ? serial(i, dispatched, accesses) : execute(i, dispatched, address, accesses);
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
        final long delivered = front.deliver(address, i.slots, i.branches());
        long cycle = Math.max(delivered, dispatchCycle);
        why = delivered >= dispatchCycle ? front.cause() : Cause.WIDTH;
        cycle = wait(cycle, reorder.available());
        if (i.loads > 0) {
            cycle = wait(cycle, loads.available());
        }
        if (i.stores > 0) {
            cycle = wait(cycle, stores.available());
        }
        if (i.hasMemory()) {
            waiting.advance(cycle);
            cycle = wait(cycle, waiting.available(0));
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
        }
        return Math.max(cycle, until);
    }

    private long operands(final Step i, final long from) {
        final long latest = Math.max(Math.max(ready[i.read0], ready[i.read1]), Math.max(ready[i.read2], from));
        return i.readsMore() ? latest(i.moreReads, latest) : latest;
    }

    private long address(final Step i, final long from) {
        final long latest = Math.max(Math.max(ready[i.address0], ready[i.address1]), from);
        return i.addressesMore() ? latest(i.moreAddresses, latest) : latest;
    }

    private long latest(final int[] resources, final long from) {
        long latest = from;
        for (final int resource : resources) {
            latest = Math.max(latest, ready[resource]);
        }
        return latest;
    }

    private long execute(final Step i, final long dispatched, final long address, final Accesses accesses) {
        final long start = dispatched + 1;
        long operands = operands(i, start);
        Cause reason = operands > start ? Cause.DEPENDENCY : why;
        if (i.isSpecial()) {
            if (stackMoved && i.readsStackPointer()) {
                stackMoved = false;
                operands = Math.max(operands, ready[Resource.RSP] + 1);
                reason = operands > start ? Cause.DEPENDENCY : why;
            }
            if (i.ordersStores()) {
                committed.fence(retireCycle);
            }
            if (i.isLocked()) {
                return locked(i, Math.max(address(i, start), operands), address, dispatched, accesses);
            }
        }
        if (i.loads > 0 && accesses.nextIs(false)) {
            final long data = load(i, start, address, accesses) + (i.loadsVector() ? vectorExtra : 0);
            if (data >= operands) {
                operands = data;
                reason = loadReason;
            }
        }
        long done = operands;
        if (i.ports != 0) {
            final long issued = i.isOnce() ? ports.issue(operands, schedulers.bound(i.ports)) : issueAll(i, operands);
            reason = issued > operands ? Cause.PORT : reason;
            schedulers.leave(issued);
            done = issued + i.latency;
            reason = i.latency > 1 && reason == why ? Cause.LATENCY : reason;
        } else if (!i.hasMemory()) {
            done = i.waitsForNothing() ? dispatched : operands;
        }
        write(i, done);
        why = reason;
        if (i.stores > 0) {
            done = store(i, start, done, accesses);
        }
        return done;
    }

    private long issueAll(final Step i, final long ready) {
        long issued = ready;
        for (int n = 0; n < i.issues; n++) {
            final int some = n == 0 ? schedulers.bound(i.ports) : i.ports;
            issued = Math.max(issued, i.what.occupancy() <= 1 ? ports.issue(ready, some)
                    : ports.issueLong(ready, some, i.what.occupancy()));
        }
        return issued;
    }

    /** A locked operation has a unit of its own, and loads behind it wait for it. */
    private long locked(final Step i, final long operands, final long address, final long dispatched,
            final Accesses accesses) {
        final long from = Math.max(operands, lastLock);
        final long line = accesses.isEmpty() ? 0 : accesses.address() >>> LINE_SHIFT;
        final int cost = Math.max(shape.lock() + (line == lockedLine ? 0 : 1), i.latency);
        lockedLine = line;
        long done = from + cost;
        why = from > operands || operands == dispatched + 1 ? Cause.LOCK : Cause.DEPENDENCY;
        for (int n = 0; n < i.loads && accesses.nextIs(false); n++) {
            final long data =
                    memory.load(accesses.address(), accesses.bytes(), from, address, accesses.page());
            if (data > from + firstLatency) {
                done = Math.max(done, data + cost - firstLatency);
                why = memory.source();
            }
            accesses.skip(i.isWide());
        }
        lastLock = done;
        loadsFrom = Math.max(loadsFrom, done);
        write(i, done);
        return store(i, dispatched + 1, done, accesses);
    }

    private void write(final Step i, final long done) {
        if (i.writesOddly()) {
            writeOddly(i, done);
            return;
        }
        ready[i.write0] = done;
        ready[i.write1] = done;
        ready[i.write2] = done;
        ready[i.later] = done + 1;
        stackMoved |= i.movesStack();
    }

    private void writeOddly(final Step i, final long done) {
        if (i.swaps()) {
            final int[] both = i.what.writes();
            final long first = ready[both[0]];
            ready[both[0]] = ready[both[both.length - 1]];
            ready[both[both.length - 1]] = first;
            return;
        }
        ready[i.write0] = done;
        ready[i.write1] = done;
        ready[i.write2] = done;
        for (final int resource : i.moreWrites) {
            ready[resource] = done;
        }
        ready[i.later] = done + 1;
        stackMoved |= i.movesStack();
    }

    /** {@return when the last of an instruction's loads has its data} */
    private long load(final Step i, final long start, final long address, final Accesses accesses) {
        final long from = Math.max(address(i, start), loadsFrom);
        long data = from;
        loadReason = Cause.L1;
        for (int n = 0; n < i.loads && accesses.nextIs(false); n++) {
            final long physical = accesses.address();
            final int bytes = i.isWide() ? WIDE_BYTES : accesses.bytes();
            final long page = accesses.page();
            accesses.skip(i.isWide());
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
        final long issued = ports.issue(from, i.loadsVector() ? vectorPorts : loadPorts);
        waiting.take(0, issued);
        if (CommittedStores.crosses(physical, bytes)) {
            for (int n = 0; n < MORE_TO_CROSS; n++) {
                ports.issue(issued, loadPorts);
            }
        }
        final int store = recent.find(physical, bytes, issued - KEPT);
        if (store < 0 || recent.commit(store) <= issued && !renamed(i, store, physical, bytes)) {
            final long data = memory.load(physical, bytes, issued, address, page) + (i.isScaled() ? SCALED : 0);
            loadReason = memory.source().compareTo(loadReason) > 0 ? memory.source() : loadReason;
            return data;
        }
        if (!recent.covers(store, physical, bytes)) {
            return Math.max(issued, recent.commit(store)) + firstLatency + shape.mismatch();
        }
        if (!renamed(i, store, physical, bytes)) {
            return Math.max(issued, recent.data(store)) + shape.queued() - (i.loadsVector() ? 1 : 0)
                    + (recent.isVector(store) && !i.loadsVector() ? 1 : 0);
        }
        if (i.isIndexed() && shape.indexed() > 0) {
            return Math.max(issued, recent.data(store)) + shape.indexed();
        }
        for (int n = 1; n < shape.slots() && !i.isReadModifyWrite(); n++) {
            ports.issue(from, loadPorts);
        }
        return Math.max(start, recent.data(store) + shape.plain());
    }

    /** Whether a load is taken for a move of the register that was stored: one that only loads, from where it began. */
    private boolean renamed(final Step i, final int store, final long physical, final int bytes) {
        return i.renames() && bytes >= LEAST_RENAMED && recent.beginsAt(store, physical) && !recent.isVector(store);
    }

    private long store(final Step i, final long start, final long data, final Accesses accesses) {
        final long from = address(i, start);
        long done = data;
        for (int n = 0; n < i.stores && accesses.nextIs(true); n++) {
            final long issued = ports.issue(from, storePorts);
            waiting.take(0, issued);
            final long taken = ports.issue(data, i.storesVector() ? dataPorts & -dataPorts : dataPorts);
            done = Math.max(done, Math.max(issued, taken) + 1);
            final int bytes = i.isWide() ? WIDE_BYTES : accesses.bytes();
            final long owned = memory.store(accesses.address(), bytes, issued, accesses.page());
            final long commit = committed.commit(accesses.address(), bytes,
                    Math.max(Math.max(retireCycle, done) + 1, owned));
            if (memory.source() == Cause.COHERENCE && i.isLocked()) {
                done = Math.max(done, owned);
                why = Cause.COHERENCE;
            }
            recent.add(accesses.address(), bytes, data, commit, i.storesVector());
            stores.take(commit);
            lastStored = done;
            accesses.skip(i.isWide());
        }
        return done;
    }

    /** All before it is done, then it, then what is behind it is fetched. */
    private long serial(final Step i, final long dispatched, final Accesses accesses) {
        long from = operands(i, dispatched);
        from = i.what.has(Trait.REPEATED) ? from : Math.max(from, Math.max(lastDone, lastStored + STORE_KNOWN));
        if (i.what.has(Trait.WAITS_FOR_STORES)) {
            from = Math.max(from, committed.last());
        }
        why = i.what.has(Trait.WAITS_FOR_STORES) ? Cause.LOCK : Cause.SERIAL;
        final long done = from + (i.what.has(Trait.REPEATED) ? repeated(i, accesses) : fixed(i, accesses));
        write(i, done);
        final boolean whole = i.what.has(Trait.WAITS_FOR_STORES) || i.what.has(Trait.PRIVILEGED);
        front.restart(whole ? done : done - HANDED_OVER, Cause.SERIAL);
        loadsFrom = Math.max(loadsFrom, done);
        return done;
    }

    private long fixed(final Step i, final Accesses accesses) {
        touchAll(accesses, i.loads + i.stores);
        return i.what.has(Trait.DROPS_TRANSLATIONS) && translations().dropNext() ? keeping : i.what.serial();
    }

    @Override
    public void touchAll(final Accesses accesses, final int count) {
        for (int n = count; n > 0 && !accesses.isEmpty(); n--) {
            touch(accesses, retireCycle);
        }
    }

    private long touch(final Accesses accesses, final long cycle) {
        final long at = accesses.address();
        final int bytes = accesses.bytes();
        final boolean write = accesses.nextIs(true);
        final long page = accesses.page();
        accesses.skip();
        final long done = write ? memory.store(at, bytes, cycle, page) : memory.load(at, bytes, cycle, 0, page);
        committed.upTo(write ? done : 0);
        return done;
    }

    /**
     * A string instruction: what the table says for that many bytes, and what of its misses it does not hide. It asks
     * for lines as fast as it moves bytes, so that as many are under way as the core can have.
     */
    private long repeated(final Step i, final Accesses accesses) {
        long bytes = accesses.ahead().bytes(i);
        long beyond = accesses.ahead().late();
        long lastLine = -1;
        Cause slowest = accesses.ahead().cause();
        final boolean words = !accesses.isEmpty() && accesses.bytes() > 1;
        while (!accesses.isEmpty()) {
            final long line = accesses.address() >>> LINE_SHIFT;
            bytes += i.counts(accesses) ? accesses.bytes() : 0;
            if (line == lastLine) {
                accesses.skip();
            } else {
                final long moved = bytes / make.stringBytes(i.what);
                final long late = touch(accesses, retireCycle + moved) - retireCycle - HIDDEN_BY_STRING;
                slowest = late > beyond ? memory.source() : slowest;
                beyond = Math.max(beyond, late);
                lastLine = line;
            }
        }
        final long table = make.stringCost(i.what, bytes, words);
        why = beyond > table ? slowest : why;
        return Math.max(table, beyond);
    }

    @Override
    public void ahead(final Accesses accesses) {
        final StringAhead ahead = accesses.ahead();
        while (!accesses.isEmpty()) {
            final long at = retireCycle + ahead.moved() / make.movs().beyond();
            ahead.add(accesses.bytes(), accesses.nextIs(true));
            ahead.atLeast(touch(accesses, at) - retireCycle - HIDDEN_BY_STRING, memory.source());
        }
    }

    private void retire(final int slots, final long done) {
        if (done + 1 > retireCycle) {
            retireCycle = done + 1;
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
