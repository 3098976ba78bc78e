package ringside.kernel.abi;

import ringside.toolchain.layout.Constants;

/**
 * The contract between Bantam and user programs.
 *
 * <p>A system call is {@code SYSCALL} with its number in {@code eax}. It preserves {@code rbx rbp r12 r13 r14 r15 rsp}
 * and returns a status in {@code rax}; all other registers carry results or are lost, and RFLAGS are the thread's
 * own constant value again: arithmetic flags, DF, TF, NT and AC are clear.
 *
 * <pre>
 *   in   eax number    rdi handle   rsi tag   rdx r8 r9 r10 words 0-3   r12-r15 words 4-7
 *   out  rax status    rdi badge    rsi tag   rdx r8 r9 r10 words 0-3   r12-r15 words 4-7
 * </pre>
 *
 * <p>Words 0-3 that were not sent arrive as zero. Words 4-7 arrive only where the receiver's tag had
 * {@link #TAG_LONG}; without it a longer message is cut to four words and its tag says {@link #TAG_CUT}.
 *
 * <p>With {@link #TAG_NO_WAIT} a send or a call is made only if a receiver waits, and a receive only if a message does;
 * otherwise the status is {@link #STATUS_WOULD_WAIT} and nothing has changed, but that SYS_REPLY_RECV has answered its
 * caller. A call waits for its answer all the same.
 *
 * <p>The high half of a tag, and {@code rsi} of SYS_WAIT, is how many ticks to wait at most, in all that the call waits
 * for; 0 is for ever. When they are over the status is {@link #STATUS_TIMEOUT}: a message that nobody has taken is not
 * sent, and an answer that comes later goes nowhere.
 *
 * <p>A longer message lies in memory: {@link #TAG_BUFFER} sends {@code r13} bytes at {@code r12} beside up to four
 * words, and whoever receives has {@link #TAG_ROOM} for {@code r15} bytes at {@code r14}. The tag received then says
 * TAG_BUFFER and {@code r15} how many bytes came; what there was no room for is cut, and {@link #TAG_CUT} says so. All
 * pages must be mapped, to be read or to be written, when the call is made and when the message is carried; otherwise
 * whoever named them gets {@link #STATUS_ADDRESS}, or {@link #STATUS_MEMORY} where a page that a fork shares must be
 * copied before it is written and there is none; and the other side goes on as if it had not met it. More than
 * {@link #MESSAGE_BYTES_LIMIT} bytes are {@link #STATUS_RANGE}. Interrupts wait while bytes are copied.
 *
 * <p>A handle travels with {@link #TAG_HANDLE}: a copy of it, with all its rights, goes into the empty slot that the
 * receiver's tag names with {@link #TAG_SLOT}. The sender can take it back by SYS_HANDLE_REVOKE. The handle that it is
 * sent through needs {@link #RIGHT_GRANT}; an answer does not. TAG_CUT says that there was no slot for it, or that the
 * slot is not empty any more, or the sender's is; what its slot holds then is what travels.
 *
 * <p>A server may take its caller in the hand by SYS_REPLY_TAKE: the caller becomes a handle, which can be copied and
 * sent as any other. SYS_REPLY answers through it and gives it up; its copies then are {@link #STATUS_DEAD}, and so is
 * a handle whose caller does not wait any more. With the last handle the caller learns that nobody answers:
 * {@link #STATUS_ABANDONED}, or STATUS_DEAD if the process that took it is dead.
 *
 * <pre>
 *   reply take  STATUS_SLOT STATUS_NO_CALLER STATUS_QUOTA STATUS_MEMORY
 *   reply       STATUS_TAG STATUS_HANDLE STATUS_RIGHTS STATUS_DEAD STATUS_RANGE STATUS_ADDRESS
 * </pre>
 *
 * <p>A thread that is bound to a notification by SYS_NOTIFICATION_BIND hears signals wherever it receives: they come
 * before all messages, as a message with {@link #TAG_SIGNALS}, no badge, and the bits in word 0. A thread that waits
 * for the notification itself is served first. The binding ends with either of the two, and with either of the handles
 * that the call named.
 *
 * <pre>
 *   bind    STATUS_HANDLE STATUS_RIGHTS STATUS_DEAD STATUS_BOUND
 *   unbind  STATUS_HANDLE STATUS_RIGHTS
 * </pre>
 *
 * <p>Whoever has a caller to answer runs at least at the caller's priority, and so does whoever it calls meanwhile,
 * until it answers, leaves the caller or takes it in the hand, or the caller does not wait any more. Of callers that
 * still queue nobody knows.
 *
 * <p>All else is named by handles: small numbers that mean something in one process only. A handle has rights, and
 * there is a right for each thing that can be done with a kind of object, so a handle of another kind lacks the right.
 * Copies have fewer rights and can all be taken back. An endpoint, a notification or a memory object ends with its last
 * handle; an endpoint is closed without a handle that may receive. A thread needs no handle, and a process none as long
 * as it has a thread.
 *
 * <p>Closing and revoking end at once what a handle allows: mappings, bindings of threads and interrupts that were made
 * with it, and calls that wait. A call that queues to send ends with {@link #STATUS_REVOKED} when the handle that it
 * named is gone, wherever that was moved meanwhile; one that receives or waits for bits, when its process has no handle
 * left that allows it. What was taken already goes on: an answer is still awaited. So does what no handle of the waiter
 * holds: a thread that faulted waits for its handler, and a word of memory, which has no handle, is waited for until
 * somebody wakes it or the memory object ends.
 *
 * <p>A process has a quota of kernel memory. All that is made for it is charged to it and given back when that ends. A
 * process that it makes gets part of the quota, and ends when it does: whoever ends a process has all back that it had,
 * but for endpoints, notifications and memory that others still hold.
 *
 * <p>A memory object is 1 to {@link #MEMORY_PAGES_LIMIT} pages, charged to its maker. It is mapped through a handle,
 * with an access that the handle has the rights for, never to write and to execute by one mapping; page tables and the
 * record of it are charged to the process in which it is mapped. A mapping ends with its handle: by closing, revoking,
 * or the end of the process whose handle it is. So no process can touch a page that no handle allows, and the pages go
 * back with the last handle. Mappings are ended and protected whole.
 *
 * <p>A futex is a word of four bytes in a mapped memory object. Who can read it may wait for it, as long as it has the
 * value that the call names; who can write it may wake some or all of those that wait, the most urgent ones first. A
 * word is the same wherever it is mapped. Its waiters learn {@link #STATUS_DEAD} when the memory object ends.
 *
 * <p>With {@link #MEMORY_LARGE} a memory object is a large page: {@link #LARGE_PAGES} pages in a row that are mapped as
 * one, at an address that is a multiple of their size. It is mapped whole (STATUS_RANGE, STATUS_ADDRESS otherwise), and
 * cannot be forked: its first write would copy all of it. One is the most that a call makes, for a call clears all that
 * it makes before anybody else can run.
 *
 * <p>A fork of a memory object has its content, and is another one from then on. A page is copied when one of the two
 * writes to it first; until then both have the same. It is charged like any other memory object, all of it and at once:
 * no write will ever exceed a quota, and with the pages that are charged there is a page for each copy. Should there be
 * none all the same, the write is a page fault.
 *
 * <p>A process may have a fault handler, an endpoint. When one of its threads faults, the kernel lets it call that
 * endpoint: words 0-3 are the vector, the error code, the address of a page fault or 0, and the address of the
 * instruction; the badge is that of the handle that was given. The answer's word 0 is {@link #FAULT_RESUME}: the thread
 * goes on at that instruction with the registers that it had. After any other answer, or none (the handler died, went
 * on, or its endpoint has no receiver), the process is ended with a report, as it is without a handler. So it is too
 * when the thread itself has yet to answer a fault message of the same endpoint, or somebody who waits for it has: that
 * message would wait for itself.
 *
 * <p>An interrupt is one line of the I/O APIC, which no other interrupt has. Whoever may use the machine makes it and
 * hands it to a driver, who binds it to bits of a notification. It comes once for each acknowledgement, the first of
 * which follows the binding: then its bits are set, and the line is masked until the next one. What a device asks for
 * while its line is masked may be lost, so a driver acknowledges first and lets the device ask again after that. An
 * interrupt that is unbound, whose notification has ended, or that has no handles, is masked. Its binding ends with
 * either of the handles that the call named.
 *
 * <p>A call that fails has changed nothing, not even by an empty page table. What each call takes, gives and returns
 * stands in {@link SystemCalls}.
 */
