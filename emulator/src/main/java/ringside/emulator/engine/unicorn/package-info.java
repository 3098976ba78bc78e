/**
 * The CPU engine over Unicorn 2.1.4: the binding, its private layout with a self-check, and the microcode in machine
 * code that does what hardware does between two instructions.
 *
 * <p>The only package that names Unicorn. Not exported; depends on no device, bus or machine.
 */
package ringside.emulator.engine.unicorn;
