package ringside.fastpath.kernel;

import static ringside.fastpath.kernel.Provocations.ELSEWHERE;
import static ringside.fastpath.kernel.Provocations.ENDPOINT;
import static ringside.fastpath.kernel.Provocations.FULL;
import static ringside.fastpath.kernel.Provocations.GRANT;
import static ringside.fastpath.kernel.Provocations.LOWER;
import static ringside.fastpath.kernel.Provocations.NONE;
import static ringside.fastpath.kernel.Provocations.NOTHING;
import static ringside.fastpath.kernel.Provocations.NOTIFICATION;
import static ringside.fastpath.kernel.Provocations.ONE;
import static ringside.fastpath.kernel.Provocations.PLACE;
import static ringside.fastpath.kernel.Provocations.SELF;
import static ringside.fastpath.kernel.Provocations.SEND_ONLY;
import static ringside.fastpath.kernel.Provocations.SLOT;
import static ringside.fastpath.kernel.Provocations.SLOT_2;
import static ringside.fastpath.kernel.Provocations.help;
import static ringside.fastpath.kernel.Provocations.raw;
import static ringside.kernel.abi.KernelAbi.STATUS_ADDRESS;
import static ringside.kernel.abi.KernelAbi.STATUS_BOUND;
import static ringside.kernel.abi.KernelAbi.STATUS_DEAD;
import static ringside.kernel.abi.KernelAbi.STATUS_HANDLE;
import static ringside.kernel.abi.KernelAbi.STATUS_MEMORY;
import static ringside.kernel.abi.KernelAbi.STATUS_NO_CALLER;
import static ringside.kernel.abi.KernelAbi.STATUS_QUOTA;
import static ringside.kernel.abi.KernelAbi.STATUS_RANGE;
import static ringside.kernel.abi.KernelAbi.STATUS_RIGHTS;
import static ringside.kernel.abi.KernelAbi.STATUS_SLOT;
import static ringside.kernel.abi.KernelAbi.STATUS_TAG;
import static ringside.kernel.abi.KernelAbi.STATUS_TIMEOUT;
import static ringside.kernel.abi.KernelAbi.STATUS_WOULD_WAIT;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import ringside.fastpath.kernel.Provocations.Provocation;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.SystemCalls;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Reg64;

/** Ways to the errors of what few messages have, of callers in the hand, and of signals among messages. */
final class MessageProvocations {
    private final List<Provocation> all = new ArrayList<>();

    private MessageProvocations() {
    }

    /** {@return all of them} */
    static List<Provocation> all() {
        final MessageProvocations provocations = new MessageProvocations();
        provocations.rareMessages();
        provocations.callersAndSignals();
        return provocations.all;
    }

    private void provoke(final int number, final int status, final Consumer<UserCode> code) {
        all.add(new Provocation(number, status, code));
    }

    /** What beside words a message may have, and how long it may wait. */
    private void rareMessages() {
        for (final int number : List.of(KernelAbi.SYS_CALL, KernelAbi.SYS_SEND)) {
            provoke(number, STATUS_WOULD_WAIT, user -> raw(user, number, ENDPOINT, KernelAbi.TAG_NO_WAIT));
            provoke(number, STATUS_HANDLE, user -> {
                user.handleCopy(ENDPOINT, SLOT, GRANT, NONE, SELF);
                raw(user, number, ENDPOINT, KernelAbi.TAG_HANDLE | 9L << KernelAbi.TAG_HANDLE_SHIFT);
            });
            provoke(number, STATUS_RIGHTS, user -> raw(user, number, SEND_ONLY,
                    KernelAbi.TAG_HANDLE | 10L << KernelAbi.TAG_HANDLE_SHIFT));
            sends(number, ENDPOINT);
        }
        for (final int number : List.of(KernelAbi.SYS_RECV, KernelAbi.SYS_REPLY_RECV)) {
            provoke(number, STATUS_WOULD_WAIT, user -> raw(user, number, ENDPOINT, KernelAbi.TAG_NO_WAIT));
            provoke(number, STATUS_RANGE, user -> {
                user.load(Reg64.R14, PLACE);
                user.load(Reg64.R15, Arg.of(KernelAbi.MESSAGE_BYTES_LIMIT + 1));
                raw(user, number, ENDPOINT, KernelAbi.TAG_ROOM);
            });
            provoke(number, STATUS_ADDRESS, user -> {
                user.load(Reg64.R14, ELSEWHERE);
                user.load(Reg64.R15, ONE);
                raw(user, number, ENDPOINT, KernelAbi.TAG_ROOM);
            });
        }
        for (final int number : List.of(KernelAbi.SYS_CALL, KernelAbi.SYS_RECV, KernelAbi.SYS_REPLY_RECV)) {
            provoke(number, STATUS_SLOT, user -> raw(user, number, ENDPOINT,
                    KernelAbi.TAG_SLOT | 10L << KernelAbi.TAG_SLOT_SHIFT));
        }
        for (final int number : List.of(KernelAbi.SYS_CALL, KernelAbi.SYS_SEND, KernelAbi.SYS_RECV,
                KernelAbi.SYS_REPLY_RECV)) {
            provoke(number, STATUS_TIMEOUT, user -> raw(user, number, ENDPOINT, 1L << KernelAbi.TAG_TIMEOUT_SHIFT));
        }
    }