public final class KernelAbi {
    /** Does nothing: what entering and leaving the kernel costs. */
    public static final int SYS_NULL = 0;
    /** Sends a message and waits for the answer. */
    public static final int SYS_CALL = 1;
    /** Answers the caller, if there is one, and waits for the next message. */
    public static final int SYS_REPLY_RECV = 2;
    /** Waits for a message; a caller that was not answered is told so. */
    public static final int SYS_RECV = 3;
    /** Sends a message that wants no answer; waits only until somebody takes it. */
    public static final int SYS_SEND = 4;
    /** Goes to the end of its priority's queue. */
    public static final int SYS_YIELD = 5;
    /** Sleeps for {@code rdi} ticks. */
    public static final int SYS_SLEEP = 6;
    /** Returns the ticks since boot in {@code rdi}. */
    public static final int SYS_TICKS = 7;
    /** Ends the process; when it is the first one, the machine too, with {@code rdi} as its exit value. */
    public static final int SYS_EXIT = 8;
    /** Copies a handle, with fewer rights or a badge, into the own process or one that is managed. */
    public static final int SYS_HANDLE_COPY = 9;
    /** Puts a handle into another slot. */
    public static final int SYS_HANDLE_MOVE = 10;
    /** Gives a handle up. */
    public static final int SYS_HANDLE_CLOSE = 11;
    /** Takes back all copies of a handle and theirs, in whatever process they are. */
    public static final int SYS_HANDLE_REVOKE = 12;
    /** Makes an endpoint. */
    public static final int SYS_ENDPOINT_CREATE = 13;
    /** Makes a notification. */
    public static final int SYS_NOTIFICATION_CREATE = 14;
    /** Sets bits of a notification; wakes the most urgent of those that wait for it. */
    public static final int SYS_SIGNAL = 15;
    /** Takes a notification's bits, and waits until there are some. */
    public static final int SYS_WAIT = 16;
    /** Takes a notification's bits if there are some. */
    public static final int SYS_POLL = 17;
    /** Makes a process, with part of the own quota. */
    public static final int SYS_PROCESS_CREATE = 18;
    /** Makes a thread in the own process or one that is managed. */
    public static final int SYS_THREAD_CREATE = 19;
    /** Ends a thread or a process. */
    public static final int SYS_KILL = 20;
    /** Makes a memory object of {@code rsi} pages of zeros, or of a large page. */
    public static final int SYS_MEMORY_CREATE = 21;
    /** Maps pages of a memory object where nothing is mapped, in the own process or one that is managed. */
    public static final int SYS_MEMORY_MAP = 22;
    /** Ends the mapping that begins at an address. */
    public static final int SYS_MEMORY_UNMAP = 23;
    /** Gives a mapping another access, and another handle of the same memory object to live on. */
    public static final int SYS_MEMORY_PROTECT = 24;
    /** Waits until a word of memory is woken, if it has the value that is expected. */
    public static final int SYS_FUTEX_WAIT = 25;
    /** Wakes threads that wait for a word of memory. */
    public static final int SYS_FUTEX_WAKE = 26;
    /** Gives a process a fault handler, or takes it away: {@code rsi} is {@link #HANDLE_NONE}. */
    public static final int SYS_FAULT_HANDLER = 27;
    /** Makes a memory object with the content of another one. */
    public static final int SYS_MEMORY_FORK = 28;
    /** Moves a thread to another CPU, where it stays. */
    public static final int SYS_THREAD_AFFINITY = 29;
    /** Returns how many CPUs there are in {@code rdi}, and the number of the one it runs on in {@code rsi}. */
    public static final int SYS_CPUS = 30;
    /** Makes the caller a handle: whoever has that answers it, and meanwhile others can be received. */
    public static final int SYS_REPLY_TAKE = 31;
    /** Answers the caller that is a handle, and gives the handle up. */
    public static final int SYS_REPLY = 32;
    /** Lets a thread hear a notification where it receives. */
    public static final int SYS_NOTIFICATION_BIND = 33;
    /** Lets a notification be heard by those only who wait for it. */
    public static final int SYS_NOTIFICATION_UNBIND = 34;
    /** Makes the interrupt of a line. */
    public static final int SYS_INTERRUPT_CREATE = 35;
    /** Says which bits of which notification an interrupt sets; it comes after the first acknowledgement. */
    public static final int SYS_INTERRUPT_BIND = 36;
    /** Lets an interrupt come once more. */
    public static final int SYS_INTERRUPT_ACK = 37;
    /** Takes an interrupt from its notification. */
    public static final int SYS_INTERRUPT_UNBIND = 38;
    /** Gives a thread floating-point registers. */
    public static final int SYS_THREAD_FLOAT = 39;
    /** Numbers from here on do not exist. */
    public static final int SYS_COUNT = 40;

