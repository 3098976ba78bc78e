/**
 * Building Bantam's image from its sources and named features.
 *
 * <p>Bantam is a small microkernel in the L4 family. Its sources, as {@link ringside.kernel.build.KernelSources} names
 * them, are one directory a part:
 *
 * <pre>
 *   boot/     loaders' entries, page tables, segments, and which processes there are; TaskPlan has others start
 *   trap/     exceptions and interrupts: a faulting process asks its handler or dies with a report, a faulting kernel
 *             panics
 *   syscall/  where SYSCALL arrives, and the calls about one's own thread
 *   thread/   the ready queues, making, ending and resuming threads
 *   object/   where all objects come from and go to, and the handles that name them
 *   memory/   page frames, page tables, who pays for them; memory objects, their forks and mappings
 *   process/  address spaces with handles, and their identifiers
 *   ipc/      endpoints and messages: the general path, and the two fast ones; notifications; faults as messages
 *   driver/   serial port, local APIC, 8259s      lib/  printing and panics
 *   abi/      generated from ringside.kernel.abi  user/ the user programs
 * </pre>
 *
 * <p>A thread's block is its trap frame; the CPU has one kernel stack, empty whenever user code runs. The running
 * thread is in no queue. A call to a waiting receiver hands it the CPU at once, by the fast path or, when a check of
 * that declines, through the queues: with the same outcome, which the user program {@code cases} shows line by line.
 *
 * <p><b>Not modelled:</b> more than one CPU, user FPU state.
 */
package ringside.kernel.build;
