package ringside.emulator.device.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.DirectMemory;
import ringside.emulator.bus.pci.PciFunction;
import ringside.emulator.timing.CycleClock;

/** A driver of version 1 in Java, its memory and its clock; it writes into its rings whatever a test says. */
final class Driver implements DirectMemory {
    static final int MEMORY = 1 << 20;
    static final int QUEUE = 8;
    static final long DESCRIPTORS = 0x1000;
    static final long AVAILABLE = 0x2000;
    static final long USED = 0x3000;
    static final long HEADER = 0x4000;
    static final long STATUS = 0x4100;
    static final long DATA = 0x1_0000;
    static final int NEXT = 1;
    static final int WRITE = 2;
    static final int INDIRECT = 4;
    static final int LATENCY = 10_000;
    static final long VERSION_1 = 1L << 32;

    final ByteBuffer memory = ByteBuffer.allocate(MEMORY).order(ByteOrder.LITTLE_ENDIAN);
    long now;
    final CycleClock clock = new CycleClock(() -> now, () -> { });
    boolean interrupt;
    final VirtioBlock device;
    final PciFunction function;
    final BusDevice registers;
    final BusDevice ports;
    private int nextAvailable;

    Driver(final BlockBackend disk) {
        device = new VirtioBlock(disk, this, clock, "test-disk");
        function = device.function();
        function.connect(1, level -> interrupt = level);
        function.write(PciFunction.COMMAND, 2, 7);
        registers = function.baseAddress(4).device();
        ports = function.baseAddress(0).device();
    }

    @Override
    public boolean read(final long physical, final byte[] into, final int offset, final int length) {
        final boolean inside = physical >= 0 && physical <= MEMORY - length;
        if (inside) {
            memory.get((int) physical, into, offset, length);
        }
        return inside;
    }

    @Override
    public boolean write(final long physical, final byte[] from, final int offset, final int length) {
        final boolean inside = physical >= 0 && physical <= MEMORY - length;
        if (inside) {
            memory.put((int) physical, from, offset, length);
        }
        return inside;
    }

    int status() {
        return (int) registers.read(0x14, 1) & 0xFF;
    }

    void status(final int value) {
        registers.write(0x14, 1, value);
    }

    /** Resets the device and brings it to DRIVER_OK with these features. */
    Driver start(final long features) {
        status(0);
        status(1);
        status(3);
        negotiate(features);
        status(0xB);
        registers.write(0x16, 2, 0);
        registers.write(0x18, 2, QUEUE);
        area(0x20, DESCRIPTORS);
        area(0x28, AVAILABLE);
        area(0x30, USED);
        registers.write(0x1C, 2, 1);
        status(0xF);
        memory.putInt((int) AVAILABLE, 0).putLong((int) USED, 0);
        nextAvailable = 0;
        return this;
    }

    void negotiate(final long features) {
        registers.write(0x08, 4, 0);
        registers.write(0x0C, 4, features & 0xFFFF_FFFFL);
        registers.write(0x08, 4, 1);
        registers.write(0x0C, 4, features >>> 32);
    }

    private void area(final int register, final long address) {
        registers.write(register, 4, address & 0xFFFF_FFFFL);
        registers.write(register + 4, 4, address >>> 32);
    }

    void descriptor(final long table, final int index, final long address, final int length, final int flags,
            final int next) {
        final int at = (int) table + 16 * index;
        memory.putLong(at, address).putInt(at + 8, length).putShort(at + 12, (short) flags)
                .putShort(at + 14, (short) next);
    }

    void descriptor(final int index, final long address, final int length, final int flags, final int next) {
        descriptor(DESCRIPTORS, index, address, length, flags, next);
    }

    void header(final int type, final long sector) {
        memory.putInt((int) HEADER, type).putInt((int) HEADER + 4, 0).putLong((int) HEADER + 8, sector);
        memory.put((int) STATUS, (byte) 0xEE);
    }

    /** Makes the usual chain of three: header, data, status. */
    void request(final int type, final long sector, final int bytes) {
        header(type, sector);
        descriptor(0, HEADER, 16, NEXT, 1);
        descriptor(1, DATA, bytes, NEXT | (type == 1 ? 0 : WRITE), 2);
        descriptor(2, STATUS, 1, WRITE, 0);
    }

    /** Makes a chain available. */
    void offer(final int head) {
        memory.putShort((int) AVAILABLE + 4 + nextAvailable % QUEUE * 2, (short) head);
        nextAvailable++;
        memory.putShort((int) AVAILABLE + 2, (short) nextAvailable);
    }

    void kick() {
        registers.write(0x3000, 2, 0);
    }

    /** Lets deadlines pass until none is left, a thousand at most; {@return how many there were} */
    int finish() {
        int count = 0;
        while (clock.next() != CycleClock.NEVER && count < 1000) {
            now = Math.max(now, clock.next());
            clock.fireDue();
            count++;
        }
        return count;
    }

    /** Offers the chain at 0 and waits for its end; {@return the status byte} */
    int run() {
        offer(0);
        kick();
        finish();
        return memory.get((int) STATUS);
    }

    int usedIndex() {
        return Short.toUnsignedInt(memory.getShort((int) USED + 2));
    }
}