    /** Done. */
    public static final int STATUS_OK = 0;
    /** No such system call. */
    public static final int STATUS_NUMBER = -1;
    /** The handle names nothing. */
    public static final int STATUS_HANDLE = -2;
    /** The handle does not carry the right. */
    public static final int STATUS_RIGHTS = -3;
    /** The tag has too many words or an unknown bit. */
    public static final int STATUS_TAG = -4;
    /** Whoever should have answered is dead. */
    public static final int STATUS_DEAD = -5;
    /** The server went on without answering. */
    public static final int STATUS_ABANDONED = -6;

    /** A process's quota of kernel memory is used up. */
    public static final int STATUS_QUOTA = -7;
    /** There is no memory left. */
    public static final int STATUS_MEMORY = -8;

    /** The slot does not exist, or has a handle. */
    public static final int STATUS_SLOT = -9;
    /** The handle has another badge already. */
    public static final int STATUS_BADGE = -10;
    /** No bit is set. */
    public static final int STATUS_EMPTY = -11;
    /** The address is not one of user memory, or no page's, or no such mapping begins there. */
    public static final int STATUS_ADDRESS = -12;
    /** The priority is above the own one. */
    public static final int STATUS_PRIORITY = -13;
    /** No page at all, or some that the memory object does not have, or more than one may have; no such CPU. */
    public static final int STATUS_RANGE = -14;
    /** Not an access: without reading, with both writing and executing, or with unknown bits. */
    public static final int STATUS_ACCESS = -15;
    /** Something is mapped there already. */
    public static final int STATUS_MAPPED = -16;

