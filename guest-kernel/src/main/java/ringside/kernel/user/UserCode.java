package ringside.kernel.user;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.build.UserProgram;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * Emits a user program: a method a system call, the console, cells that the host can read, and beneath it all a
 * {@link CodeBuilder} for everything else.
 *
 * <pre>{@code
 *   final UserCode user = UserCode.program("probe");
 *   user.cells("probe_results", 2);
 *   user.routine("probe_main");
 *   user.endpointCreate(Arg.of(5));
 *   user.store(RAX, "probe_results", 0);
 *   user.repeat(RBX, 10, () -> user.sysCall(Arg.of(2), Arg.of(RBX)));
 *   user.say("done\n");
 *   user.exit(Arg.of(0));
 *
 *   final Task task = Task.of("probe", user.program())
 *           .withThread("probe_main", 0, 4)
 *           .withEndpoint(Task.CONSOLE, FirstTasks.HANDLE_CONSOLE, KernelAbi.RIGHT_SEND, 0);
 *   builder.build(features, List.of(), TaskPlan.STANDARD.with(task));         // beside the standard tasks
 *   builder.build(features, List.of(), TaskPlan.only(task, Task.console()));  // alone: the machine ends with it
 * }</pre>
 *
 * <p>Arguments may be numbers, registers, words in memory and addresses, in any mixture: they are put into registers at
 * once. A call loses what {@link KernelAbi} does not preserve, and leaves the status in {@code rax}. Nothing here uses
 * the stack but {@link #say}.
 *
 * <p>A program has at most {@code KernelMemory.USER_DATA_OFFSET} bytes of code and constants, and as many of cells.
 */
public final class UserCode extends SystemCallMethods {
    private final String program;
    private final CodeBuilder code = code();
    private int texts;
    private boolean says;

    private UserCode(final String program) {
        this.program = program;
        text();
    }

    /**
     * Starts a program.
     *
     * @param name lower case, unlike that of every other program in the image
     * @return an empty program
     */
    public static UserCode program(final String name) {
        return new UserCode(Objects.requireNonNull(name, "name"));
    }

    /** {@return the finished program, for {@link ringside.kernel.build.Task#of}} */
    public UserProgram program() {
        if (says) {
            sayRoutine();
            says = false;
        }
        return UserProgram.generated(program, List.of(code.build(program)));
    }

    private void text() {
        code.section(".text." + program);
    }

    /**
     * Begins a routine that threads can start at and others call.
     *
     * @param symbol its name, unlike all others in the image
     */
    public void routine(final String symbol) {
        code.align(Long.BYTES * 2);
        code.global(symbol);
    }

    /**
     * Makes a table of words that are zero at first; the host finds it by its symbol.
     *
     * @param symbol its name, unlike all others in the image
     * @param words  how many
     */
    public void cells(final String symbol, final int words) {
        code.section(".bss." + program);
        code.align(Long.BYTES);
        code.global(symbol);
        code.reserve((long) words * Long.BYTES);
        text();
    }

    /**
     * Makes a table of constants.
     *
     * @param symbol its name, unlike all others in the image
     * @param words  its words
     */
    public void constants(final String symbol, final long... words) {
        code.section(".rodata." + program);
        code.align(Long.BYTES);
        code.global(symbol);
        code.dq(words);
        text();
    }

    /**
     * Loads a register.
     *
     * @param register where to
     * @param value    what
     */
    public void load(final Reg64 register, final Arg value) {
        final Arguments arguments = new Arguments(code);
        arguments.put(register, value);
        arguments.emit();
    }

    /**
     * Stores a register in a table's word.
     *
     * @param register what
     * @param symbol   the table
     * @param index    of the word
     */
    public void store(final Reg64 register, final String symbol, final int index) {
        code.mov(Mem.rip(symbol, (long) index * Long.BYTES), register);
    }

    /**
     * Does something again and again. {@code body} preserves the counter, which counts down to 1.
     *
     * @param counter register
     * @param times   at least 1
     * @param body    emits what is done
     */
    public void repeat(final Reg64 counter, final long times, final Runnable body) {
        load(counter, Arg.of(times));
        final Label again = code.here();
        body.run();
        code.dec(counter);
        code.jcc(Cond.NE, again);
    }

    /**
     * Does something for ever.
     *
     * @param body emits what is done
     */
    public void forever(final Runnable body) {
        final Label again = code.here();
        body.run();
        code.jmp(again);
    }

    /**
     * Goes elsewhere unless the last call's status is this one.
     *
     * @param status    of {@link KernelAbi}
     * @param elsewhere where
     */
    public void expect(final int status, final Label elsewhere) {
        code.cmp(Reg64.RAX, status);
        code.jcc(Cond.NE, elsewhere);
    }

    /**
     * Says a text through {@link FirstTasks#HANDLE_CONSOLE}. Needs a stack; loses what a call loses.
     *
     * @param text ASCII
     */
    public void say(final String text) {
        final String symbol = program + "_text_" + texts++;
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        code.section(".rodata." + program);
        code.align(KernelAbi.TEXT_BLOCK);
        code.local(symbol);
        code.text(text);
        for (int i = bytes.length; i == bytes.length || i % KernelAbi.TEXT_BLOCK != 0; i++) {
            code.db(0);
        }
        text();
        says = true;
        load(Reg64.RDI, Arg.address(symbol));
        code.call(program + "_say");
    }

    /** rdi = text in blocks, of which the last one ends with a zero byte; as say_text in assembly. */
    private void sayRoutine() {
        code.global(program + "_say");
        code.push(Reg64.RBX);
        code.mov(Reg64.RBX, Reg64.RDI);
        final Label next = code.here();
        sysCall(Arg.of(FirstTasks.HANDLE_CONSOLE), Arg.at(Reg64.RBX, 0), Arg.at(Reg64.RBX, Long.BYTES),
                Arg.at(Reg64.RBX, 2 * Long.BYTES), Arg.at(Reg64.RBX, 3 * Long.BYTES));
        code.add(Reg64.RBX, KernelAbi.TEXT_BLOCK);
        code.cmp(Width.BYTE, Mem.at(Reg64.RBX, -1), 0);
        code.jcc(Cond.NE, next);
        code.pop(Reg64.RBX);
        code.ret();
    }
}
