package ringside.kernel.abi;

import static ringside.kernel.abi.KernelAbi.STATUS_ABANDONED;
import static ringside.kernel.abi.KernelAbi.STATUS_ACCESS;
import static ringside.kernel.abi.KernelAbi.STATUS_ADDRESS;
import static ringside.kernel.abi.KernelAbi.STATUS_BADGE;
import static ringside.kernel.abi.KernelAbi.STATUS_DEAD;
import static ringside.kernel.abi.KernelAbi.STATUS_EMPTY;
import static ringside.kernel.abi.KernelAbi.STATUS_HANDLE;
import static ringside.kernel.abi.KernelAbi.STATUS_MEMORY;
import static ringside.kernel.abi.KernelAbi.STATUS_NUMBER;
import static ringside.kernel.abi.KernelAbi.STATUS_OK;
import static ringside.kernel.abi.KernelAbi.STATUS_QUOTA;
import static ringside.kernel.abi.KernelAbi.STATUS_RANGE;
import static ringside.kernel.abi.KernelAbi.STATUS_REVOKED;
import static ringside.kernel.abi.KernelAbi.STATUS_RIGHTS;
import static ringside.kernel.abi.KernelAbi.STATUS_SLOT;
import static ringside.kernel.abi.KernelAbi.STATUS_TAG;
import static ringside.kernel.abi.KernelAbi.STATUS_TIMEOUT;
import static ringside.kernel.abi.KernelAbi.STATUS_WOULD_WAIT;
import static ringside.toolchain.codegen.Reg64.R10;
import static ringside.toolchain.codegen.Reg64.R12;
import static ringside.toolchain.codegen.Reg64.R13;
import static ringside.toolchain.codegen.Reg64.R14;
import static ringside.toolchain.codegen.Reg64.R15;
import static ringside.toolchain.codegen.Reg64.R8;
import static ringside.toolchain.codegen.Reg64.R9;
import static ringside.toolchain.codegen.Reg64.RDI;
import static ringside.toolchain.codegen.Reg64.RDX;
import static ringside.toolchain.codegen.Reg64.RSI;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ringside.toolchain.codegen.Reg64;

/**
 * Every system call of Bantam, in the order of their numbers: the source of {@code docs/abi.md}, of the comments
 * of {@code abi/calls.inc}, of the macros of {@code abi/user.inc}, and of the tests that provoke every error.
 *
 * <p>A new call is a row here (those of interrupts are in {@link InterruptCalls}), a method of
 * {@link ringside.kernel.user.UserCode}, and a provocation of
 * each of its errors in {@code SystemCallErrorsTest}; tests say so when one is missing.
 */
public final class SystemCalls {
    private static final List<Reg64> SHORT_WORDS = List.of(RDX, R8, R9, R10);
    private static final List<Reg64> LONG_WORDS = List.of(R12, R13, R14, R15);

    private static final String TAG = "how many words, and what else the message has; in the high half, ticks to wait "
            + "at most";
    private static final String WORDS = "words 0-3, as many as the tag counts";
    private static final String MORE = "words 4-7, if the tag counts so many";
    static final String EMPTY_SLOT = "an empty one, of the own process";
    private static final String PROCESS = "the handle of a process, or `HANDLE_SELF` for the own one";

    private static final String WORD = "of the word, in a mapped memory object; it is the same wherever it is mapped";

    private static final String NO_WORD =
            "`address` is no multiple of `FUTEX_SIZE`, or no memory object is mapped there";
    static final String NO_HANDLE = "`handle` names nothing";
    static final String NO_RIGHT = "`handle` lacks the right, or is of another kind of object";
    private static final String BAD_TAG = "the tag counts more than `WORDS_LONG` words, or has a bit that the call "
            + "does not know, or flags that exclude each other";
    private static final String BUFFER_RANGE = "a buffer of more than `MESSAGE_BYTES_LIMIT` bytes";
    private static final String NO_BUFFER = "a buffer's pages are not mapped, or not for that";
    private static final String SLOT_FULL = "the slot of the tag has a handle";
    private static final String OVER = "the ticks of the tag are over";
    private static final String IN_KERNEL = "is another one in kernel mode";
    static final String NO_SLOT = "`slot` does not exist or has a handle";
    static final String NO_QUOTA = "the own process's quota is used up";
    private static final String GONE = "the handle that allows it was closed or taken back while it waited; who "
            + "receives or waits for bits goes on as long as the process has another one that allows it";
    private static final String NO_COPY = "a page of the room must be copied first, and no memory is left";
    static final String NO_MEMORY = "no memory is left";

