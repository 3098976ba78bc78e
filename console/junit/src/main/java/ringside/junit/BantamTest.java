package ringside.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a guest, which is booted for it alone and has not begun. The method takes any of
 * {@link GuestConsole} (commands, as the console has them), {@link ringside.emulator.travel.Timeline} (ways forward
 * and back) and {@link ringside.emulator.machine.Machine} (to look at).
 *
 * <pre>
 *   &#64;BantamTest(options = {"--append", "demo"})
 *   void theFirstMessageIsInits(final GuestConsole console) {
 *       console.execute("tbreak event ipc_message");
 *       console.execute("continue");
 *       console.execute("expect stop event");
 *   }
 * </pre>
 *
 * <p>Where a test fails, its failure says where the guest stands, and the machine is in a snapshot file,
 * the way there in a trace.
 */
@Documented
@Test
@ExtendWith(BantamExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BantamTest {
    /** {@return the file of a kernel; none means Bantam} */
    String image() default "";

    /** {@return options as {@code ringside run} has them} */
    String[] options() default {};

    /** {@return the directory for snapshots and traces of tests that failed; made where it is missing} */
    String keep() default "target/ringside";
}
