package ringside.console.repl.stop;

import java.util.function.BooleanSupplier;
import ringside.emulator.travel.Condition;

/**
 * Where a command wants to go, besides breakpoints.
 *
 * @param condition finds it
 * @param holds     whether it is the one, asked there
 * @param reason    what {@link Halt#reason} is then
 */
public record Until(Condition condition, BooleanSupplier holds, String reason) {
}
