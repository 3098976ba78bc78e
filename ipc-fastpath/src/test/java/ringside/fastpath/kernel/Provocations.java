package ringside.fastpath.kernel;

import static ringside.kernel.abi.KernelAbi.HANDLE_SELF;
import static ringside.kernel.abi.KernelAbi.RIGHT_GRANT;
import static ringside.kernel.abi.KernelAbi.RIGHT_MAP_READ;
import static ringside.kernel.abi.KernelAbi.RIGHT_MAP_WRITE;
import static ringside.kernel.abi.KernelAbi.RIGHT_SEND;
import static ringside.kernel.abi.KernelAbi.STATUS_ABANDONED;
import static ringside.kernel.abi.KernelAbi.STATUS_ACCESS;
import static ringside.kernel.abi.KernelAbi.STATUS_ADDRESS;
import static ringside.kernel.abi.KernelAbi.STATUS_BADGE;
import static ringside.kernel.abi.KernelAbi.STATUS_CHANGED;
import static ringside.kernel.abi.KernelAbi.STATUS_DEAD;
import static ringside.kernel.abi.KernelAbi.STATUS_EMPTY;
import static ringside.kernel.abi.KernelAbi.STATUS_HANDLE;
import static ringside.kernel.abi.KernelAbi.STATUS_LARGE;
import static ringside.kernel.abi.KernelAbi.STATUS_LINE;
import static ringside.kernel.abi.KernelAbi.STATUS_MAPPED;
import static ringside.kernel.abi.KernelAbi.STATUS_MEMORY;
import static ringside.kernel.abi.KernelAbi.STATUS_OK;
import static ringside.kernel.abi.KernelAbi.STATUS_PRIORITY;
import static ringside.kernel.abi.KernelAbi.STATUS_QUOTA;
import static ringside.kernel.abi.KernelAbi.STATUS_RANGE;
import static ringside.kernel.abi.KernelAbi.STATUS_RIGHTS;
import static ringside.kernel.abi.KernelAbi.STATUS_SLOT;
import static ringside.kernel.abi.KernelAbi.STATUS_TAG;
import static ringside.kernel.abi.KernelAbi.STATUS_TAKEN;
import static ringside.kernel.abi.KernelAbi.STATUS_UNBOUND;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.abi.SystemCalls;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.platform.PcLayout;

/**
 * A way to every error of every system call, as code of the first process. Each finds the handles that are named here;
 * what it puts into slots from {@link #SLOT} on is gone before the next one.
 */
final class Provocations {
    /** Nothing. */
    static final Arg NOTHING = Arg.of(9);
    /** An endpoint, to send and to receive. */
    static final Arg ENDPOINT = Arg.of(10);
    /** A notification without bits. */
    static final Arg NOTIFICATION = Arg.of(11);
    /** A memory object of two pages, mapped at {@link #PLACE}. */
    static final Arg MEMORY = Arg.of(12);
    /** A process that has ended. */
    static final Arg DEAD_PROCESS = Arg.of(14);
    /** To send to an endpoint where nobody can receive any more. */
    static final Arg CLOSED = Arg.of(15);
    /** The memory object again, to read only. */
    static final Arg READ_ONLY = Arg.of(16);
    /** The endpoint again, to send only. */
    static final Arg SEND_ONLY = Arg.of(17);
    /** A large page. */
    static final Arg LARGE = Arg.of(18);
    /** The right to use the machine, which the first process is given. */
    static final Arg MACHINE = Arg.of(FirstTasks.HANDLE_MACHINE);
    /** The first slot that provocations may fill; the next one is there for them as well. */
    static final Arg SLOT = Arg.of(30);
    static final Arg SLOT_2 = Arg.of(31);
    /** A slot that is not empty. */
    static final Arg FULL = ENDPOINT;
    static final Arg SELF = Arg.of(HANDLE_SELF);
    /** Where memory is mapped. */
    static final Arg PLACE = Arg.of(0x6000_0000_0000L);
    /** Where nothing is, and no page tables are. */
    static final Arg ELSEWHERE = Arg.of(0x5000_0000_0000L);
    static final Arg READ = Arg.of(RIGHT_MAP_READ);
    static final Arg WRITE = Arg.of(RIGHT_MAP_READ | RIGHT_MAP_WRITE);
    static final Arg GRANT = Arg.of(RIGHT_SEND | RIGHT_GRANT);
    static final Arg NONE = Arg.of(0);
    static final Arg ONE = Arg.of(1);