    /** The memory object is a large page. */
    public static final int STATUS_LARGE = -20;
    /** The word does not have the value that was expected. */
    public static final int STATUS_CHANGED = -33;
    /** It would have to wait, and shall not. */
    public static final int STATUS_WOULD_WAIT = -17;
    /** The time that it was to wait is over. */
    public static final int STATUS_TIMEOUT = -18;
    /** There is nobody to answer. */
    public static final int STATUS_NO_CALLER = -19;
    /** The notification or the thread is bound already. */
    public static final int STATUS_BOUND = -29;
    /** There is no such interrupt line. */
    public static final int STATUS_LINE = -25;
    /** The line has an interrupt already, or the interrupt a notification. */
    public static final int STATUS_TAKEN = -26;
    /** The interrupt has no notification. */
    public static final int STATUS_UNBOUND = -27;
    /** The handle that the call waited through was closed or taken back. */
    public static final int STATUS_REVOKED = -34;

    /** A handle with this right may send and call. */
    public static final int RIGHT_SEND = 1;
    /** A handle with this right may receive. */
    public static final int RIGHT_RECEIVE = 2;
    /** A handle with this right may manage a process: give it handles and threads, and end it. */
    public static final int RIGHT_PROCESS = 4;
    /** A handle with this right may signal a notification. */
    public static final int RIGHT_SIGNAL = 8;
    /** A handle with this right may wait for a notification, and poll it. */
    public static final int RIGHT_WAIT = 0x10;
    /** A handle with this right may end a thread, move it to another CPU, and bind a notification to it. */
    public static final int RIGHT_THREAD = 0x20;
    /** A handle with this right may map a memory object; in an access: pages can be read. */
    public static final int RIGHT_MAP_READ = 0x40;
    /** A handle with this right may map a memory object to write; in an access: pages can be written. */
    public static final int RIGHT_MAP_WRITE = 0x80;
    /** A handle with this right may map a memory object to execute; in an access: pages can be executed. */
    public static final int RIGHT_MAP_EXECUTE = 0x100;
    /** A handle with this right and {@link #RIGHT_SEND} may send handles in messages. */
    public static final int RIGHT_GRANT = 0x200;
    /** A handle with this right may answer a caller. */
    public static final int RIGHT_REPLY = 0x400;
    /** A handle with this right may bind and acknowledge an interrupt. */
    public static final int RIGHT_INTERRUPT = 0x1000;
    /** A handle with this right may make interrupts of all lines; only the first process gets one. */
    public static final int RIGHT_MACHINE = 0x2000;
    /** Interrupt lines 0 up to this, exclusive: the pins of the I/O APIC. */
    public static final int LINE_COUNT = 24;
    /** In the place of a handle: the own process, or the running thread. */
    public static final long HANDLE_SELF = -1;
    /** In the place of a handle: none. */
    public static final long HANDLE_NONE = -1;
    /** Handles of a process: 0 up to this, exclusive. */
    public static final int HANDLE_COUNT = 256;
    /** With a number of pages: in large pages. */
    public static final int MEMORY_LARGE = 0x1_0000;
    /** Pages of a large page. */
    public static final int LARGE_PAGES = 512;
    /** The most pages of a memory object: what one call makes and clears. */
    public static final int MEMORY_PAGES_LIMIT = 512;

