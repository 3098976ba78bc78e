package ringside.emulator.device.virtio;

import ringside.emulator.bus.DirectMemory;

/** Little-endian fields of rings in guest memory, any one of which may lie where there is none. */
final class GuestMemory {
    private final DirectMemory memory;
    private final byte[] field = new byte[Long.BYTES];

    GuestMemory(final DirectMemory memory) {
        this.memory = memory;
    }

    DirectMemory bytes() {
        return memory;
    }

    int u16(final long address) throws QueueException {
        return (int) get(address, Short.BYTES);
    }

    long u32(final long address) throws QueueException {
        return get(address, Integer.BYTES);
    }

    long u64(final long address) throws QueueException {
        return get(address, Long.BYTES);
    }

    private long get(final long address, final int size) throws QueueException {
        if (!memory.read(address, field, 0, size)) {
            throw new QueueException("a ring lies in memory");
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) Byte.toUnsignedInt(field[i]) << i * Byte.SIZE;
        }
        return value;
    }

    void put(final long address, final int size, final long value) throws QueueException {
        for (int i = 0; i < size; i++) {
            field[i] = (byte) (value >>> i * Byte.SIZE);
        }
        if (!memory.write(address, field, 0, size)) {
            throw new QueueException("a ring lies in memory");
        }
    }
}
