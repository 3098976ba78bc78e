package ringside.emulator.device.uart;

import java.util.Objects;
import ringside.emulator.bus.BusDevice;

/**
 * A 16550 serial port that is always ready to send (National Semiconductor PC16550D).
 *
 * <p><b>Not modelled:</b> line speed and parity, input, interrupts.
 */
public final class Uart16550 implements BusDevice {
    private static final int DATA = 0;
    private static final int INTERRUPT_ENABLE = 1;
    private static final int INTERRUPT_ID = 2;
    private static final int LINE_CONTROL = 3;
    private static final int MODEM_CONTROL = 4;
    private static final int LINE_STATUS = 5;
    private static final int MODEM_STATUS = 6;
    private static final int SCRATCH = 7;

    private static final int LINE_CONTROL_DIVISOR = 1 << 7;
    private static final int FIFO_ENABLE = 1;
    private static final int INTERRUPT_ID_NONE = 1;
    private static final int INTERRUPT_ID_FIFOS = 0xC0;
    private static final int LINE_STATUS_HOLDING_EMPTY = 1 << 5;
    private static final int LINE_STATUS_SHIFT_EMPTY = 1 << 6;
    private static final int MODEM_CONTROL_LOOPBACK = 1 << 4;
    private static final int MODEM_STATUS_CARRIER = 1 << 7;
    private static final int MODEM_STATUS_READY = 1 << 5;
    private static final int MODEM_STATUS_CLEAR_TO_SEND = 1 << 4;
    private static final int INTERRUPT_ENABLE_MASK = 0x0F;
    private static final int MODEM_CONTROL_MASK = 0x1F;
    private static final int OCTET = 0xFF;

    private final SerialSink sink;
    private int interruptEnable;
    private int lineControl;
    private int modemControl;
    private int scratch;
    private int divisor = 12;
    private boolean fifos;

    /**
     * Makes a port.
     *
     * @param sink takes what the guest sends
     */
    public Uart16550(final SerialSink sink) {
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    @Override
    public long read(final int offset, final int size) {
        final boolean divisorAccess = (lineControl & LINE_CONTROL_DIVISOR) != 0;
        return switch (offset) {
            case DATA -> divisorAccess ? divisor & OCTET : 0;
            case INTERRUPT_ENABLE -> divisorAccess ? divisor >> Byte.SIZE : interruptEnable;
            case INTERRUPT_ID -> INTERRUPT_ID_NONE | (fifos ? INTERRUPT_ID_FIFOS : 0);
            case LINE_CONTROL -> lineControl;
            case MODEM_CONTROL -> modemControl;
            case LINE_STATUS -> LINE_STATUS_HOLDING_EMPTY | LINE_STATUS_SHIFT_EMPTY;
            case MODEM_STATUS -> MODEM_STATUS_CARRIER | MODEM_STATUS_READY | MODEM_STATUS_CLEAR_TO_SEND;
            case SCRATCH -> scratch;
            default -> 0;
        };
    }

    @Override
    public void write(final int offset, final int size, final long value) {
        final int octet = (int) value & OCTET;
        final boolean divisorAccess = (lineControl & LINE_CONTROL_DIVISOR) != 0;
        switch (offset) {
            case DATA -> {
                if (divisorAccess) {
                    divisor = divisor & ~OCTET | octet;
                } else if ((modemControl & MODEM_CONTROL_LOOPBACK) == 0) {
                    sink.send(octet);
                }
            }
            case INTERRUPT_ENABLE -> {
                if (divisorAccess) {
                    divisor = divisor & OCTET | octet << Byte.SIZE;
                } else {
                    interruptEnable = octet & INTERRUPT_ENABLE_MASK;
                }
            }
            case INTERRUPT_ID -> fifos = (octet & FIFO_ENABLE) != 0;
            case LINE_CONTROL -> lineControl = octet;
            case MODEM_CONTROL -> modemControl = octet & MODEM_CONTROL_MASK;
            case SCRATCH -> scratch = octet;
            default -> { }
        }
    }
}