    /** Answer to a fault message: end the process. */
    public static final int FAULT_KILL = 0;
    /** Answer to a fault message: the thread goes on at the instruction that faulted. */
    public static final int FAULT_RESUME = 1;

    /** The part of a tag that counts words. */
    public static final int TAG_WORDS = 0xff;
    /** The sender of this tag accepts up to {@link #WORDS_LONG} words in return. */
    public static final int TAG_LONG = 0x100;
    /** In a tag received: the message was longer. */
    public static final int TAG_CUT = 0x200;
    /** Does not wait for the other side: a call for a receiver, a receive for a message. */
    public static final int TAG_NO_WAIT = 0x400;
    /** Sends the {@code r13} bytes at {@code r12}; in a tag received: {@code r15} bytes came. */
    public static final int TAG_BUFFER = 0x800;
    /** Has room for {@code r15} bytes at {@code r14}. */
    public static final int TAG_ROOM = 0x1000;
    /** Sends the handle in the tag's byte at {@link #TAG_HANDLE_SHIFT}; in a tag received: a handle came. */
    public static final int TAG_HANDLE = 0x2000;
    /** Takes a handle into the slot in the tag's byte at {@link #TAG_SLOT_SHIFT}. */
    public static final int TAG_SLOT = 0x4000;
    /** In a tag received: no message came but signals, and word 0 is their bits. */
    public static final int TAG_SIGNALS = 0x8000;
    /** Where a tag has the slot of a handle that comes. */
    public static final int TAG_SLOT_SHIFT = 16;
    /** Where a tag has the handle that goes. */
    public static final int TAG_HANDLE_SHIFT = 24;
    /** Where a tag has the ticks to wait at most; without any it is for ever. */
    public static final int TAG_TIMEOUT_SHIFT = 32;
    /** The most bytes that a message can have in memory: they are copied in one go. */
    public static final int MESSAGE_BYTES_LIMIT = 0x1_0000;
    /** Words that every receiver accepts, and the most that the fast path carries. */
    public static final int WORDS_SHORT = 4;
    /** The most words of any message. */
    public static final int WORDS_LONG = 8;

    /** Bytes of a word that can be waited for; it lies at a multiple of that. */
    public static final int FUTEX_SIZE = Integer.BYTES;

    /** Priorities 0 up to this, exclusive; higher runs first. */
    public static final int PRIORITY_COUNT = 256;
    /** LAPIC timer counts from tick to tick: a millisecond at the 1 GHz of the machine and of QEMU. */
    public static final int TICK_PERIOD = 1_000_000;

