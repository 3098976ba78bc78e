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
    /** Numbers from here on do not exist. */
    public static final int SYS_COUNT = 9;

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

    /** A handle with this right may send and call. */
    public static final int RIGHT_SEND = 1;
    /** A handle with this right may receive. */
    public static final int RIGHT_RECEIVE = 2;
    /** Handles of a process: 0 up to this, exclusive. */
    public static final int HANDLE_COUNT = 16;

    /** The part of a tag that counts words. */
    public static final int TAG_WORDS = 0xff;
    /** The sender of this tag accepts up to {@link #WORDS_LONG} words in return. */
    public static final int TAG_LONG = 0x100;
    /** In a tag received: the message was longer. */
    public static final int TAG_CUT = 0x200;
    /** Words that every receiver accepts, and the most that the fast path carries. */
    public static final int WORDS_SHORT = 4;
    /** The most words of any message. */
    public static final int WORDS_LONG = 8;

    /** Priorities 0 up to this, exclusive; higher runs first. */
    public static final int PRIORITY_COUNT = 8;
    /** LAPIC timer counts from tick to tick. */
    public static final int TICK_PERIOD = 10_000_000;

    /** Round trips, or null calls, that one experiment of the bench program times. */
    public static final int BENCH_ROUNDS = 64;
    /** Bytes that one message to the console server carries. */
    public static final int TEXT_BLOCK = WORDS_SHORT * Long.BYTES;

    private KernelAbi() {
    }

    /** {@return system calls, statuses, rights, tags and limits, under the names that they have here} */
    public static Constants calls() {
        return Constants.group("System calls")
                .decimal("SYS_NULL", SYS_NULL, "nothing")
                .decimal("SYS_CALL", SYS_CALL, "rdi = handle, rsi = tag, words")
                .decimal("SYS_REPLY_RECV", SYS_REPLY_RECV, "rdi = handle, rsi = tag, words")
                .decimal("SYS_RECV", SYS_RECV, "rdi = handle, rsi = tag")
                .decimal("SYS_SEND", SYS_SEND, "rdi = handle, rsi = tag, words")
                .decimal("SYS_YIELD", SYS_YIELD, "nothing")
                .decimal("SYS_SLEEP", SYS_SLEEP, "rdi = ticks")
                .decimal("SYS_TICKS", SYS_TICKS, "out: rdi = ticks since boot")
                .decimal("SYS_EXIT", SYS_EXIT, "rdi = status")
                .decimal("SYS_COUNT", SYS_COUNT, "")
                .build();
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
                .build();
    }

    /** {@return rights, tag bits and sizes of messages} */
    public static Constants messages() {
        return Constants.group("Handles and messages")
                .hex("RIGHT_SEND", RIGHT_SEND, "send and call")
                .hex("RIGHT_RECEIVE", RIGHT_RECEIVE, "receive, reply and receive")
                .decimal("HANDLE_COUNT", HANDLE_COUNT, "per process")
                .hex("TAG_WORDS", TAG_WORDS, "mask of the word count")
                .hex("TAG_LONG", TAG_LONG, "accepts WORDS_LONG words")
                .hex("TAG_CUT", TAG_CUT, "received: the message was longer")
                .decimal("WORDS_SHORT", WORDS_SHORT, "in rdx r8 r9 r10")
                .decimal("WORDS_LONG", WORDS_LONG, "and r12 r13 r14 r15")
                .decimal("WORD_SIZE", Long.BYTES, "bytes of a message word")
                .decimal("TEXT_BLOCK", TEXT_BLOCK, "bytes of text in a message to the console server")
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
