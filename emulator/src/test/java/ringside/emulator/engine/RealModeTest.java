package ringside.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.timing.UnitModel;

/** A CPU after INIT and a start-up IPI: 16-bit code in segments, interrupts by the vector table, and the way up. */
class RealModeTest implements EngineCallbacks {
    private static final int VECTOR = 8;
    private static final int START = VECTOR << 12;
    private static final int INTERRUPT = 0x30;
    private static final int HANDLER_SEGMENT = 0x0900;
    private static final int HANDLER = HANDLER_SEGMENT << 4;

    private final GuestRam ram = GuestRam.allocate(1 << 20);
    private final CpuEngine engine =
            EngineProvider.find().open(new EngineConfig(ram, UnitModel.INSTANCE, this, 0, true));
    private final List<String> exceptions = new ArrayList<>();
    private final List<Long> cyclesOfPorts = new ArrayList<>();
    private long interruptAt = Long.MAX_VALUE;

    @AfterEach
    void close() {
        engine.close();
        ram.close();
    }

    private void put(final int address, final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        ram.write(address, bytes, 0, bytes.length);
    }

    private void vector(final int number, final int segment, final int offset) {
        put(number * 4, String.format("%02x%02x%02x%02x", offset & 0xFF, offset >> 8, segment & 0xFF, segment >> 8));
    }

    private void run(final boolean observed) {
        engine.initialise();
        engine.startUp(VECTOR);
        if (observed) {
            engine.observe(List.of(new Everything()), List.of());
        }
        assertEquals(EngineExit.Reason.HALTED, engine.run().reason());
    }

    private long low(final CpuRegister register) {
        return engine.read(register) & 0xFFFF;
    }

    @Test
    void stateAfterInitIsTheManuals() {
        engine.initialise();
        assertEquals(0xFFF0, engine.read(CpuRegister.RIP));
        assertEquals(2, engine.read(CpuRegister.RFLAGS));
        assertEquals(0x10, engine.read(CpuRegister.CR0));
        assertEquals(0, engine.read(CpuRegister.EFER));
        assertEquals(0, engine.read(CpuRegister.RSP));
        assertEquals(0x600, engine.read(CpuRegister.RDX));
    }

    @ParameterizedTest(name = "observed: {0}")
    @ValueSource(booleans = {false, true})
    void loopsFarCallsAndSoftwareInterruptsCountExactly(final boolean observed) {
        vector(INTERRUPT, HANDLER_SEGMENT, 0x10);
        put(START, "b80005 8ed0 bc0010"   // mov ax,0500h; mov ss,ax; mov sp,1000h
                + "31db b90300"           // xor bx,bx; mov cx,3
                + "9a04000009"            // again: call 0900h:0004h
                + "cd30"                  // int 30h
                + "e2f7"                  // loop again
                + "f4");                  // hlt
        put(HANDLER + 0x04, "43 cb");     // inc bx; retf
        put(HANDLER + 0x10, "83c310 cf"); // add bx,10h; iret
        run(observed);
        assertEquals(0x33, low(CpuRegister.RBX));
        assertEquals(0x1000, low(CpuRegister.RSP));
        final int expected = 5 + 3 * (3 + 2 + 2) + 1;
        assertEquals(expected, engine.instructions());
        if (observed) {
            assertEquals(expected, heard.size());
            assertEquals("0x9004+1", heard.get(6), "the address of an event is linear");
        }
    }

    @ParameterizedTest(name = "observed: {0}")
    @ValueSource(booleans = {false, true})
    void farReturnOverAPageBoundaryKeepsItsTarget(final boolean observed) {
        put(START, "b80005 8ed0 bc0110 9a04000009 f4"); // mov ax,0500h; mov ss,ax; mov sp,1001h; call 0900h:0004h; hlt
        put(HANDLER + 0x04, "43 cb");                   // inc bx; retf
        run(observed);
        assertEquals(7, engine.instructions());
    }

    @Test
    void faultGoesThroughTheVectorTableAndCountsWhatRetired() {
        vector(0, HANDLER_SEGMENT, 0);
        put(START, "b80005 8ed0 bc0010 31db 90 f7f3 f4"); // ...; xor bx,bx; nop; div bx; hlt
        put(HANDLER, "58 f4");                            // pop ax; hlt
        run(false);
        assertEquals(List.of("0 at 0xb"), exceptions);
        assertEquals(0xB, low(CpuRegister.RAX), "the offset of the faulting instruction was pushed");
        assertEquals(5 + 2, engine.instructions());
    }