    /** The priority of the process's thread; helpers run when it waits. */
    static final int PRIORITY = 4;
    static final Arg LOWER = Arg.of(1);
    private static final int FIRST_SLOT = 30;
    private static final int FILL = 40;
    private static final Arg TABLES = Arg.of(FILL - 1);
    private static final int LEAST_QUOTA = 0x5000;
    private static final int THREAD_PINS = 8;
    private static final int THREAD_STRIDE = 12;
    private static final int SMALL_PINS = 2;
    private static final int SMALL_STRIDE = 64;
    private static final long BAD_TAG = KernelAbi.TAG_SIGNALS;

    private final List<Provocation> all = new ArrayList<>();

    /**
     * One way to one error.
     *
     * @param number the system call
     * @param status what it returns
     * @param code   what is done; the last call is the one
     */
    record Provocation(int number, int status, Consumer<UserCode> code) {
    }

    private Provocations() {
    }

    /** {@return all of them} */
    static List<Provocation> all() {
        final Provocations provocations = new Provocations();
        provocations.messages();
        provocations.handles();
        provocations.notifications();
        provocations.objects();
        provocations.memory();
        provocations.faultsAndForks();
        provocations.interrupts();
        provocations.all.addAll(MessageProvocations.all());
        provocations.all.addAll(WaitProvocations.all());
        return provocations.all;
    }

    private void provoke(final int number, final int status, final Consumer<UserCode> code) {
        all.add(new Provocation(number, status, code));
    }

    private void messages() {
        final int call = KernelAbi.SYS_CALL;
        provoke(call, STATUS_TAG, user -> raw(user, call, ENDPOINT, BAD_TAG));
        provoke(call, STATUS_HANDLE, user -> user.sysCall(NOTHING));
        provoke(call, STATUS_RIGHTS, user -> user.sysCall(NOTIFICATION));
        provoke(call, STATUS_DEAD, user -> user.sysCall(CLOSED));
        provoke(call, STATUS_ABANDONED, user -> {
            help(user, "errors_abandon", ENDPOINT);
            user.sysCall(ENDPOINT);
        });
        final int reply = KernelAbi.SYS_REPLY_RECV;
        provoke(reply, STATUS_TAG, user -> raw(user, reply, ENDPOINT, KernelAbi.WORDS_LONG + 1));
        provoke(reply, STATUS_HANDLE, user -> user.replyRecv(NOTHING));
        provoke(reply, STATUS_RIGHTS, user -> user.replyRecv(SEND_ONLY));
        provoke(reply, STATUS_DEAD, user -> {
            user.endpointCreate(SLOT_2);
            help(user, "errors_close", SLOT_2);
            user.replyRecv(SLOT_2);
        });
        final int recv = KernelAbi.SYS_RECV;
        provoke(recv, STATUS_TAG, user -> user.recv(ENDPOINT, KernelAbi.TAG_CUT));
        provoke(recv, STATUS_HANDLE, user -> user.recv(NOTHING, 0));
        provoke(recv, STATUS_RIGHTS, user -> user.recv(SEND_ONLY, 0));
        provoke(recv, STATUS_DEAD, user -> {
            user.endpointCreate(SLOT_2);
            help(user, "errors_close", SLOT_2);
            user.recv(SLOT_2, 0);
        });
        final int send = KernelAbi.SYS_SEND;
        provoke(send, STATUS_TAG, user -> raw(user, send, ENDPOINT, KernelAbi.TAG_CUT));
        provoke(send, STATUS_HANDLE, user -> user.send(NOTHING));
        provoke(send, STATUS_RIGHTS, user -> user.send(MEMORY));
        provoke(send, STATUS_DEAD, user -> user.send(CLOSED));
    }

