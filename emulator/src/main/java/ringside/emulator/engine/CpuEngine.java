package ringside.emulator.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.state.Stateful;
import ringside.toolchain.image.Probe;

/**
 * One virtual CPU over physical memory: the only view of a native engine.
 *
 * <p>It executes, translates addresses, vectors exceptions and interrupts through the guest's IDT, enters and leaves
 * the kernel by SYSCALL and SYSRET, and counts every instruction. It has no devices and no sense of time beyond the
 * sum of its instructions' costs.
 *
 * <p>Its state is that of its registers and counters; RAM is not its own, and what was translated from there is the
 * RAM's business.
 *
 * <p>One thread at a time. All methods but {@link #stop()}, the counters and the registers are for when it is not
 * running.
 */
public interface CpuEngine extends Stateful, AutoCloseable {
    /** {@return the guest's RAM from physical address 0 on; writes to code that ran need {@link #forgetCode}} */
    MemorySegment ram();

    /**
     * {@return a register's value}
     *
     * @param register which
     */
    long read(CpuRegister register);

    /**
     * Sets a register.
     *
     * @param register which
     * @param value    its new value
     */
    void write(CpuRegister register, long value);

    /** {@return segments, descriptor tables, MSRs and debug registers; only between runs} */
    SystemRegisters system();

    /** {@return the x87 and SSE registers; only between runs} */
    FloatingPointRegisters floatingPoint();

    /**
     * Sets the x87 and SSE registers, between runs.
     *
     * @param registers their new values
     */
    void floatingPoint(FloatingPointRegisters registers);

    /**
     * Puts the CPU in 32-bit protected mode without paging, flat segments, interrupts off: the entry state of PVH.
     *
     * @param entry physical address of the first instruction
     */
    void enterProtectedMode(long entry);

    /**
     * Puts the CPU in 64-bit mode at privilege level 0, interrupts off.
     *
     * @param entry virtual address of the first instruction
     * @param root  physical address of the page-table root
     */
    void enterLongMode(long entry, long root);

    /**
     * Puts the CPU in the state after INIT (Intel SDM volume 3, table 10-1): real mode, CS:EIP = F000:FFF0 with base
     * FFFF0000h, interrupts off. MSRs but EFER, FPU and SSE registers stay.
     */
    void initialise();

    /**
     * Sets where a CPU that waits after {@link #initialise} starts: CS = vector * 100h, EIP = 0 (volume 3, 9.4.4).
     *
     * @param vector of the start-up IPI, 0 to 255
     */
    void startUp(int vector);

    /**
     * Runs until something ends the run.
     *
     * @return why it came back
     * @throws EngineException when the engine fails or a callback threw
     */
    EngineExit run();

    /** The most instructions that a block has. */
    int LONGEST_BLOCK = 64;

    /**
     * Has the next run begin with a block of at most so many instructions, where the engine would take more at once.
     *
     * @param instructions 1 up to {@link #LONGEST_BLOCK}
     */
    void limitFirstBlock(int instructions);

    /** Asks the running engine to stop at the end of the current block. */
    void stop();

    /** {@return instructions retired since the start; exact between blocks and in every callback but device memory} */
    long instructions();

    /** {@return cycles since the start, the sum of the retired instructions' costs and of {@link #skip}} */
    long cycles();

    /** {@return iterations of repeated string instructions beyond each one's first; they cost no cycles} */
    long repetitions();

    /** {@return whether an exception or interrupt is being delivered; one that comes then is of the delivery itself} */
    boolean delivering();

    /**
     * Lets time pass while the CPU does nothing.
     *
     * @param cycles how many, not negative
     */
    void skip(long cycles);

    /**
     * Asks for {@link EngineCallbacks#attention} before the first block that starts at or after a cycle.
     *
     * @param cycle absolute; 0 for every block from now on
     */
    void setAttention(long cycle);

    /**
     * Asks for {@link EngineCallbacks#attention} before the first block at which the CPU would take what waits, at
     * whatever cycle; until it can, no question is asked.
     *
     * @param kinds {@link EngineCallbacks#INTERRUPTS} and {@link EngineCallbacks#NMI}; 0 when nothing waits
     */
    void setPending(int kinds);

    /**
     * Sets who hears events. Instruction, memory, exception, interrupt, system call, address space and probe events
     * are told by the engine, late but in order, at the latest before {@link #run()} returns.
     *
     * @param observers in the order they are told
     * @param probes    the image's probes; their index is what an event names
     */
    void observe(List<MachineObserver> observers, List<Probe> probes);

    /** Tells observers what happened so far; from a callback, before telling them of something newer. */
    void flushEvents();

    /**
     * {@return the address translations that the CPU holds}
     *
     * <p>A part of its own, to be loaded last and left out of a comparison of states: which translations of code there
     * are depends on what the engine has translated, which no state tells; each is one that the page tables gave
     * (Intel SDM volume 3, 4.10).
     */
    Stateful translations();

    /** {@return the EPTP under whose tables ({@link ExtendedPaging}) the CPU reaches memory, 0 for none} */
    long extendedPageTables();

    /**
     * Puts other extended page tables, or none, between the CPU and memory, and forgets its address translations. Where
     * they have no right to an access, {@link EngineCallbacks#leftExtendedTables} is told.
     *
     * @param pointer an EPTP that {@link ExtendedPaging#isPointer} takes, or 0
     */
    void extendedPageTables(long pointer);

    /** Forgets all translated code, after the host wrote into memory the guest may have executed. */
    void forgetCode();

    @Override
    void close();
}