    /** Round trips, or null calls, that one experiment of the bench program times. */
    public static final int BENCH_ROUNDS = 64;
    /** Bytes that one message to the console server carries. */
    public static final int TEXT_BLOCK = WORDS_SHORT * Long.BYTES;

    /** Characters of a line that the console server reads, at most. */
    public static final int LINE_MOST = 4 * TEXT_BLOCK - 1;
    /** The one character of a line that was cancelled. */
    public static final int LINE_CANCELLED = 3;

    private KernelAbi() {
    }

    /** {@return the numbers of system calls, under the names that they have here} */
    public static Constants calls() {
        final Constants.Builder group = Constants.group("System calls");
        for (final SystemCall call : SystemCalls.all()) {
            group.decimal(call.constant(), call.number(), call.registers());
        }
        return group.decimal("SYS_COUNT", SYS_COUNT, "").build();
    }

    /** {@return what a system call returns in {@code rax}} */
    public static Constants statuses() {
        return Constants.group("Status of a system call")
                .decimal("STATUS_OK", STATUS_OK, "")
                .decimal("STATUS_NUMBER", STATUS_NUMBER, "no such system call")
                .decimal("STATUS_HANDLE", STATUS_HANDLE, "the handle names nothing")
                .decimal("STATUS_RIGHTS", STATUS_RIGHTS, "the handle lacks the right")
                .decimal("STATUS_TAG", STATUS_TAG, "too many words or an unknown bit")
                .decimal("STATUS_DEAD", STATUS_DEAD, "the other side is dead")
                .decimal("STATUS_ABANDONED", STATUS_ABANDONED, "the server went on without answering")
                .decimal("STATUS_QUOTA", STATUS_QUOTA, "the process may have no more kernel memory")
                .decimal("STATUS_MEMORY", STATUS_MEMORY, "there is no memory left")
                .decimal("STATUS_SLOT", STATUS_SLOT, "the slot is in use or does not exist")
                .decimal("STATUS_BADGE", STATUS_BADGE, "the handle has another badge")
                .decimal("STATUS_EMPTY", STATUS_EMPTY, "no bit is set")
                .decimal("STATUS_ADDRESS", STATUS_ADDRESS, "not an address of user memory")
                .decimal("STATUS_PRIORITY", STATUS_PRIORITY, "above the own priority")
                .decimal("STATUS_RANGE", STATUS_RANGE, "pages that there cannot be")
                .decimal("STATUS_ACCESS", STATUS_ACCESS, "an access that no mapping has")
                .decimal("STATUS_MAPPED", STATUS_MAPPED, "something is mapped there")
                .decimal("STATUS_CHANGED", STATUS_CHANGED, "the word has another value")
                .decimal("STATUS_LARGE", STATUS_LARGE, "not with a large page")
                .decimal("STATUS_WOULD_WAIT", STATUS_WOULD_WAIT, "nobody is there, and it shall not wait")
                .decimal("STATUS_TIMEOUT", STATUS_TIMEOUT, "the time to wait is over")
                .decimal("STATUS_NO_CALLER", STATUS_NO_CALLER, "there is nobody to answer")
                .decimal("STATUS_BOUND", STATUS_BOUND, "the notification or the thread is bound")
                .decimal("STATUS_LINE", STATUS_LINE, "there is no such interrupt line")
                .decimal("STATUS_TAKEN", STATUS_TAKEN, "line or interrupt are in use")
                .decimal("STATUS_UNBOUND", STATUS_UNBOUND, "the interrupt has no notification")
                .decimal("STATUS_REVOKED", STATUS_REVOKED, "the handle that the call waited through is gone")
                .build();
    }

