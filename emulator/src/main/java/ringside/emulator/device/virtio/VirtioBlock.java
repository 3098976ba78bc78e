package ringside.emulator.device.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import ringside.emulator.bus.BusDevice;
import ringside.emulator.bus.DirectMemory;
import ringside.emulator.bus.pci.BaseAddress;
import ringside.emulator.bus.pci.PciFunction;
import ringside.emulator.bus.pci.PciIdentity;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;

/**
 * A virtio disk on PCI, transitional: drivers of version 1 use its memory, older ones its ports (Virtual I/O Device
 * 1.1, 4.1 and 5.2). It reads, writes, flushes and tells its name; whatever else is asked it says not to know.
 *
 * <p>A driver that breaks the rules of the queue finds DEVICE_NEEDS_RESET in the status and a configuration interrupt,
 * and nothing happens until it resets the device.
 *
 * <p>Its state is the device's; the disk behind it has its own.
 *
 * <p><b>Not modelled:</b> MSI-X, several queues, discarding, geometry.
 */
public final class VirtioBlock implements Stateful {
    private static final PciIdentity IDENTITY = new PciIdentity(0x1AF4, 0x1001, 0x01_0000, 0, 0x1AF4, 2);
    private static final int LEGACY_BAR = 0;
    private static final int MODERN_BAR = 4;
    private static final int VENDOR_CAPABILITY = 0x09;
    private static final int CAPABILITY = 16;
    private static final int LONG_CAPABILITY = 20;
    private static final int NOTIFY_MULTIPLIER = 4;

    private static final int KIND_COMMON = 1;
    private static final int KIND_NOTIFY = 2;
    private static final int KIND_INTERRUPT = 3;
    private static final int KIND_CONFIG = 4;
    private static final int KIND_ACCESS = 5;

    private final PciFunction function = new PciFunction(IDENTITY);
    private final VirtioCore core;
    private final ModernWindow modern;
    private final LegacyWindow legacy;
    private final ConfigAccess access;

    /** A capability that only says something. */
    private record Constant(byte[] bytes) implements BusDevice {
        @Override
        public long read(final int offset, final int size) {
            long value = 0;
            for (int i = 0; i < size; i++) {
                value |= (long) Byte.toUnsignedInt(bytes[offset + i]) << i * Byte.SIZE;
            }
            return value;
        }

        @Override
        public void write(final int offset, final int size, final long value) {
            // Nothing here can be written.
        }
    }

    /**
     * Makes a disk after reset.
     *
     * @param disk   its sectors
     * @param memory the machine's
     * @param clock  the machine's; a request takes 10,000 cycles of it, and a cycle more for each byte before the next
     * @param name   what the guest reads as the disk's name: ASCII, at most 20 characters
     */
    public VirtioBlock(final BlockBackend disk, final DirectMemory memory, final CycleClock clock, final String name) {
        core = new VirtioCore(disk, function.master(memory), clock, function.interrupt(), name);
        modern = new ModernWindow(core);
        legacy = new LegacyWindow(core, function::allowMaster);
        access = new ConfigAccess(modern, MODERN_BAR, capability(KIND_ACCESS, LONG_CAPABILITY, 0, 0, 0));
        function.baseAddress(LEGACY_BAR, new BaseAddress(BaseAddress.Kind.PORTS, LegacyWindow.PORTS, legacy));
        function.baseAddress(MODERN_BAR, new BaseAddress(BaseAddress.Kind.MEMORY_64, ModernWindow.BYTES, modern));
        say(KIND_COMMON, CAPABILITY, ModernWindow.COMMON);
        say(KIND_INTERRUPT, CAPABILITY, ModernWindow.INTERRUPT);
        say(KIND_CONFIG, CAPABILITY, ModernWindow.CONFIG);
        say(KIND_NOTIFY, LONG_CAPABILITY, ModernWindow.NOTIFY);
        function.capability(VENDOR_CAPABILITY, ConfigAccess.BYTES, access);
    }

    private void say(final int kind, final int length, final int offset) {
        function.capability(VENDOR_CAPABILITY, length,
                new Constant(capability(kind, length, MODERN_BAR, offset, ModernWindow.PART)));
    }

    private static byte[] capability(
            final int kind, final int length, final int bar, final int offset, final int bytes) {
        final ByteBuffer capability = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        capability.put(2, (byte) length).put(3, (byte) kind).put(4, (byte) bar).putInt(8, offset).putInt(12, bytes);
        if (kind == KIND_NOTIFY) {
            capability.putInt(CAPABILITY, NOTIFY_MULTIPLIER);
        }
        return capability.array();
    }

    /** {@return its place on the PCI bus} */
    public PciFunction function() {
        return function;
    }

    @Override
    public void save(final StateWriter out) {
        core.save(out);
        modern.save(out);
        legacy.save(out);
        access.save(out);
    }

    @Override
    public void load(final StateReader in) {
        core.load(in);
        modern.load(in);
        legacy.load(in);
        access.load(in);
    }
}