    @Test
    void externalInterruptIsDeliveredThroughTheVectorTable() {
        vector(INTERRUPT, HANDLER_SEGMENT, 0);
        put(START, "b80005 8ed0 bc0010 fb 31c9"  // mov ax,0500h; mov ss,ax; mov sp,1000h; sti; xor cx,cx
                + "41 ebfd");                    // self: inc cx; jmp self
        put(HANDLER, "f4");
        interruptAt = 100;
        engine.setAttention(interruptAt);
        run(false);
        assertEquals(0x1000 - 6, low(CpuRegister.RSP));
        assertEquals(5 + 96 + 1, engine.instructions());
        assertEquals(48, low(CpuRegister.RCX));
    }

    @Test
    void portAccessSeesExactCycles() {
        put(START, "90 e480 90 e480 f4");
        run(false);
        assertEquals(List.of(1L, 3L), cyclesOfPorts);
    }

    @ParameterizedTest(name = "observed: {0}")
    @ValueSource(booleans = {false, true})
    void trampolineClimbsToLongMode(final boolean observed) {
        put(0x7000, "0000000000000000" + "ffff0000009a0f00" // null; 16-bit code at 0
                + "ffff0000009acf00" + "ffff00000092cf00"   // 32-bit code, data
                + "ffff0000009aaf00");                      // 64-bit code
        put(0x7800, "2700 00700000");
        put(0x2000, "0730000000000000");
        put(0x3000, "0740000000000000");
        put(0x4000, "8700000000000000");
        put(START, "2e0f01160010"                    // lgdt cs:[1000h]
                + "0f20c0 0c01 0f22c0"               // mov eax,cr0; or al,1; mov cr0,eax
                + "66ea 20800000 1000");             // jmp 10h:8020h
        put(START + 0x1000, "2700 00700000");
        put(START + 0x20, "66b81800 8ed8 8ed0"       // mov ax,18h; mov ds,ax; mov ss,ax
                + "0f20e0 83c820 0f22e0"             // mov eax,cr4; or eax,20h; mov cr4,eax
                + "b800200000 0f22d8"                // mov eax,2000h; mov cr3,eax
                + "b9800000c0 0f32 80cc01 0f30"      // mov ecx,EFER; rdmsr; or ah,1; wrmsr
                + "0f20c0 0d00000080 0f22c0"         // mov eax,cr0; or eax,80000000h; mov cr0,eax
                + "ea608000002000");                 // jmp 20h:8060h
        put(START + 0x60, "48b8efcdab8967452301 f4");
        run(observed);
        assertEquals(0x0123_4567_89AB_CDEFL, engine.read(CpuRegister.RAX));
        assertEquals(5 + 3 + 3 + 2 + 4 + 3 + 1 + 2, engine.instructions());
    }

    private final List<String> heard = new ArrayList<>();

    /** Memory too, because that makes the library look at its state at each access. */
    private final class Everything implements MachineObserver {
        @Override
        public Set<EventKind> interests() {
            return Set.of(EventKind.INSTRUCTION, EventKind.MEMORY_READ, EventKind.MEMORY_WRITE);
        }

        @Override
        public void instruction(
                final long cycle, final int cpu, final long address, final int length, final int level) {
            heard.add("0x" + Long.toHexString(address) + "+" + length);
        }
    }

    @Override
    public int attention(final int acceptable) {
        if (engine.cycles() >= interruptAt && (acceptable & INTERRUPTS) != 0) {
            interruptAt = Long.MAX_VALUE;
            engine.setAttention(interruptAt);
            return INTERRUPT;
        }
        return PROCEED;
    }

    @Override
    public boolean exception(final int vector, final long errorCode, final long rip) {
        exceptions.add(vector + " at 0x" + Long.toHexString(rip));
        return true;
    }

    @Override
    public long readPort(final int port, final int size) {
        cyclesOfPorts.add(engine.cycles());
        return 0;
    }

    @Override
    public void writePort(final int port, final int size, final long value) {
    }

    @Override
    public long readDevice(final long address, final int size) {
        return 0;
    }

    @Override
    public void writeDevice(final long address, final int size, final long value) {
    }

    @Override
    public void cpuid(final int leaf, final int subleaf, final int[] result) {
    }

    @Override
    public long timeStamp() {
        return 0;
    }
}
