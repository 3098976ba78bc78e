package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import ringside.emulator.boot.BootException;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.TinyElf;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.platform.PcLayout;

/** Images arrive where they belong, or are refused by name. */
class LoaderTest {
    /** mov al, 'A'; mov dx, 0x3f8; out dx, al; mov al, 42; out 0xf4, al; hlt: the same bytes in 32 and 64 bits. */
    private static final byte[] TWELVE_BYTES = {
        (byte) 0xB0, 'A', 0x66, (byte) 0xBA, (byte) 0xF8, 0x03, (byte) 0xEE, (byte) 0xB0, 42, (byte) 0xE6, (byte) 0xF4,
        (byte) 0xF4};

    private static RunResult run(final byte[] elf, final MachineConfig config) {
        try (Machine machine = Machine.boot(config, GuestImage.parse("tiny.elf", elf))) {
            return machine.run(Budget.steps(100));
        }
    }

    private static String refusal(final byte[] elf) {
        return assertThrows(BootException.class, () -> run(elf, MachineConfig.standard())).getMessage();
    }

    @Test
    void fewBytesBootThroughPvhIn32Bits() {
        final StringBuilder text = new StringBuilder();
        final byte[] elf = new TinyElf().put(Guest.CODE, TWELVE_BYTES).pvhEntry((int) Guest.CODE).bytes();
        assertEquals(new RunResult.Exited(42),
                run(elf, MachineConfig.standard().withSerial(value -> text.append((char) value))));
        assertEquals("A", text.toString());
    }

    @Test
    void fewBytesWithoutANoteBootAtTheElfEntryIn64Bits() {
        final byte[] elf = new TinyElf().put(Guest.CODE, TWELVE_BYTES).entry(Guest.CODE).bytes();
        assertEquals(new RunResult.Exited(42), run(elf, MachineConfig.standard()));
    }

    @Test
    void pvhGuestFindsMemoryMapAndCommandLineBehindEbx() {
        final byte[] elf = new TinyElf().put(Guest.CODE, new byte[] {(byte) 0xF4}).pvhEntry((int) Guest.CODE).bytes();
        final MachineConfig config = MachineConfig.standard().withCommandLine("quiet answer=42").withMemory(32 << 20);
        try (Machine machine = Machine.boot(config, GuestImage.parse("tiny.elf", elf))) {
            final MemorySegment memory = machine.cpu().memory();
            final long info = machine.cpu().read(CpuRegister.RBX);
            assertEquals(0x336EC578, memory.get(ValueLayout.JAVA_INT, info));
            assertEquals("quiet answer=42", memory.getString(memory.get(ValueLayout.JAVA_LONG, info + 24)));
            final long map = memory.get(ValueLayout.JAVA_LONG, info + 40);
            assertEquals(4, memory.get(ValueLayout.JAVA_INT, info + 48));
            assertEquals(PcLayout.BOOT_AREA, memory.get(ValueLayout.JAVA_LONG, map + 8));
            final long last = map + 3 * 24;
            assertEquals(1 << 20, memory.get(ValueLayout.JAVA_LONG, last));
            assertEquals(31 << 20, memory.get(ValueLayout.JAVA_LONG, last + 8));
            assertEquals(0x11, machine.cpu().read(CpuRegister.CR0) & 0x8000_0011L, "protected, no paging");
            assertInstanceOf(RunResult.Halted.class, machine.run(Budget.steps(10)));
        }
    }

    @Test
    void segmentOutsideRamIsRefusedByNumber() {
        final byte[] elf = new TinyElf().put(Guest.CODE, TWELVE_BYTES).put(0x7FF_F000, new byte[0x2000])
                .pvhEntry((int) Guest.CODE).bytes();
        assertEquals("tiny.elf: segment 1: physical 0x7fff000 to 0x8000fff lies outside the RAM of 64 MiB",
                refusal(elf));
    }

    @Test
    void segmentOverTheBootStructuresIsRefused() {
        final String message = refusal(new TinyElf().put(0x9_fff8, TWELVE_BYTES).pvhEntry(0x9_fff8).bytes());
        assertEquals("tiny.elf: segment 0: physical 0x9fff8 to 0xa0003 covers the boot structures at "
                + "0x90000 to 0x9ffff", message);
    }

    @Test
    void entryOutsideEverySegmentIsRefused() {
        assertEquals("tiny.elf: entry: 0x0 lies in no loaded segment",
                refusal(new TinyElf().put(Guest.CODE, TWELVE_BYTES).bytes()));
    }

    @Test
    void jumpOutOfMemoryIsAResult() {
        final byte[] jump = {(byte) 0xB8, 0, 0, 0, 0x7F, (byte) 0xFF, (byte) 0xE0};
        final byte[] elf = new TinyElf().put(Guest.CODE, jump).pvhEntry((int) Guest.CODE).bytes();
        assertEquals(new RunResult.NothingToExecute(0x7F00_0000), run(elf, MachineConfig.standard()));
    }

    @Test
    void machineRefusesMemoryItCannotHave() {
        assertThrows(IllegalArgumentException.class, () -> MachineConfig.standard().withMemory(1 << 20));
        assertThrows(IllegalArgumentException.class, () -> MachineConfig.standard().withMemory((64 << 20) + 1));
        assertThrows(IllegalArgumentException.class, () -> MachineConfig.standard().withMemory(1L << 40));
        assertThrows(IllegalArgumentException.class, () -> MachineConfig.standard().withCommandLine("a\nb"));
        assertThrows(IllegalArgumentException.class, () -> MachineConfig.standard().withCommandLine("x".repeat(4096)));
    }
}