    /** {@return rights, tag bits and sizes of messages} */
    public static Constants messages() {
        return Constants.group("Handles and messages")
                .hex("RIGHT_SEND", RIGHT_SEND, "send and call")
                .hex("RIGHT_RECEIVE", RIGHT_RECEIVE, "receive, reply and receive")
                .hex("RIGHT_PROCESS", RIGHT_PROCESS, "manage a process")
                .hex("RIGHT_SIGNAL", RIGHT_SIGNAL, "signal a notification")
                .hex("RIGHT_WAIT", RIGHT_WAIT, "wait for a notification, poll it")
                .hex("RIGHT_THREAD", RIGHT_THREAD, "end a thread, move it, bind it")
                .hex("RIGHT_MAP_READ", RIGHT_MAP_READ, "map memory, an access")
                .hex("RIGHT_MAP_WRITE", RIGHT_MAP_WRITE, "map memory to write, an access")
                .hex("RIGHT_MAP_EXECUTE", RIGHT_MAP_EXECUTE, "map memory to execute, an access")
                .hex("RIGHT_GRANT", RIGHT_GRANT, "send handles in messages")
                .hex("RIGHT_REPLY", RIGHT_REPLY, "answer a caller")
                .hex("RIGHT_INTERRUPT", RIGHT_INTERRUPT, "bind an interrupt, acknowledge it")
                .hex("RIGHT_MACHINE", RIGHT_MACHINE, "make interrupts")
                .decimal("LINE_COUNT", LINE_COUNT, "interrupt lines")
                .decimal("MEMORY_PAGES_LIMIT", MEMORY_PAGES_LIMIT, "pages of a memory object")
                .hex("MEMORY_LARGE", MEMORY_LARGE, "in a number of pages: in large ones")
                .decimal("LARGE_PAGES", LARGE_PAGES, "pages of a large page")
                .decimal("HANDLE_SELF", HANDLE_SELF, "the own process, or the running thread")
                .decimal("HANDLE_NONE", HANDLE_NONE, "no fault handler")
                .decimal("HANDLE_COUNT", HANDLE_COUNT, "per process")
                .decimal("FAULT_KILL", FAULT_KILL, "answer to a fault message: end the process")
                .decimal("FAULT_RESUME", FAULT_RESUME, "answer to a fault message: try again")
                .hex("TAG_WORDS", TAG_WORDS, "mask of the word count")
                .hex("TAG_LONG", TAG_LONG, "accepts WORDS_LONG words")
                .hex("TAG_CUT", TAG_CUT, "received: the message was longer")
                .hex("TAG_NO_WAIT", TAG_NO_WAIT, "does not wait for the other side")
                .hex("TAG_BUFFER", TAG_BUFFER, "sends r13 bytes at r12; received: r15 bytes came")
                .hex("TAG_ROOM", TAG_ROOM, "has room for r15 bytes at r14")
                .hex("TAG_HANDLE", TAG_HANDLE, "sends a handle; received: one came")
                .hex("TAG_SLOT", TAG_SLOT, "takes a handle")
                .hex("TAG_SIGNALS", TAG_SIGNALS, "received: word 0 is bits of the bound notification")
                .decimal("TAG_SLOT_SHIFT", TAG_SLOT_SHIFT, "of the slot for a handle")
                .decimal("TAG_HANDLE_SHIFT", TAG_HANDLE_SHIFT, "of the handle that is sent")
                .decimal("TAG_TIMEOUT_SHIFT", TAG_TIMEOUT_SHIFT, "of the ticks to wait at most, 0 = for ever")
                .hex("MESSAGE_BYTES_LIMIT", MESSAGE_BYTES_LIMIT, "bytes of a message in memory")
                .decimal("WORDS_SHORT", WORDS_SHORT, "in rdx r8 r9 r10")
                .decimal("WORDS_LONG", WORDS_LONG, "and r12 r13 r14 r15")
                .decimal("WORD_SIZE", Long.BYTES, "bytes of a message word")
                .decimal("FUTEX_SIZE", FUTEX_SIZE, "bytes of a word that can be waited for")
                .decimal("TEXT_BLOCK", TEXT_BLOCK, "bytes of text in a message to or from the console server")
                .decimal("LINE_MOST", LINE_MOST, "characters of a line from the console server")
                .decimal("LINE_CANCELLED", LINE_CANCELLED, "the one character of a line that was cancelled")
                .build();
    }

    /** {@return what the scheduler, the clock and the bench program go by} */
    public static Constants limits() {
        return Constants.group("Scheduling and measuring")
                .decimal("PRIORITY_COUNT", PRIORITY_COUNT, "levels; higher runs first")
                .decimal("TICK_PERIOD", TICK_PERIOD, "LAPIC timer counts")
                .decimal("BENCH_ROUNDS", BENCH_ROUNDS, "calls that an experiment times")
                .build();
    }
}