    /** Bytes in memory that cannot be sent. */
    private void sends(final int number, final Arg handle) {
        provoke(number, STATUS_RANGE, user -> {
            user.load(Reg64.R12, PLACE);
            user.load(Reg64.R13, Arg.of(KernelAbi.MESSAGE_BYTES_LIMIT + 1));
            raw(user, number, handle, KernelAbi.TAG_BUFFER);
        });
        provoke(number, STATUS_ADDRESS, user -> {
            user.load(Reg64.R12, ELSEWHERE);
            user.load(Reg64.R13, ONE);
            raw(user, number, handle, KernelAbi.TAG_BUFFER);
        });
    }

    private void callersAndSignals() {
        provoke(KernelAbi.SYS_WAIT, STATUS_TIMEOUT, user ->
                user.systemCall(SystemCalls.of(KernelAbi.SYS_WAIT), NOTIFICATION, ONE));
        final int take = KernelAbi.SYS_REPLY_TAKE;
        provoke(take, STATUS_NO_CALLER, user -> user.replyTake(SLOT));
        provoke(take, STATUS_SLOT, user -> user.replyTake(FULL));
        // The first of its kind: no page with room for one is there yet.
        for (final boolean memory : List.of(true, false)) {
            provoke(take, memory ? STATUS_MEMORY : STATUS_QUOTA, user -> {
                takeCaller(user);
                user.code().call(memory ? "errors_fill_memory" : "errors_fill_quota");
                user.replyTake(SLOT_2);
            });
        }
        final int reply = KernelAbi.SYS_REPLY;
        provoke(reply, STATUS_HANDLE, user -> user.reply(NOTHING));
        provoke(reply, STATUS_RIGHTS, user -> user.reply(ENDPOINT));
        provoke(reply, STATUS_TAG, user -> raw(user, reply, NOTHING, KernelAbi.TAG_NO_WAIT));
        provoke(reply, STATUS_DEAD, user -> {
            takeCaller(user);
            user.replyTake(SLOT_2);
            user.kill(SLOT);
            user.reply(SLOT_2);
        });
        for (final boolean tooLong : List.of(true, false)) {
            provoke(reply, tooLong ? STATUS_RANGE : STATUS_ADDRESS, user -> {
                takeCaller(user);
                user.replyTake(SLOT_2);
                user.load(Reg64.R12, tooLong ? PLACE : ELSEWHERE);
                user.load(Reg64.R13, Arg.of(tooLong ? KernelAbi.MESSAGE_BYTES_LIMIT + 1 : 1));
                raw(user, reply, SLOT_2, KernelAbi.TAG_BUFFER);
            });
        }
        final int bind = KernelAbi.SYS_NOTIFICATION_BIND;
        provoke(bind, STATUS_HANDLE, user -> user.notificationBind(NOTHING, SELF));
        provoke(bind, STATUS_HANDLE, user -> user.notificationBind(NOTIFICATION, NOTHING));
        provoke(bind, STATUS_RIGHTS, user -> user.notificationBind(ENDPOINT, SELF));
        provoke(bind, STATUS_RIGHTS, user -> user.notificationBind(NOTIFICATION, ENDPOINT));
        provoke(bind, STATUS_DEAD, user -> {
            user.threadCreate(SLOT, SELF, NONE, NONE, NONE, LOWER);
            user.kill(SLOT);
            user.notificationBind(NOTIFICATION, SLOT);
        });
        provoke(bind, STATUS_BOUND, user -> {
            user.notificationCreate(SLOT);
            user.notificationBind(SLOT, SELF);
            user.notificationBind(NOTIFICATION, SELF);
        });
        provoke(KernelAbi.SYS_NOTIFICATION_UNBIND, STATUS_HANDLE, user -> user.notificationUnbind(NOTHING));
        provoke(KernelAbi.SYS_NOTIFICATION_UNBIND, STATUS_RIGHTS, user -> user.notificationUnbind(ENDPOINT));
    }

    /** Receives a call of a helper, whose thread is in {@link #SLOT}. */
    private static void takeCaller(final UserCode user) {
        help(user, "errors_call", ENDPOINT);
        user.recv(ENDPOINT, 0);
    }
}