    private void handles() {
        final int copy = KernelAbi.SYS_HANDLE_COPY;
        final Arg right = Arg.of(RIGHT_SEND);
        provoke(copy, STATUS_HANDLE, user -> user.handleCopy(NOTHING, SLOT, NONE, NONE, SELF));
        provoke(copy, STATUS_HANDLE, user -> user.handleCopy(ENDPOINT, SLOT, NONE, NONE, NOTHING));
        provoke(copy, STATUS_RIGHTS, user -> user.handleCopy(ENDPOINT, SLOT, READ, NONE, SELF));
        provoke(copy, STATUS_RIGHTS, user -> user.handleCopy(ENDPOINT, SLOT, right, NONE, ENDPOINT));
        provoke(copy, STATUS_DEAD, user -> user.handleCopy(ENDPOINT, SLOT, right, NONE, DEAD_PROCESS));
        provoke(copy, STATUS_BADGE, user -> {
            user.handleCopy(ENDPOINT, SLOT, right, Arg.of(5), SELF);
            user.handleCopy(SLOT, SLOT_2, right, Arg.of(6), SELF);
        });
        provoke(copy, STATUS_SLOT, user -> user.handleCopy(ENDPOINT, FULL, right, NONE, SELF));
        provoke(KernelAbi.SYS_HANDLE_MOVE, STATUS_HANDLE, user -> user.handleMove(NOTHING, SLOT));
        provoke(KernelAbi.SYS_HANDLE_MOVE, STATUS_SLOT, user -> user.handleMove(ENDPOINT, FULL));
        provoke(KernelAbi.SYS_HANDLE_CLOSE, STATUS_HANDLE, user -> user.handleClose(NOTHING));
        provoke(KernelAbi.SYS_HANDLE_REVOKE, STATUS_HANDLE, user -> user.handleRevoke(NOTHING));
    }

    private void notifications() {
        provoke(KernelAbi.SYS_SIGNAL, STATUS_HANDLE, user -> user.signal(NOTHING, ONE));
        provoke(KernelAbi.SYS_SIGNAL, STATUS_RIGHTS, user -> user.signal(ENDPOINT, ONE));
        provoke(KernelAbi.SYS_WAIT, STATUS_HANDLE, user -> user.waitBits(NOTHING));
        provoke(KernelAbi.SYS_WAIT, STATUS_RIGHTS, user -> user.waitBits(ENDPOINT));
        provoke(KernelAbi.SYS_WAIT, STATUS_DEAD, user -> {
            user.notificationCreate(SLOT_2);
            help(user, "errors_close", SLOT_2);
            user.waitBits(SLOT_2);
        });
        provoke(KernelAbi.SYS_POLL, STATUS_HANDLE, user -> user.poll(NOTHING));
        provoke(KernelAbi.SYS_POLL, STATUS_RIGHTS, user -> user.poll(ENDPOINT));
        provoke(KernelAbi.SYS_POLL, STATUS_EMPTY, user -> user.poll(NOTIFICATION));
    }