    private static final List<SystemCall> OTHERS = List.of(
            SystemCall.of(KernelAbi.SYS_NULL, "NULL", "Does nothing: what entering and leaving the kernel costs.")
                    .build(),
            message(SystemCall.of(KernelAbi.SYS_CALL, "CALL",
                    "Sends a message and waits for the answer."), "RIGHT_SEND")
                    .out(RDI, "badge", "0: an answer has none")
                    .out(RSI, "tag", "words of the answer, and `TAG_CUT` if it had more")
                    .out(SHORT_WORDS, "words", "words 0-3 of the answer; those that were not sent are 0")
                    .out(LONG_WORDS, SystemCall.MORE, "words 4-7, if the tag received counts so many; else as before")
                    .fails(STATUS_TAG, BAD_TAG)
                    .fails(STATUS_HANDLE, NO_HANDLE + ", or so does the handle that is to travel")
                    .fails(STATUS_RIGHTS, NO_RIGHT + ", or lacks `RIGHT_GRANT` for a handle that is to travel")
                    .fails(STATUS_RANGE, BUFFER_RANGE)
                    .fails(STATUS_ADDRESS, NO_BUFFER)
                    .fails(STATUS_MEMORY, NO_COPY)
                    .fails(STATUS_SLOT, SLOT_FULL)
                    .fails(STATUS_WOULD_WAIT, "`TAG_NO_WAIT`, and no receiver waits")
                    .fails(STATUS_TIMEOUT, OVER)
                    .fails(STATUS_DEAD, "nobody can receive there any more, or its receiver ended without an answer")
                    .fails(STATUS_REVOKED, GONE)
                    .fails(STATUS_ABANDONED, "whoever had the message went on to the next one without an answer")
                    .waits("Until a receiver takes the message, behind other senders, and then until it answers. Both "
                            + "end with `STATUS_DEAD` when there is nobody left who could. A caller that is killed "
                            + "takes its message back, or its answer goes to nobody.")
                    .build(),
            message(SystemCall.of(KernelAbi.SYS_REPLY_RECV, "REPLY_RECV",
                    "Answers the caller, if there is one, and waits for the next message."), "RIGHT_RECEIVE")
                    .out(RDI, "badge", "of the handle by which the message was sent")
                    .out(RSI, "tag", "words of the message, and `TAG_CUT` if it had more")
                    .out(SHORT_WORDS, "words", "words 0-3 of the message; those that were not sent are 0")
                    .out(LONG_WORDS, SystemCall.MORE, "words 4-7, if the tag received counts so many; else as before")
                    .fails(STATUS_TAG, BAD_TAG + "; the caller still waits for its answer")
                    .fails(STATUS_HANDLE, NO_HANDLE + ", or so does the one that is to travel; the caller still waits")
                    .fails(STATUS_RIGHTS, NO_RIGHT + "; the caller still waits")
                    .fails(STATUS_RANGE, BUFFER_RANGE + "; the caller still waits")
                    .fails(STATUS_ADDRESS, NO_BUFFER + "; the caller still waits")
                    .fails(STATUS_MEMORY, NO_COPY)
                    .fails(STATUS_SLOT, SLOT_FULL + "; the caller still waits")
                    .fails(STATUS_WOULD_WAIT, "`TAG_NO_WAIT`, and there is no message; the caller has its answer")
                    .fails(STATUS_TIMEOUT, OVER + "; the caller has its answer")
                    .fails(STATUS_DEAD, "the last handle that may receive there was closed while it waited")
                    .fails(STATUS_REVOKED, GONE)
                    .waits("Until there is a message; the answer is given before. The receiver that began to wait "
                            + "last gets the next message.")
                    .remark("Without a caller it is `RECV`, and as such it goes on where it met one whose buffer was "
                            + "gone: the answer is given then, whatever it returns.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_RECV, "RECV",
                    "Waits for a message; a caller that was not answered is told so.")
                    .in(RDI, "handle", "of an endpoint")
                    .in(RSI, "tag", "what is accepted: `TAG_LONG` up to `WORDS_LONG` words, `TAG_ROOM` bytes in "
                            + "memory, `TAG_SLOT` a handle; in the high half, ticks to wait at most")
                    .out(RDI, "badge", "of the handle by which the message was sent")
                    .out(RSI, "tag", "words of the message, and `TAG_CUT` if it had more")
                    .out(SHORT_WORDS, "words", "words 0-3 of the message; those that were not sent are 0")
                    .out(LONG_WORDS, SystemCall.MORE, "words 4-7, if the tag received counts so many; else as before")
                    .takes("`RIGHT_RECEIVE` of `handle`.")
                    .fails(STATUS_TAG, BAD_TAG)
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .fails(STATUS_RANGE, BUFFER_RANGE)
                    .fails(STATUS_ADDRESS, NO_BUFFER)
                    .fails(STATUS_MEMORY, NO_COPY)
                    .fails(STATUS_SLOT, SLOT_FULL)
                    .fails(STATUS_WOULD_WAIT, "`TAG_NO_WAIT`, and there is no message")
                    .fails(STATUS_TIMEOUT, OVER)
                    .fails(STATUS_DEAD, "the last handle that may receive there was closed while it waited")
                    .fails(STATUS_REVOKED, GONE)
                    .waits("Until there is a message. The receiver that began to wait last gets the next one.")
                    .build(),
            message(SystemCall.of(KernelAbi.SYS_SEND, "SEND",
                    "Sends a message that wants no answer; waits only until somebody takes it."), "RIGHT_SEND")
                    .fails(STATUS_TAG, BAD_TAG)
                    .fails(STATUS_HANDLE, NO_HANDLE + ", or so does the handle that is to travel")
                    .fails(STATUS_RIGHTS, NO_RIGHT + ", or lacks `RIGHT_GRANT` for a handle that is to travel")
                    .fails(STATUS_RANGE, BUFFER_RANGE)
                    .fails(STATUS_ADDRESS, NO_BUFFER)
                    .fails(STATUS_WOULD_WAIT, "`TAG_NO_WAIT`, and no receiver waits")
                    .fails(STATUS_TIMEOUT, OVER)
                    .fails(STATUS_DEAD, "nobody can receive there any more")
                    .fails(STATUS_REVOKED, GONE)
                    .waits("Until a receiver takes the message, behind other senders. A sender that is killed has "
                            + "sent nothing.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_YIELD, "YIELD", "Goes to the end of its priority's queue.")
                    .waits("It stays ready.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_SLEEP, "SLEEP", "Sleeps for `rdi` ticks.")
                    .in(RDI, "ticks", "how many; none is a yield")
                    .waits("Until that many ticks have come; nothing but being killed ends it earlier.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_TICKS, "TICKS", "Tells the time.")
                    .out(RDI, "ticks", "since boot")
                    .build(),
            SystemCall.of(KernelAbi.SYS_EXIT, "EXIT",
                    "Ends the own process; when it is the first one, the machine too.")
                    .in(RDI, "status", "the machine's exit value, if it ends")
                    .neverReturns()
                    .waits("It does not return.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_HANDLE_COPY, "HANDLE_COPY",
                    "Copies a handle, with fewer rights or a badge, into the own process or one that is managed.")
                    .in(RDI, "handle", "what is copied")
                    .in(RSI, "slot", "an empty one, of `process`")
                    .in(RDX, "rights", "some of those that `handle` has")
                    .in(R8, "badge", "for a handle that has none yet; or 0 for that of `handle`")
                    .in(R9, "process", PROCESS)
                    .takes("`RIGHT_PROCESS` of `process`; of `handle` the rights that are copied.")
                    .fails(STATUS_HANDLE, "`handle` or `process` names nothing")
                    .fails(STATUS_RIGHTS, "`process` is no process, or `rights` has one that `handle` lacks")
                    .fails(STATUS_DEAD, "`process` has ended")
                    .fails(STATUS_BADGE, "`handle` has another badge already")
                    .fails(STATUS_SLOT, "`slot` does not exist in `process` or has a handle")
                    .build(),
            SystemCall.of(KernelAbi.SYS_HANDLE_MOVE, "HANDLE_MOVE", "Puts a handle into another slot.")
                    .in(RDI, "handle", "what is moved; its copies stay its copies")
                    .in(RSI, "slot", EMPTY_SLOT)
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_SLOT, NO_SLOT)
                    .build(),
            SystemCall.of(KernelAbi.SYS_HANDLE_CLOSE, "HANDLE_CLOSE", "Gives a handle up.")
                    .in(RDI, "handle", "what is closed; its copies become copies of what it was copied from")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .remark("With its last handle an endpoint, a notification or a memory object ends, and a process "
                            + "that has no thread.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_HANDLE_REVOKE, "HANDLE_REVOKE",
                    "Takes back all copies of a handle and theirs, in whatever process they are.")
                    .in(RDI, "handle", "which stays itself")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .build(),
            created(SystemCall.of(KernelAbi.SYS_ENDPOINT_CREATE, "ENDPOINT_CREATE",
                    "Makes an endpoint; its handle may send and receive."))
                    .build(),
            created(SystemCall.of(KernelAbi.SYS_NOTIFICATION_CREATE, "NOTIFICATION_CREATE",
                    "Makes a notification; its handle may signal and wait."))
                    .build(),
            SystemCall.of(KernelAbi.SYS_SIGNAL, "SIGNAL",
                    "Sets bits of a notification; wakes the most urgent of those that wait for it.")
                    .in(RDI, "handle", "of a notification; if it has a badge, only bits of that are set")
                    .in(RSI, "bits", "which")
                    .takes("`RIGHT_SIGNAL` of `handle`.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .build(),
            SystemCall.of(KernelAbi.SYS_WAIT, "WAIT", "Takes a notification's bits, and waits until there are some.")
                    .in(RDI, "handle", "of a notification")
                    .in(RSI, "ticks", "to wait at most; 0 is for ever")
                    .out(RDX, "bits", "all that were set; none is set any more")
                    .takes("`RIGHT_WAIT` of `handle`.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .fails(STATUS_TIMEOUT, "the ticks are over")
                    .fails(STATUS_DEAD, "the last handle was closed while it waited")
                    .fails(STATUS_REVOKED, GONE)
                    .waits("Until a bit is set, behind waiters of its own and of higher priorities. A waiter that is "
                            + "killed takes no bits.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_POLL, "POLL", "Takes a notification's bits if there are some.")
                    .in(RDI, "handle", "of a notification")
                    .out(RDX, "bits", "all that were set; none is set any more")
                    .takes("`RIGHT_WAIT` of `handle`.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .fails(STATUS_EMPTY, "no bit is set")
                    .build(),
            SystemCall.of(KernelAbi.SYS_PROCESS_CREATE, "PROCESS_CREATE",
                    "Makes a process, with part of the own quota; its handle may manage it.")
                    .in(RDI, "slot", EMPTY_SLOT)
                    .in(RSI, "quota", "bytes of kernel memory; its handles and page tables are paid of it")
                    .in(SHORT_WORDS, "name", "text; what is no printable ASCII becomes `?`")
                    .fails(STATUS_SLOT, NO_SLOT)
                    .fails(STATUS_QUOTA, NO_QUOTA + ", or `quota` is less than what a process is made of")
                    .fails(STATUS_MEMORY, NO_MEMORY)
                    .build(),
            SystemCall.of(KernelAbi.SYS_THREAD_CREATE, "THREAD_CREATE",
                    "Makes a thread in the own process or one that is managed; its handle may end it.")
                    .in(RDI, "slot", EMPTY_SLOT)
                    .in(RSI, "process", PROCESS)
                    .in(RDX, "entry", "where it starts")
                    .in(R8, "stack", "its `rsp`")
                    .in(R9, "argument", "its `rdi`; its other registers are 0")
                    .in(R10, "priority", "its level, not above the own one")
                    .takes("`RIGHT_PROCESS` of `process`.")
                    .fails(STATUS_SLOT, NO_SLOT)
                    .fails(STATUS_HANDLE, "`process` names nothing")
                    .fails(STATUS_RIGHTS, "`process` is no process, or " + IN_KERNEL)
                    .fails(STATUS_DEAD, "`process` has ended")
                    .fails(STATUS_ADDRESS, "`entry` is not in user memory")
                    .fails(KernelAbi.STATUS_PRIORITY, "`priority` is above the own one")
                    .fails(STATUS_QUOTA, "the quota of `process` is used up")
                    .fails(STATUS_MEMORY, NO_MEMORY)
                    .build(),
            SystemCall.of(KernelAbi.SYS_KILL, "KILL", "Ends a thread or a process.")
                    .in(RDI, "handle", "of a thread or a process, or `HANDLE_SELF` for the running thread")
                    .takes("`RIGHT_THREAD` or `RIGHT_PROCESS` of `handle`.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .fails(STATUS_DEAD, "it has ended already")
                    .remark("Does not return to a thread that ends itself. The first process takes the machine with "
                            + "it.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_MEMORY_CREATE, "MEMORY_CREATE",
                    "Makes a memory object of `rsi` pages of zeros; its handle may map for all that there is.")
                    .in(RDI, "slot", EMPTY_SLOT)
                    .in(RSI, "pages", "1 to `MEMORY_PAGES_LIMIT`; or `LARGE_PAGES` with `MEMORY_LARGE`: a large page")
                    .fails(STATUS_SLOT, NO_SLOT)
                    .fails(STATUS_RANGE, "`pages` is 0 or above `MEMORY_PAGES_LIMIT`, or not `LARGE_PAGES` with "
                            + "`MEMORY_LARGE`")
                    .fails(STATUS_QUOTA, NO_QUOTA)
                    .fails(STATUS_MEMORY, NO_MEMORY)
                    .build(),
            SystemCall.of(KernelAbi.SYS_MEMORY_MAP, "MEMORY_MAP",
                    "Maps pages of a memory object where nothing is mapped, in the own process or one that is managed.")
                    .in(RDI, "handle", "of a memory object; the mapping ends with it")
                    .in(RSI, "process", PROCESS + "; it pays")
                    .in(RDX, "address", "of a page")
                    .in(R8, "first", "page of the memory object")
                    .in(R9, "pages", "how many")
                    .in(R10, "access", "`RIGHT_MAP_READ`, alone or with one of the others")
                    .takes("`RIGHT_PROCESS` of `process`; of `handle` the rights that are the access.")
                    .fails(STATUS_HANDLE, "`handle` or `process` names nothing")
                    .fails(STATUS_RIGHTS, "`process` is no process, or " + IN_KERNEL
                            + ", or `handle` lacks a right of the access")
                    .fails(STATUS_DEAD, "`process` has ended")
                    .fails(STATUS_ACCESS, "`access` does not read, or both writes and executes, or has other bits")
                    .fails(STATUS_RANGE, "no page at all, or some that the memory object does not have, or not "
                            + "all of a large page")
                    .fails(STATUS_ADDRESS, "`address` is no page's, nor a large page's if it is one, or the last "
                            + "page is not in user memory")
                    .fails(KernelAbi.STATUS_MAPPED, "something is mapped there already")
                    .fails(STATUS_QUOTA, "the quota of `process` is used up")
                    .fails(STATUS_MEMORY, NO_MEMORY)
                    .build(),
            SystemCall.of(KernelAbi.SYS_MEMORY_UNMAP, "MEMORY_UNMAP", "Ends the mapping that begins at an address.")
                    .in(RDI, "process", PROCESS)
                    .in(RSI, "address", "where a mapping begins")
                    .takes("`RIGHT_PROCESS` of `process`.")
                    .fails(STATUS_HANDLE, "`process` names nothing")
                    .fails(STATUS_RIGHTS, "`process` is no process, or " + IN_KERNEL)
                    .fails(STATUS_DEAD, "`process` has ended")
                    .fails(STATUS_ADDRESS, "no mapping begins there")
                    .build(),
            SystemCall.of(KernelAbi.SYS_MEMORY_PROTECT, "MEMORY_PROTECT",
                    "Gives a mapping another access, and another handle of the same memory object to live on.")
                    .in(RDI, "handle", "of the memory object; the mapping ends with it from now on")
                    .in(RSI, "process", PROCESS)
                    .in(RDX, "address", "where the mapping begins")
                    .in(R10, "access", "as for `MEMORY_MAP`")
                    .takes("`RIGHT_PROCESS` of `process`; of `handle` the rights that are the access.")
                    .fails(STATUS_HANDLE, "`handle` or `process` names nothing")
                    .fails(STATUS_RIGHTS, "`process` is no process, or " + IN_KERNEL
                            + ", or `handle` lacks a right of the access")
                    .fails(STATUS_DEAD, "`process` has ended")
                    .fails(STATUS_ACCESS, "`access` does not read, or both writes and executes, or has other bits")
                    .fails(STATUS_ADDRESS, "no mapping of the memory object begins there")
                    .build(),
            SystemCall.of(KernelAbi.SYS_FUTEX_WAIT, "FUTEX_WAIT",
                    "Waits until a word of memory is woken, if it has the value that is expected.")
                    .in(RDI, "address", WORD)
                    .in(RSI, "value", "what the word is expected to have, in the low half")
                    .fails(STATUS_ADDRESS, NO_WORD)
                    .fails(KernelAbi.STATUS_CHANGED, "the word has another value")
                    .fails(STATUS_DEAD, "the memory object ended while it waited")
                    .waits("Until somebody wakes the word, behind waiters of its own and of higher priorities. Its "
                            + "value is not looked at again. The end of the memory object ends it, that of a mapping "
                            + "does not.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_FUTEX_WAKE, "FUTEX_WAKE", "Wakes threads that wait for a word of memory.")
                    .in(RDI, "address", WORD)
                    .in(RSI, "most", "how many threads at most")
                    .out(RDX, "woken", "how many there were")
                    .fails(STATUS_ADDRESS, NO_WORD + " to write")
                    .build(),
            SystemCall.of(KernelAbi.SYS_FAULT_HANDLER, "FAULT_HANDLER",
                    "Gives a process the endpoint that its threads call when they fault, or takes it away.")
                    .in(RDI, "process", PROCESS)
                    .in(RSI, "handle", "of an endpoint, kept with its badge in a place of its own; or `HANDLE_NONE`")
                    .takes("`RIGHT_PROCESS` of `process`; `RIGHT_SEND` of `handle`.")
                    .fails(STATUS_HANDLE, "`process` or `handle` names nothing")
                    .fails(STATUS_RIGHTS, "`process` is no process, or `handle` lacks the right")
                    .fails(STATUS_DEAD, "`process` has ended, or nobody can receive at the endpoint any more")
                    .build(),
            SystemCall.of(KernelAbi.SYS_MEMORY_FORK, "MEMORY_FORK",
                    "Makes a memory object with the content that another one has now.")
                    .in(RDI, "slot", EMPTY_SLOT)
                    .in(RSI, "handle", "of a memory object")
                    .takes("`RIGHT_MAP_READ` of `handle`; the new one may map for all that there is.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .fails(STATUS_SLOT, NO_SLOT)
                    .fails(KernelAbi.STATUS_LARGE, "it is a large page")
                    .fails(STATUS_QUOTA, NO_QUOTA)
                    .fails(STATUS_MEMORY, NO_MEMORY)
                    .build(),
            SystemCall.of(KernelAbi.SYS_THREAD_AFFINITY, "THREAD_AFFINITY", "Moves a thread to another CPU.")
                    .in(RDI, "handle", "of a thread, or `HANDLE_SELF` for the running thread")
                    .in(RSI, "cpu", "its number")
                    .takes("`RIGHT_THREAD` of `handle`.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .fails(STATUS_DEAD, "the thread has ended")
                    .fails(STATUS_RANGE, "there is no CPU of that number")
                    .remark("It runs there and nowhere else. A new thread runs where its maker runs.")
                    .build(),
            SystemCall.of(KernelAbi.SYS_CPUS, "CPUS", "Tells how many CPUs there are, and which one this is.")
                    .out(RDI, "cpus", "how many; their numbers begin with 0")
                    .out(RSI, "cpu", "the one that runs the thread")
                    .build(),
            SystemCall.of(KernelAbi.SYS_REPLY_TAKE, "REPLY_TAKE",
                    "Makes the caller a handle: whoever has that answers it, and meanwhile others can be received.")
                    .in(RDI, "slot", EMPTY_SLOT)
                    .fails(STATUS_SLOT, NO_SLOT)
                    .fails(KernelAbi.STATUS_NO_CALLER, "the thread has no caller to answer")
                    .fails(STATUS_QUOTA, NO_QUOTA)
                    .fails(STATUS_MEMORY, NO_MEMORY)
                    .build(),
            SystemCall.of(KernelAbi.SYS_REPLY, "REPLY",
                    "Answers the caller that is a handle, and gives the handle up.")
                    .in(RDI, "handle", "of a caller")
                    .in(RSI, "tag", "how many words, and what else the answer has")
                    .in(SHORT_WORDS, "words", WORDS)
                    .in(LONG_WORDS, SystemCall.MORE, MORE)
                    .takes("`RIGHT_REPLY` of `handle`.")
                    .fails(STATUS_TAG, BAD_TAG)
                    .fails(STATUS_HANDLE, NO_HANDLE + ", or so does the handle that is to travel")
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .fails(STATUS_DEAD, "the caller does not wait any more, or was answered by another handle")
                    .fails(STATUS_RANGE, BUFFER_RANGE)
                    .fails(STATUS_ADDRESS, NO_BUFFER)
                    .build(),
            SystemCall.of(KernelAbi.SYS_NOTIFICATION_BIND, "NOTIFICATION_BIND",
                    "Lets a thread hear a notification where it receives.")
                    .in(RDI, "handle", "of a notification")
                    .in(RSI, "thread", "the handle of a thread, or `HANDLE_SELF` for the running one")
                    .takes("`RIGHT_WAIT` of `handle`; `RIGHT_THREAD` of `thread`.")
                    .fails(STATUS_HANDLE, "`handle` or `thread` names nothing")
                    .fails(STATUS_RIGHTS, "`handle` lacks the right, or `thread` is no thread")
                    .fails(STATUS_DEAD, "`thread` has ended")
                    .fails(KernelAbi.STATUS_BOUND, "one of the two is bound already")
                    .build(),
            SystemCall.of(KernelAbi.SYS_NOTIFICATION_UNBIND, "NOTIFICATION_UNBIND",
                    "Lets a notification be heard by those only who wait for it.")
                    .in(RDI, "handle", "of a notification, bound or not")
                    .takes("`RIGHT_WAIT` of `handle`.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .build(),
            SystemCall.of(KernelAbi.SYS_THREAD_FLOAT, "THREAD_FLOAT", "Gives a thread floating-point registers.")
                    .in(RDI, "handle", "of a thread, or `HANDLE_SELF` for the running thread")
                    .takes("`RIGHT_THREAD` of `handle`.")
                    .fails(STATUS_HANDLE, NO_HANDLE)
                    .fails(STATUS_RIGHTS, NO_RIGHT)
                    .fails(STATUS_DEAD, "the thread has ended")
                    .fails(STATUS_QUOTA, "of the thread's process, which pays for the place to keep them")
                    .fails(STATUS_MEMORY, NO_MEMORY)
                    .remark("x87, MMX and SSE, as FNINIT and a reset leave them: nothing is enabled to fault. The "
                            + "thread has them until it ends, on every CPU and through every call, and takes the "
                            + "general path from then on; for one that has them already nothing changes.")
                    .build());

    private static final List<SystemCall> ALL = Stream.concat(OTHERS.stream(), InterruptCalls.ALL.stream())
            .sorted(Comparator.comparingInt(SystemCall::number)).toList();

    private SystemCalls() {
    }

    private static SystemCall.Builder message(final SystemCall.Builder row, final String right) {
        return row.in(RDI, "handle", "of an endpoint")
                .in(RSI, "tag", TAG)
                .in(SHORT_WORDS, "words", WORDS)
                .in(LONG_WORDS, SystemCall.MORE, MORE)
                .takes("`" + right + "` of `handle`.");
    }

    private static SystemCall.Builder created(final SystemCall.Builder row) {
        return row.in(RDI, "slot", EMPTY_SLOT)
                .fails(STATUS_SLOT, NO_SLOT)
                .fails(STATUS_QUOTA, NO_QUOTA)
                .fails(STATUS_MEMORY, NO_MEMORY);
    }

    /** {@return all rows, in the order of their numbers} */
    public static List<SystemCall> all() {
        return ALL;
    }

    /**
     * {@return a system call's row}
     *
     * @param number of it
     */
    public static SystemCall of(final int number) {
        return ALL.get(number);
    }

    /** {@return statuses that no row has among its errors, with the reason} */
    public static Map<Integer, String> statusesOfNoCall() {
        return Map.of(
                STATUS_OK, "every call that returns and did what it is for",
                STATUS_NUMBER, "`eax` is no system call's number");
    }
}
