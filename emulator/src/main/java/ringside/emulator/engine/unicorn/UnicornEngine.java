package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.EngineCallbacks;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.engine.EngineException;
import ringside.emulator.engine.EngineExit;
import ringside.emulator.engine.FloatingPointRegisters;
import ringside.emulator.engine.SystemRegisters;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.memory.HostMemory;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.toolchain.image.Probe;

/**
 * One CPU on libunicorn: its life, its registers and its runs. The hot work is the stubs' ({@link Microcode}), the
 * counting {@link StubServices}'.
 */
final class UnicornEngine implements CpuEngine {
    private static final int DOUBLE_FAULT = 8;
    private static final int RESULT_REGISTERS = 4;

    private final Unicorn library = Unicorn.library();
    private final EngineCallbacks callbacks;
    private final boolean counting;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment uc;
    private final MemorySegment env;
    private final MemorySegment ram;
    private final MemorySegment shared;
    private final StubServices services;
    private final RamMaps maps;
    private final KnownPages pages;
    private final CpuServices cpu;
    private final CpuState state;
    private final RegisterFile registers;
    private final Microcode microcode;
    private final Upcalls upcalls;
    private final MemorySegment registerCell;
    private final int[] cpuidResult = new int[RESULT_REGISTERS];
    /** Hooked for probes, for good: the library unhooks code by a page walk, whose fault the guest would see. */
    private final List<Long> probed = new ArrayList<>();
    private final List<Long> eventHooks = new ArrayList<>();
    private boolean exactRip;
    private boolean demanded;
    private long deadline;
    private boolean running;
    private boolean stopping;
    private EngineException failure;
    private boolean closed;

    UnicornEngine(final EngineConfig config) {
        callbacks = config.callbacks();
        counting = config.counting();
        ram = config.memory().segment();
        try {
            registerCell = arena.allocate(JAVA_LONG);
            shared = HostMemory.map(Shared.BYTES);
            uc = library.open();
            library.selectCpu(uc, Unicorn.CPU_BROADWELL);
            library.noExits(uc);
            library.mapPointer(uc, 0, ram);
            Env.check(library, uc);
            env = Env.of(uc);
            services = new StubServices(this, config, env, shared);
            maps = new RamMaps(library, uc, config.memory(), shared);
            pages = new KnownPages(this, services.pump(), new Tlb(library, uc, shared));
            cpu = new CpuServices(this, services, callbacks, env, shared);
            state = new CpuState(library, this, env);
            registers = new RegisterFile(this, env);
            state.powerUp();
            microcode = new Microcode();
            upcalls = new Upcalls(this, services, maps, arena);
            shareState();
            installHooks(ram.byteSize());
        } catch (final Throwable failure) {
            close();
            throw failure;
        }
    }

    private void shareState() {
        env.set(JAVA_LONG, Env.SHARED, shared.address());
        shared.set(JAVA_LONG, Shared.ENV, env.address());
        shared.set(JAVA_LONG, Shared.CPU, Env.cpu(uc).address());
        setAttention(Long.MAX_VALUE);
        LibraryRoutines.share(library, shared);
        upcalls.share(shared, counting);
        new CpuUpcalls(this, cpu, arena).share(shared);
    }

    private void installHooks(final long ramBytes) {
        if (counting) {
            hookEverywhere(Unicorn.HOOK_BLOCK, microcode.block(), 0);
        }
        hookEverywhere(Unicorn.HOOK_INTR, microcode.exception(), 0);
        hookEverywhere(Unicorn.HOOK_INSN_INVALID, microcode.invalid(), 0);
        hookEverywhere(Unicorn.HOOK_INSN, microcode.syscall(), Unicorn.INSN_SYSCALL);
        hookEverywhere(Unicorn.HOOK_INSN, microcode.sysenter(), Unicorn.INSN_SYSENTER);
        hookEverywhere(Unicorn.HOOK_INSN, microcode.portIn(), Unicorn.INSN_IN);
        hookEverywhere(Unicorn.HOOK_INSN, microcode.portOut(), Unicorn.INSN_OUT);
        hookEverywhere(Unicorn.HOOK_INSN, upcalls.cpuid(), Unicorn.INSN_CPUID);
        hookEverywhere(Unicorn.HOOK_INSN, upcalls.timeStamp(), Unicorn.INSN_RDTSC);
        hookEverywhere(Unicorn.HOOK_INSN, upcalls.timeStampAndProcessor(), Unicorn.INSN_RDTSCP);
        final long physicalEnd = 1L << 52;
        library.mapDevice(uc, ramBytes, physicalEnd - ramBytes, upcalls.deviceRead(), upcalls.deviceWrite(),
                MemorySegment.ofAddress(ramBytes));
    }