    private void objects() {
        making(KernelAbi.SYS_ENDPOINT_CREATE, user -> user::endpointCreate);
        making(KernelAbi.SYS_NOTIFICATION_CREATE, user -> user::notificationCreate);
        making(KernelAbi.SYS_PROCESS_CREATE, user -> slot -> user.processCreate(slot, Arg.of(LEAST_QUOTA)));
        provoke(KernelAbi.SYS_PROCESS_CREATE, STATUS_QUOTA, user -> user.processCreate(SLOT, Arg.of(LEAST_QUOTA - 1)));
        provoke(KernelAbi.SYS_PROCESS_CREATE, STATUS_QUOTA, user -> user.processCreate(SLOT, Arg.of(-1)));
        final int thread = KernelAbi.SYS_THREAD_CREATE;
        making(thread, user -> slot -> user.threadCreate(slot, SELF, NONE, NONE, NONE, NONE));
        provoke(thread, STATUS_HANDLE, user -> user.threadCreate(SLOT, NOTHING, NONE, NONE, NONE, NONE));
        provoke(thread, STATUS_RIGHTS, user -> user.threadCreate(SLOT, ENDPOINT, NONE, NONE, NONE, NONE));
        provoke(thread, STATUS_DEAD, user -> user.threadCreate(SLOT, DEAD_PROCESS, NONE, NONE, NONE, NONE));
        provoke(thread, STATUS_ADDRESS, user -> user.threadCreate(
                SLOT, SELF, Arg.of(KernelMemory.USER_LIMIT), NONE, NONE, NONE));
        provoke(thread, STATUS_PRIORITY, user -> user.threadCreate(
                SLOT, SELF, NONE, NONE, NONE, Arg.of(PRIORITY + 1)));
        provoke(KernelAbi.SYS_KILL, STATUS_HANDLE, user -> user.kill(NOTHING));
        provoke(KernelAbi.SYS_KILL, STATUS_RIGHTS, user -> user.kill(ENDPOINT));
        provoke(KernelAbi.SYS_KILL, STATUS_DEAD, user -> user.kill(DEAD_PROCESS));
        final int floats = KernelAbi.SYS_THREAD_FLOAT;
        provoke(floats, STATUS_HANDLE, user -> user.threadFloat(NOTHING));
        provoke(floats, STATUS_RIGHTS, user -> user.threadFloat(ENDPOINT));
        provoke(floats, STATUS_DEAD, user -> {
            user.threadCreate(SLOT, SELF, NONE, NONE, NONE, LOWER);
            user.kill(SLOT);
            user.threadFloat(SLOT);
        });
        provoke(floats, STATUS_QUOTA, user -> {
            user.code().call("errors_fill_quota");
            untilRefused(user, user::endpointCreate);
            user.threadFloat(SELF);
        });
        provoke(floats, STATUS_MEMORY, user -> {
            user.code().call("errors_fill_memory");
            user.threadFloat(SELF);
        });
        final int affinity = KernelAbi.SYS_THREAD_AFFINITY;
        provoke(affinity, STATUS_HANDLE, user -> user.threadAffinity(NOTHING, NONE));
        provoke(affinity, STATUS_RIGHTS, user -> user.threadAffinity(ENDPOINT, NONE));
        provoke(affinity, STATUS_RANGE, user -> user.threadAffinity(SELF, Arg.of(PcLayout.MOST_CPUS)));
        provoke(affinity, STATUS_DEAD, user -> {
            user.threadCreate(SLOT, SELF, NONE, NONE, NONE, LOWER);
            user.kill(SLOT);
            user.threadAffinity(SLOT, NONE);
        });
    }

    private void memory() {
        final int create = KernelAbi.SYS_MEMORY_CREATE;
        making(create, user -> slot -> user.memoryCreate(slot, ONE));
        provoke(create, STATUS_RANGE, user -> user.memoryCreate(SLOT, NONE));
        provoke(create, STATUS_RANGE, user -> user.memoryCreate(SLOT, Arg.of(KernelAbi.MEMORY_PAGES_LIMIT + 1)));
        final int map = KernelAbi.SYS_MEMORY_MAP;
        provoke(map, STATUS_HANDLE, user -> user.memoryMap(NOTHING, SELF, ELSEWHERE, NONE, ONE, READ));
        provoke(map, STATUS_RIGHTS, user -> user.memoryMap(READ_ONLY, SELF, ELSEWHERE, NONE, ONE, WRITE));
        provoke(map, STATUS_DEAD, user -> user.memoryMap(MEMORY, DEAD_PROCESS, ELSEWHERE, NONE, ONE, READ));
        provoke(map, STATUS_ACCESS, user -> user.memoryMap(MEMORY, SELF, ELSEWHERE, NONE, ONE, NONE));
        provoke(map, STATUS_RANGE, user -> user.memoryMap(MEMORY, SELF, ELSEWHERE, ONE, Arg.of(2), READ));
        provoke(map, STATUS_ADDRESS, user -> user.memoryMap(MEMORY, SELF, ONE, NONE, ONE, READ));
        provoke(map, STATUS_MAPPED, user -> user.memoryMap(MEMORY, SELF, PLACE, NONE, ONE, READ));
        provoke(map, STATUS_QUOTA, user -> {
            user.code().call("errors_fill_quota");
            user.memoryMap(MEMORY, SELF, ELSEWHERE, NONE, ONE, READ);
        });
        provoke(map, STATUS_MEMORY, user -> {
            user.code().call("errors_fill_memory");
            user.memoryMap(MEMORY, SELF, ELSEWHERE, NONE, ONE, READ);
        });
        final int unmap = KernelAbi.SYS_MEMORY_UNMAP;
        provoke(unmap, STATUS_HANDLE, user -> user.memoryUnmap(NOTHING, PLACE));
        provoke(unmap, STATUS_RIGHTS, user -> user.memoryUnmap(ENDPOINT, PLACE));
        provoke(unmap, STATUS_DEAD, user -> user.memoryUnmap(DEAD_PROCESS, PLACE));
        provoke(unmap, STATUS_ADDRESS, user -> user.memoryUnmap(SELF, ELSEWHERE));
        final int protect = KernelAbi.SYS_MEMORY_PROTECT;
        provoke(protect, STATUS_HANDLE, user -> user.memoryProtect(NOTHING, SELF, PLACE, READ));
        provoke(protect, STATUS_RIGHTS, user -> user.memoryProtect(READ_ONLY, SELF, PLACE, WRITE));
        provoke(protect, STATUS_DEAD, user -> user.memoryProtect(MEMORY, DEAD_PROCESS, PLACE, READ));
        provoke(protect, STATUS_ACCESS, user -> user.memoryProtect(MEMORY, SELF, PLACE, NONE));
        provoke(protect, STATUS_ADDRESS, user -> user.memoryProtect(MEMORY, SELF, ELSEWHERE, READ));
        final int futexWait = KernelAbi.SYS_FUTEX_WAIT;
        provoke(futexWait, STATUS_ADDRESS, user -> user.futexWait(ELSEWHERE, NONE));
        provoke(futexWait, STATUS_CHANGED, user -> user.futexWait(PLACE, ONE));
        provoke(futexWait, STATUS_DEAD, user -> {
            user.memoryCreate(SLOT_2, ONE);
            user.memoryMap(SLOT_2, SELF, ELSEWHERE, NONE, ONE, READ);
            help(user, "errors_close", SLOT_2);
            user.futexWait(ELSEWHERE, NONE);
        });
        provoke(KernelAbi.SYS_FUTEX_WAKE, STATUS_ADDRESS, user -> user.futexWake(PLACE, ONE));
    }

