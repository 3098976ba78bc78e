import java.util.function.Consumer;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg64;

/** Emits a user program for Bantam: a star for every null system call that came back well. */
public final class Stars implements Consumer<UserCode> {
    private static final int ROUNDS = 5;

    @Override
    public void accept(final UserCode user) {
        final Label failed = user.code().newLabel(".failed");
        user.say("emitted by Java: ");
        user.repeat(Reg64.RBX, ROUNDS, () -> {
            user.sysNull();
            user.expect(KernelAbi.STATUS_OK, failed);
            user.say("*");
        });
        user.code().bind(failed);
        user.say("\n");
    }
}