    private long hookEverywhere(final int type, final MemorySegment callback, final int instruction) {
        return library.hook(uc, type, callback, shared, 1, 0, instruction);
    }

    @Override
    public MemorySegment ram() {
        return ram;
    }

    @Override
    public long read(final CpuRegister register) {
        return registers.read(register);
    }

    @Override
    public void write(final CpuRegister register, final long value) {
        registers.write(register, value);
    }

    @Override
    public SystemRegisters system() {
        return registers.system(callbacks.taskPriority());
    }

    @Override
    public FloatingPointRegisters floatingPoint() {
        return registers.floatingPoint();
    }

    @Override
    public void floatingPoint(final FloatingPointRegisters values) {
        registers.floatingPoint(values);
    }

    long readThroughLibrary(final int register) {
        try {
            library.check("uc_reg_read", (int) library.regRead.invokeExact(uc, register, registerCell), 0);
            return registerCell.get(JAVA_LONG, 0);
        } catch (final Throwable e) {
            throw Unicorn.rethrow("uc_reg_read", e);
        }
    }

    void writeThroughLibrary(final int register, final long value) {
        try {
            registerCell.set(JAVA_LONG, 0, value);
            library.check("uc_reg_write", (int) library.regWrite.invokeExact(uc, register, registerCell), 0);
        } catch (final Throwable e) {
            throw Unicorn.rethrow("uc_reg_write", e);
        }
    }

    @Override
    public void enterProtectedMode(final long entry) {
        EntryState.protectedMode(env);
        reset(entry);
    }

    @Override
    public void enterLongMode(final long entry, final long root) {
        EntryState.longMode(env, root);
        reset(entry);
    }

    private void reset(final long entry) {
        writeThroughLibrary(Unicorn.REG_CR3, env.get(JAVA_LONG, Env.CR + 3 * Long.BYTES));
        writeThroughLibrary(Unicorn.REG_RFLAGS, 2);
        env.set(JAVA_LONG, Env.EIP, entry);
        services.recordDrop();
        forgetCode();
    }

    @Override
    public void initialise() {
        final int noBreakpoints = 0x400;
        library.breakpoints(env, noBreakpoints);
        EntryState.initialised(env);
        reset(EntryState.RESET_VECTOR);
    }

    @Override
    public void startUp(final int vector) {
        EntryState.started(env, vector);
        reset(0);
    }

    @Override
    public EngineExit run() {
        if (running) {
            throw new IllegalStateException("the engine is running already");
        }
        cpu.prepareToRun();
        pages.tell();
        running = true;
        stopping = false;
        failure = null;
        final int status;
        try {
            status = (int) library.emuStart.invokeExact(uc, env.get(JAVA_LONG, Env.EIP), 0L, 0L, 0L);
        } catch (final Throwable e) {
            throw Unicorn.rethrow("uc_emu_start", e);
        } finally {
            running = false;
            cpu.settle();
            exactRip = false;
        }
        if (failure != null) {
            throw failure;
        }
        services.drain();
        return exit(status);
    }

    private EngineExit exit(final int status) {
        final long delivering = shared.get(JAVA_LONG, Shared.DELIVERING);
        shared.set(JAVA_LONG, Shared.DELIVERING, 0);
        if (stopping) {
            return new EngineExit(EngineExit.Reason.STOPPED, 0);
        }
        if (status == Unicorn.OK) {
            return new EngineExit(delivering == DOUBLE_FAULT + 1
                    ? EngineExit.Reason.TRIPLE_FAULT : EngineExit.Reason.HALTED, 0);
        }
        if (status == Unicorn.ERR_FETCH_UNMAPPED || status == Unicorn.ERR_FETCH_PROTECTED) {
            return new EngineExit(EngineExit.Reason.NO_MEMORY, Env.linear(env));
        }
        throw new EngineException("uc_emu_start", library.words(status), env.get(JAVA_LONG, Env.EIP));
    }