    private void faultsAndForks() {
        final int handler = KernelAbi.SYS_FAULT_HANDLER;
        provoke(handler, STATUS_HANDLE, user -> user.faultHandler(SELF, NOTHING));
        provoke(handler, STATUS_HANDLE, user -> user.faultHandler(NOTHING, ENDPOINT));
        provoke(handler, STATUS_RIGHTS, user -> user.faultHandler(SELF, NOTIFICATION));
        provoke(handler, STATUS_RIGHTS, user -> user.faultHandler(ENDPOINT, ENDPOINT));
        provoke(handler, STATUS_DEAD, user -> user.faultHandler(DEAD_PROCESS, ENDPOINT));
        provoke(handler, STATUS_DEAD, user -> user.faultHandler(SELF, CLOSED));
        final int fork = KernelAbi.SYS_MEMORY_FORK;
        making(fork, user -> slot -> user.memoryFork(slot, MEMORY));
        provoke(fork, STATUS_HANDLE, user -> user.memoryFork(SLOT, NOTHING));
        provoke(fork, STATUS_RIGHTS, user -> user.memoryFork(SLOT, ENDPOINT));
        provoke(fork, STATUS_LARGE, user -> user.memoryFork(SLOT, LARGE));
    }

    /** Before the first interrupt is made its objects have no page, so memory can be used up for them. */
    private void interrupts() {
        final int create = KernelAbi.SYS_INTERRUPT_CREATE;
        provoke(create, STATUS_SLOT, user -> user.interruptCreate(FULL, ONE, MACHINE));
        provoke(create, STATUS_QUOTA, user -> {
            user.code().call("errors_fill_quota");
            user.interruptCreate(SLOT, ONE, MACHINE);
        });
        provoke(create, STATUS_MEMORY, user -> {
            user.code().call("errors_fill_memory");
            user.interruptCreate(SLOT, ONE, MACHINE);
        });
        provoke(create, STATUS_HANDLE, user -> user.interruptCreate(SLOT, ONE, NOTHING));
        provoke(create, STATUS_RIGHTS, user -> user.interruptCreate(SLOT, ONE, ENDPOINT));
        provoke(create, STATUS_LINE, user -> user.interruptCreate(SLOT, Arg.of(KernelAbi.LINE_COUNT), MACHINE));
        provoke(create, STATUS_TAKEN, user -> {
            user.interruptCreate(SLOT, ONE, MACHINE);
            user.interruptCreate(SLOT_2, ONE, MACHINE);
        });
        final int bind = KernelAbi.SYS_INTERRUPT_BIND;
        provoke(bind, STATUS_HANDLE, user -> user.interruptBind(NOTHING, NOTIFICATION, ONE));
        provoke(bind, STATUS_RIGHTS, user -> user.interruptBind(ENDPOINT, NOTIFICATION, ONE));
        provoke(bind, STATUS_HANDLE, user -> {
            user.interruptCreate(SLOT, ONE, MACHINE);
            user.interruptBind(SLOT, NOTHING, ONE);
        });
        provoke(bind, STATUS_RIGHTS, user -> {
            user.interruptCreate(SLOT, ONE, MACHINE);
            user.interruptBind(SLOT, ENDPOINT, ONE);
        });
        provoke(bind, STATUS_EMPTY, user -> {
            user.interruptCreate(SLOT, ONE, MACHINE);
            user.interruptBind(SLOT, NOTIFICATION, NONE);
        });
        provoke(bind, STATUS_TAKEN, user -> {
            user.interruptCreate(SLOT, ONE, MACHINE);
            user.interruptBind(SLOT, NOTIFICATION, ONE);
            user.interruptBind(SLOT, NOTIFICATION, ONE);
        });
        provoke(KernelAbi.SYS_INTERRUPT_UNBIND, STATUS_HANDLE, user -> user.interruptUnbind(NOTHING));
        provoke(KernelAbi.SYS_INTERRUPT_UNBIND, STATUS_RIGHTS, user -> user.interruptUnbind(MACHINE));
        final int ack = KernelAbi.SYS_INTERRUPT_ACK;
        provoke(ack, STATUS_HANDLE, user -> user.interruptAck(NOTHING));
        provoke(ack, STATUS_RIGHTS, user -> user.interruptAck(MACHINE));
        provoke(ack, STATUS_UNBOUND, user -> {
            user.interruptCreate(SLOT, ONE, MACHINE);
            user.interruptAck(SLOT);
        });
    }

