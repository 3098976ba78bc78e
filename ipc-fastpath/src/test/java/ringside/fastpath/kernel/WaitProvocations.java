package ringside.fastpath.kernel;

import static ringside.fastpath.kernel.Provocations.ELSEWHERE;
import static ringside.fastpath.kernel.Provocations.ENDPOINT;
import static ringside.fastpath.kernel.Provocations.NONE;
import static ringside.fastpath.kernel.Provocations.ONE;
import static ringside.fastpath.kernel.Provocations.SELF;
import static ringside.fastpath.kernel.Provocations.SLOT;
import static ringside.fastpath.kernel.Provocations.SLOT_2;
import static ringside.fastpath.kernel.Provocations.WRITE;
import static ringside.fastpath.kernel.Provocations.help;
import static ringside.fastpath.kernel.Provocations.raw;

import java.util.List;
import java.util.function.Consumer;
import ringside.fastpath.kernel.Provocations.Provocation;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.user.Arg;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Reg64;

/** Ways to wait through a handle that a helper closes meanwhile, and to have room that cannot be written. */
final class WaitProvocations {
    private static final Arg CHILD = Arg.of(32);
    private static final Arg QUOTA = Arg.of(0x5000);

    private WaitProvocations() {
    }

    static List<Provocation> all() {
        return List.of(
                noCopy(KernelAbi.SYS_CALL),
                noCopy(KernelAbi.SYS_RECV),
                noCopy(KernelAbi.SYS_REPLY_RECV),
                revoked(KernelAbi.SYS_CALL, user -> {
                    closeSoon(user);
                    user.sysCall(SLOT_2);
                }),
                revoked(KernelAbi.SYS_SEND, user -> {
                    closeSoon(user);
                    user.send(SLOT_2);
                }),
                revoked(KernelAbi.SYS_RECV, user -> {
                    user.endpointCreate(SLOT_2);
                    leaveToChild(user, KernelAbi.RIGHT_RECEIVE);
                    user.recv(SLOT_2, 0);
                }),
                revoked(KernelAbi.SYS_REPLY_RECV, user -> {
                    user.endpointCreate(SLOT_2);
                    leaveToChild(user, KernelAbi.RIGHT_RECEIVE);
                    user.replyRecv(SLOT_2);
                }),
                revoked(KernelAbi.SYS_WAIT, user -> {
                    user.notificationCreate(SLOT_2);
                    leaveToChild(user, KernelAbi.RIGHT_WAIT);
                    user.waitBits(SLOT_2);
                }));
    }

    private static Provocation revoked(final int number, final Consumer<UserCode> code) {
        return new Provocation(number, KernelAbi.STATUS_REVOKED, code);
    }

    /** Room in a page that a fork shares, when there is no page for a copy. */
    private static Provocation noCopy(final int number) {
        return new Provocation(number, KernelAbi.STATUS_MEMORY, user -> {
            user.memoryCreate(SLOT, ONE);
            user.memoryMap(SLOT, SELF, ELSEWHERE, NONE, ONE, WRITE);
            user.memoryFork(SLOT_2, SLOT);
            user.code().call("errors_fill_memory");
            user.load(Reg64.R14, ELSEWHERE);
            user.load(Reg64.R15, ONE);
            raw(user, number, ENDPOINT, KernelAbi.TAG_ROOM | KernelAbi.TAG_NO_WAIT);
        });
    }

    private static void closeSoon(final UserCode user) {
        user.handleCopy(ENDPOINT, SLOT_2, Arg.of(KernelAbi.RIGHT_SEND), NONE, SELF);
        help(user, "errors_close", SLOT_2);
    }

    /** Another process has a handle with the right, and this one has none soon. */
    private static void leaveToChild(final UserCode user, final int right) {
        user.processCreate(CHILD, QUOTA);
        user.handleCopy(SLOT_2, NONE, Arg.of(right), NONE, CHILD);
        help(user, "errors_close", SLOT_2);
    }
}