    @Override
    public void limitFirstBlock(final int instructions) {
        services.forgetCurrent();
        cpuObject().set(JAVA_INT, Env.CPU_NEXT_BLOCK, instructions);
    }

    @Override
    public void stop() {
        stopping = true;
        setAttention(0);
        try {
            library.check("uc_emu_stop", (int) library.emuStop.invokeExact(uc), 0);
        } catch (final Throwable e) {
            throw Unicorn.rethrow("uc_emu_stop", e);
        }
    }

    /** {@return whether interposed functions find this engine's shared memory} */
    boolean findsShared() {
        return env.get(JAVA_LONG, Env.SHARED) == shared.address();
    }

    boolean running() {
        return running;
    }

    boolean stopping() {
        return stopping;
    }

    /** Keeps what a callback threw and stops the engine. */
    void fail(final String operation, final Throwable cause) {
        if (failure == null) {
            failure = cause instanceof EngineException engine ? engine : new EngineException(operation, cause);
        }
        stop();
    }

    @Override
    public long instructions() {
        return shared.get(JAVA_LONG, Shared.INSTRUCTIONS) - (exactRip ? services.notYetRetired(false) : 0);
    }

    @Override
    public long cycles() {
        return shared.get(JAVA_LONG, Shared.CYCLES) - (exactRip ? services.notYetRetired(true) : 0);
    }

    @Override
    public long repetitions() {
        return shared.get(JAVA_LONG, Shared.REPETITIONS);
    }

    @Override
    public boolean delivering() {
        return shared.get(JAVA_LONG, Shared.DELIVERING) != 0;
    }

    @Override
    public void skip(final long cycles) {
        shared.set(JAVA_LONG, Shared.CYCLES, shared.get(JAVA_LONG, Shared.CYCLES) + cycles);
        services.pump().skip(cycles);
    }

    @Override
    public void setAttention(final long cycle) {
        deadline = cycle;
        attend();
    }

    /** Has the next block ask, whatever the clock says. */
    void demandAttention() {
        demanded = true;
        attend();
    }

    /** {@return whether attention was demanded} It is not any more. */
    boolean takeDemand() {
        final boolean was = demanded;
        demanded = false;
        attend();
        return was;
    }

    @Override
    public void setPending(final int kinds) {
        shared.set(JAVA_LONG, Shared.PENDING, kinds);
        attend();
    }

    private void attend() {
        shared.set(JAVA_LONG, Shared.DEADLINE, demanded || running && stopping ? 0 : deadline);
        final boolean pending = shared.get(JAVA_LONG, Shared.PENDING) != 0;
        shared.set(JAVA_LONG, Shared.ATTENTION, pending ? 0 : shared.get(JAVA_LONG, Shared.DEADLINE));
    }

    @Override
    public void observe(final List<MachineObserver> observers, final List<Probe> imageProbes) {
        services.observe(observers, imageProbes);
        forgetCode();
        eventHooks.forEach(hook -> library.unhook(uc, hook));
        eventHooks.clear();
        shared.set(JAVA_INT, Shared.MEMORY_OBSERVED, services.pump().wantsMemory() ? 1 : 0);
        shared.set(JAVA_LONG, Shared.RECORDED_BEGIN, services.pump().memoryBegin() & -GuestRam.PAGE);
        shared.set(JAVA_LONG, Shared.RECORDED_END, services.pump().memoryEnd() & -GuestRam.PAGE);
        shared.set(JAVA_INT, Shared.TRANSLATIONS_OBSERVED, services.pump().wantsTranslations() ? 1 : 0);
        pages.observed();
        if (services.pump().wantsMemory()) {
            eventHooks.add(hookEverywhere(Unicorn.HOOK_MEM_READ | Unicorn.HOOK_MEM_WRITE, microcode.memory(), 0));
        }
        if (services.pump().wantsProbes()) {
            imageProbes.stream().filter(p -> !p.registers().isEmpty()).map(Probe::address).sorted()
                    .filter(at -> !probed.contains(at) && probed.add(at)).forEach(at ->
                            library.hook(uc, Unicorn.HOOK_CODE, upcalls.probe(), shared, at, at, 0));
        }
    }