    /** What all calls that make objects refuse: a slot that is full, and what costs more than there is. */
    private void making(final int number, final Function<UserCode, Consumer<Arg>> make) {
        provoke(number, STATUS_SLOT, user -> make.apply(user).accept(FULL));
        provoke(number, STATUS_QUOTA, user -> {
            user.code().call("errors_fill_quota");
            untilRefused(user, make.apply(user));
        });
        provoke(number, STATUS_MEMORY, user -> {
            user.code().call("errors_fill_memory");
            untilRefused(user, make.apply(user));
        });
    }

    /** A helper that runs as soon as the process's thread waits. */
    static void help(final UserCode user, final String routine, final Arg argument) {
        user.threadCreate(SLOT, SELF, Arg.address(routine), NONE, argument, LOWER);
    }

    static void raw(final UserCode user, final int number, final Arg handle, final long tag) {
        user.systemCall(SystemCalls.of(number), handle, Arg.of(tag));
    }

    /** Makes objects in the slot r12 and those behind it until that is refused. */
    private static void untilRefused(final UserCode user, final Consumer<Arg> make) {
        final Label again = user.code().newLabel();
        final Label refused = user.code().newLabel();
        user.code().bind(again);
        make.accept(Arg.of(Reg64.R12));
        user.expect(STATUS_OK, refused);
        user.code().inc(Reg64.R12);
        user.code().jmp(again);
        user.code().bind(refused);
    }

