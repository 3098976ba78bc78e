package ringside.emulator.boot;

import ringside.toolchain.platform.PcLayout;

/** Hands out room for what a kernel reads: in the boot area while it lasts, then above the kernel. */
final class Structures {
    private static final int EBDA_BYTES = 1 << 10;

    private final BootMemory memory;
    private final String image;
    private final long kernelEnd;
    private long low = PcLayout.BOOT_AREA + EBDA_BYTES;

    /**
     * Makes it once the kernel is in place.
     *
     * @param image     its name, for messages
     * @param kernelEnd behind its last byte; nothing goes between its segments while there is room behind them
     */
    Structures(final BootMemory memory, final String image, final long kernelEnd) {
        this.memory = memory;
        this.image = image;
        this.kernelEnd = Math.max(kernelEnd, PcLayout.KERNEL_LOAD);
    }

    /** {@return where so many bytes may be, aligned to a power of two up to a page} */
    long take(final long size, final long align) {
        final long at = low + align - 1 & -align;
        if (size > PcLayout.LOW_MEMORY_END - at) {
            return takeHigh(image, "boot structures", size);
        }
        low = at + size;
        return at;
    }

    /**
     * {@return where so many bytes may be, in whole pages above 1 MiB}
     *
     * @param file  whose they are, for messages
     * @param place which part of the file
     */
    long takeHigh(final String file, final String place, final long size) {
        final long behind = memory.take(place, kernelEnd, Long.MAX_VALUE, size, PcLayout.PAGE_SIZE);
        final long high = behind >= 0 ? behind
                : memory.take(place, PcLayout.KERNEL_LOAD, Long.MAX_VALUE, size, PcLayout.PAGE_SIZE);
        if (high < 0) {
            throw new BootException(file, place, "there is no room for its 0x" + Long.toHexString(size)
                    + " bytes in the RAM of " + (memory.size() >> 20) + " MiB");
        }
        return high;
    }

    /** Stores bytes where there is room. {@return where} */
    long put(final byte[] bytes) {
        final long at = take(bytes.length, Long.BYTES);
        memory.put(at, bytes);
        return at;
    }

    /** Stores a text and the zero byte behind it. {@return where} */
    long putText(final String text) {
        return put(new Bytes().text(text).u8(0).toArray());
    }
}
