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
 *   interrupt/ lines of the I/O APIC as objects that signal notifications
 *   syscall/  where SYSCALL arrives, and the calls about one's own thread
 *   thread/   the ready queues, making, ending and resuming threads
 *   object/   where all objects come from and go to, and the handles that name them
 *   memory/   page frames, page tables, who pays for them; memory objects, their forks and mappings
 *   process/  address spaces with handles, and their identifiers
 *   ipc/      endpoints and messages: the general path, and the two fast ones; notifications; faults as messages
 *   smp/      the other CPUs: found, started, locked out, asked for something, stopped
 *   driver/   serial port, both APICs, 8259s     lib/  printing and panics
 *   abi/      generated from ringside.kernel.abi  user/ the user programs
 * </pre>
 *
 * <p>A thread's block is its trap frame; a CPU has one kernel stack, empty whenever user code runs. The running
 * thread is in no queue. A call to a waiting receiver hands it the CPU at once, by the fast path or, when a check of
 * that declines, through the queues: with the same outcome, which the user program {@code cases} shows line by line.
 *
 * <p>An image runs on one CPU, or on all that ACPI tells of, with one lock around the kernel: a CPU has it from its
 * entry, before it looks at its thread, to its exit. So the kernel's records have one user, and each CPU has its own
 * block, queues, kernel stack and tick. While a CPU waits for the lock it does what the holder asks for: forgets
 * translations, or leaves an address space that ends. A thread runs where it was made until it is sent elsewhere.
 *
 * <p>A thread that asks for floating-point registers has them in its CPU while it runs and in a block of its own
 * otherwise; they change with the thread, at once, and no fast path has such a thread.
 *
 * <p><b>Not modelled:</b> what XSAVE would save, AVX among it: it faults; a balance of threads among CPUs is for
 * programs to find.
 */
package ringside.kernel.build;