    /** Makes the handles that provocations find. */
    static void prepare(final UserCode user) {
        user.memoryCreate(LARGE, Arg.of(KernelAbi.MEMORY_LARGE | KernelAbi.LARGE_PAGES));
        user.endpointCreate(ENDPOINT);
        user.notificationCreate(NOTIFICATION);
        user.memoryCreate(MEMORY, Arg.of(2));
        user.memoryMap(MEMORY, SELF, PLACE, NONE, Arg.of(2), READ);
        user.processCreate(DEAD_PROCESS, Arg.of(LEAST_QUOTA));
        user.kill(DEAD_PROCESS);
        user.endpointCreate(SLOT);
        user.handleCopy(SLOT, CLOSED, Arg.of(RIGHT_SEND), NONE, SELF);
        user.handleClose(SLOT);
        user.handleCopy(MEMORY, READ_ONLY, READ, NONE, SELF);
        user.handleCopy(ENDPOINT, SEND_ONLY, Arg.of(RIGHT_SEND), NONE, SELF);
        // One object a page keeps it with its kind, charged to nobody: so memory can be used up before the quota is.
        pin(user, FIRST_SLOT - THREAD_PINS, THREAD_PINS, THREAD_STRIDE,
                slot -> user.threadCreate(slot, SELF, NONE, NONE, NONE, NONE));
        pin(user, FIRST_SLOT - THREAD_PINS - 1, 1, SMALL_STRIDE, user::endpointCreate);
        pin(user, FIRST_SLOT - THREAD_PINS - 1 - SMALL_PINS, SMALL_PINS, SMALL_STRIDE, user::notificationCreate);
    }

    /** Makes many objects and keeps a few, threads as dead ones. */
    private static void pin(final UserCode user, final int slot, final int pins, final int stride,
            final Consumer<Arg> make) {
        user.load(Reg64.R12, Arg.of(FILL));
        user.repeat(Reg64.RBX, pins * stride, () -> {
            make.accept(Arg.of(Reg64.R12));
            user.code().inc(Reg64.R12);
        });
        for (int i = 0; i < pins; i++) {
            user.handleMove(Arg.of(FILL + i * stride), Arg.of(slot + i));
            user.kill(Arg.of(slot + i));
        }
        user.code().call("errors_clear");
    }

    /** Emits the routines that provocations call, and their helpers. */
    static void routines(final UserCode user) {
        user.routine("errors_clear");
        user.load(Reg64.RBX, Arg.of(FIRST_SLOT));
        final Label next = user.code().here();
        user.kill(Arg.of(Reg64.RBX));
        user.handleClose(Arg.of(Reg64.RBX));
        user.code().inc(Reg64.RBX);
        user.code().cmp(Reg64.RBX, KernelAbi.HANDLE_COUNT);
        user.code().jcc(Cond.B, next);
        user.poll(NOTIFICATION);
        user.code().ret();

        // A memory object takes more than a page; page tables take those that may be left.
        user.routine("errors_fill_memory");
        user.handleCopy(MEMORY, TABLES, READ, NONE, SELF);
        fill(user, KernelAbi.MEMORY_PAGES_LIMIT, 1, size -> user.memoryCreate(Arg.of(Reg64.R12), size));
        user.memoryMap(TABLES, SELF, Arg.of(0x6000_0020_0000L), NONE, ONE, READ);
        user.memoryMap(TABLES, SELF, Arg.of(0x6000_0040_0000L), NONE, ONE, READ);
        user.code().ret();

        user.routine("errors_fill_quota");
        fill(user, 1L << 40, LEAST_QUOTA, size -> user.processCreate(Arg.of(Reg64.R12), size));
        untilRefused(user, slot -> user.memoryCreate(slot, ONE));
        untilRefused(user, user::endpointCreate);
        user.code().ret();

        user.routine("errors_close");
        user.handleClose(Arg.of(Reg64.RDI));
        user.end();

        user.routine("errors_call");
        user.sysCall(Arg.of(Reg64.RDI));
        user.end();

        user.routine("errors_abandon");
        user.load(Reg64.RBX, Arg.of(Reg64.RDI));
        user.recv(Arg.of(Reg64.RBX), 0);
        user.recv(Arg.of(Reg64.RBX), 0);
        user.end();
    }

    /** Makes objects of r13 from the slot {@link #FILL} on; whenever one is refused, r13 is halved. */
    private static void fill(final UserCode user, final long most, final long least, final Consumer<Arg> make) {
        user.load(Reg64.R12, Arg.of(FILL));
        user.load(Reg64.R13, Arg.of(most));
        final Label again = user.code().here();
        untilRefused(user, slot -> make.accept(Arg.of(Reg64.R13)));
        user.code().shr(Reg64.R13, 1);
        user.code().cmp(Reg64.R13, least);
        user.code().jcc(Cond.AE, again);
    }
}
