package ringside.emulator.device.reset;

import java.util.Arrays;
import java.util.Objects;
import ringside.emulator.bus.ByteDevice;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/**
 * A PC/AT keyboard controller (Intel 8042) as far as kernels touch it without typing: status, its own commands, the
 * output port with reset and A20, and a keyboard that answers what it is asked and on which nobody types.
 *
 * <p>Its two registers are not neighbours on the bus, so there are two devices: {@link #data()} (port 0x60) and
 * {@link #command()} (port 0x64). Commands and answers take no time.
 *
 * <p><b>Not modelled:</b> a mouse, a masked address line 20 (the bit is kept), scan-code translation.
 */
public final class KeyboardController implements Stateful {
    private static final int STATUS_OUTPUT_FULL = 1;
    private static final int STATUS_SELF_TESTED = 1 << 2;
    private static final int STATUS_WROTE_COMMAND = 1 << 3;
    private static final int STATUS_UNLOCKED = 1 << 4;

    private static final int READ_MODE = 0x20;
    private static final int WRITE_MODE = 0x60;
    private static final int MOUSE_OFF = 0xA7;
    private static final int MOUSE_ON = 0xA8;
    private static final int TEST_MOUSE = 0xA9;
    private static final int SELF_TEST = 0xAA;
    private static final int TEST_KEYBOARD = 0xAB;
    private static final int KEYBOARD_OFF = 0xAD;
    private static final int KEYBOARD_ON = 0xAE;
    private static final int READ_INPUT = 0xC0;
    private static final int READ_OUTPUT = 0xD0;
    private static final int WRITE_OUTPUT = 0xD1;
    private static final int WRITE_ANSWER = 0xD2;
    private static final int A20_OFF = 0xDD;
    private static final int A20_ON = 0xDF;
    private static final int PULSE = 0xF0;

    private static final int MODE_INTERRUPT = 1;
    private static final int MODE_KEYBOARD_OFF = 1 << 4;
    private static final int MODE_MOUSE_OFF = 1 << 5;
    private static final int MODE_STANDARD = 0x45;
    private static final int OUTPUT_NOT_RESET = 1;
    private static final int OUTPUT_A20 = 1 << 1;
    private static final int OUTPUT_STANDARD = 0xCF;
    private static final int SELF_TEST_PASSED = 0x55;
    private static final int NOTHING_THERE = 0x02;
    private static final int INPUT_STANDARD = 0x80;

    private static final int KEYBOARD_ECHO = 0xEE;
    private static final int KEYBOARD_IDENTIFY = 0xF2;
    private static final int KEYBOARD_RESET = 0xFF;
    private static final int KEYBOARD_ACKNOWLEDGE = 0xFA;
    private static final int KEYBOARD_TEST_PASSED = 0xAA;
    private static final int[] KEYBOARD_IDENTITY = {0xAB, 0x83};
    private static final int MOST_ANSWERS = 16;

    private final Runnable reset;
    private final InterruptLine line;
    private final byte[] answers = new byte[MOST_ANSWERS];
    private int answerCount;
    private int lastAnswer;
    private int mode = MODE_STANDARD;
    private int output = OUTPUT_STANDARD;
    private int awaiting;
    private boolean wroteCommand;

    /**
     * Makes a controller that passed its self-test.
     *
     * @param reset told when the guest asks for a reset
     * @param line  the keyboard's interrupt
     */
    public KeyboardController(final Runnable reset, final InterruptLine line) {
        this.reset = Objects.requireNonNull(reset, "reset");
        this.line = Objects.requireNonNull(line, "line");
    }

    /** {@return the data register} */
    public ByteDevice data() {
        return new ByteDevice() {
            @Override
            public int readByte(final int offset) {
                return takeAnswer();
            }

            @Override
            public void writeByte(final int offset, final int octet) {
                wroteCommand = false;
                takeData(octet);
            }
        };
    }

    /** {@return the status and command register} */
    public ByteDevice command() {
        return new ByteDevice() {
            @Override
            public int readByte(final int offset) {
                return STATUS_UNLOCKED | STATUS_SELF_TESTED | (wroteCommand ? STATUS_WROTE_COMMAND : 0)
                        | (answerCount > 0 ? STATUS_OUTPUT_FULL : 0);
            }

            @Override
            public void writeByte(final int offset, final int octet) {
                wroteCommand = true;
                takeCommand(octet);
            }
        };
    }

    private int takeAnswer() {
        if (answerCount > 0) {
            lastAnswer = Byte.toUnsignedInt(answers[0]);
            answerCount--;
            System.arraycopy(answers, 1, answers, 0, answerCount);
            line.set(false);
            update();
        }
        return lastAnswer;
    }

    private void answer(final int octet) {
        if (answerCount < MOST_ANSWERS) {
            answers[answerCount++] = (byte) octet;
        }
        update();
    }

    private void update() {
        line.set(answerCount > 0 && (mode & MODE_INTERRUPT) != 0);
    }

    private void takeCommand(final int command) {
        awaiting = 0;
        switch (command) {
            case READ_MODE -> answer(mode);
            case WRITE_MODE, WRITE_OUTPUT, WRITE_ANSWER -> awaiting = command;
            case MOUSE_OFF -> mode |= MODE_MOUSE_OFF;
            case MOUSE_ON -> mode &= ~MODE_MOUSE_OFF;
            case TEST_MOUSE -> answer(NOTHING_THERE);
            case SELF_TEST -> answer(SELF_TEST_PASSED);
            case TEST_KEYBOARD -> answer(0);
            case KEYBOARD_OFF -> mode |= MODE_KEYBOARD_OFF;
            case KEYBOARD_ON -> mode &= ~MODE_KEYBOARD_OFF;
            case READ_INPUT -> answer(INPUT_STANDARD);
            case READ_OUTPUT -> answer(output);
            case A20_OFF -> output &= ~OUTPUT_A20;
            case A20_ON -> output |= OUTPUT_A20;
            default -> {
                if (command >= PULSE && (command & OUTPUT_NOT_RESET) == 0) {
                    reset.run();
                }
            }
        }
    }

    private void takeData(final int octet) {
        final int command = awaiting;
        awaiting = 0;
        switch (command) {
            case WRITE_MODE -> {
                mode = octet;
                update();
            }
            case WRITE_OUTPUT -> {
                output = octet;
                if ((octet & OUTPUT_NOT_RESET) == 0) {
                    reset.run();
                }
            }
            case WRITE_ANSWER -> answer(octet);
            default -> askKeyboard(octet);
        }
    }

    private void askKeyboard(final int octet) {
        if (octet == KEYBOARD_ECHO) {
            answer(KEYBOARD_ECHO);
            return;
        }
        answer(KEYBOARD_ACKNOWLEDGE);
        switch (octet) {
            case KEYBOARD_RESET -> answer(KEYBOARD_TEST_PASSED);
            case KEYBOARD_IDENTIFY -> {
                for (final int part : KEYBOARD_IDENTITY) {
                    answer(part);
                }
            }
            default -> { }
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.section("keyboard").u8(mode).u8(output).u8(awaiting).bool(wroteCommand).u8(lastAnswer)
                .bytes(Arrays.copyOf(answers, answerCount));
    }

    @Override
    public void load(final StateReader in) {
        in.section("keyboard");
        mode = in.u8();
        output = in.u8();
        awaiting = in.u8();
        wroteCommand = in.bool();
        lastAnswer = in.u8();
        final byte[] waiting = in.bytes(MOST_ANSWERS);
        System.arraycopy(waiting, 0, answers, 0, waiting.length);
        answerCount = waiting.length;
    }
}