    @Override
    public Stateful translations() {
        return pages;
    }

    @Override
    public long extendedPageTables() {
        return cpu.extendedPaging().pointer();
    }

    @Override
    public void extendedPageTables(final long pointer) {
        cpu.extendedPaging().pointer(pointer);
    }

    @Override
    public void flushEvents() {
        services.drain();
    }

    @Override
    public void forgetCode() {
        services.drain();
        library.flushCode(uc);
        maps.codeForgotten();
        services.forgetBlocks();
    }

    @Override
    public void save(final StateWriter out) {
        state.save(out);
        services.save(out);
    }

    @Override
    public void load(final StateReader in) {
        state.load(in);
        services.load(in);
    }

    int portIn(final int port, final int size) {
        exactRip = true;
        final int value = (int) callbacks.readPort(port, size);
        exactRip = false;
        return value;
    }

    /** {@return whether the guest ended its run by this and the block is to be left behind the instruction} */
    boolean portOut(final int port, final int size, final int value) {
        exactRip = true;
        callbacks.writePort(port, size, Integer.toUnsignedLong(value));
        exactRip = false;
        return stopping && services.leaveBehindOut();
    }

    void cpuid() {
        callbacks.cpuid((int) read(CpuRegister.RAX), (int) read(CpuRegister.RCX), cpuidResult);
        write(CpuRegister.RAX, Integer.toUnsignedLong(cpuidResult[0]));
        write(CpuRegister.RBX, Integer.toUnsignedLong(cpuidResult[1]));
        write(CpuRegister.RCX, Integer.toUnsignedLong(cpuidResult[2]));
        write(CpuRegister.RDX, Integer.toUnsignedLong(cpuidResult[3]));
    }

    void timeStamp() {
        exactRip = true;
        final long value = callbacks.timeStamp();
        exactRip = false;
        write(CpuRegister.RAX, value & 0xFFFF_FFFFL);
        write(CpuRegister.RDX, value >>> Integer.SIZE);
    }

    void timeStampAndProcessor() {
        timeStamp();
        write(CpuRegister.RCX, env.get(JAVA_LONG, Env.TSC_AUX) & 0xFFFF_FFFFL);
    }

    /** From here on RIP is the running instruction's, and the counters are exact, or no longer so. */
    void exactRip(final boolean exact) {
        exactRip = exact;
    }

    /** {@return the library's CPU object} */
    MemorySegment cpuObject() {
        return Env.cpu(uc);
    }

    /** {@return what the CPU asks Java} */
    CpuServices cpu() {
        return cpu;
    }

    /** {@return how many bytes the access has that is being done in parts, 0 when none is} */
    int splitAccess() {
        final int place = AccessStubs.UC_SPLIT_ACCESS;
        return uc.reinterpret(place + Integer.BYTES).get(JAVA_INT, place);
    }

    /** Forgets cached address translations, which the library does not do when EFER.NXE changes. */
    void flushTranslations() {
        library.flushTranslations(Env.cpu(uc));
    }

    long deviceRead(final long address, final int size) {
        return callbacks.readDevice(address, size);
    }

    void deviceWrite(final long address, final int size, final long value) {
        callbacks.writeDevice(address, size, value);
    }

    /** Gives back what there is: all of it, or what a constructor that failed had opened. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ifThere(maps, RamMaps::close);
            ifThere(uc, library::close);
            ifThere(microcode, Microcode::close);
            ifThere(services, StubServices::close);
            ifThere(shared, HostMemory::unmap);
            arena.close();
        }
    }

    private static <T> void ifThere(final T part, final Consumer<T> close) {
        if (part != null) {
            close.accept(part);
        }
    }
}
