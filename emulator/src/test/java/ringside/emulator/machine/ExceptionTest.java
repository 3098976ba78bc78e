package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.TinyElf;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;

/** Exceptions arrive as the manual says (Intel SDM volume 3, chapter 6). */
class ExceptionTest {
    private static final int EFER = 0xC000_0080;
    private static final int STAR = 0xC000_0081;
    private static final int LSTAR = 0xC000_0082;
    private static final int FMASK = 0xC000_0084;
    private static final long UNMAPPED = 1L << 40;

    private static int exit(final Guest guest) {
        final RunResult result = guest.run();
        return assertInstanceOf(RunResult.Exited.class, result, result.describe()).code();
    }

    private static void exitWithErrorCode(final CodeBuilder c) {
        c.pop(Reg64.RAX);
        Guest.exitWithEax(c);
    }

    @Test
    void divisionByZeroIsVector0() {
        assertEquals(0x80, exit(new Guest().program(c -> {
            c.xor(Reg32.ECX, Reg32.ECX);
            c.div(Reg64.RCX);
        })));
    }

    @Test
    void undefinedOpcodeIsVector6AtTheInstruction() {
        assertEquals(0x86, exit(new Guest().program(CodeBuilder::ud2)));
    }

    @Test
    void nullSelectorLoadIntoStackSegmentIsGeneralProtectionWithErrorCodeZero() {
        assertEquals(0, exit(new Guest().program(c -> {
            c.xor(Reg32.EAX, Reg32.EAX);
            c.mov(Reg32.ECX, 0x7777);
            c.db(0x8E, 0xD8);
            c.mov(Reg32.EAX, 0xFFF8);
            c.db(0x8E, 0xD8);
        }).handler(13, c -> {
            c.pop(Reg64.RAX);
            c.and(Reg32.EAX, 7);
            Guest.exitWithEax(c);
        })));
    }

    @Test
    void pageFaultTellsItsAddressInCr2() {
        assertEquals((int) (UNMAPPED >>> 36), exit(new Guest().program(c -> {
            c.mov(Reg64.RDI, UNMAPPED);
            c.mov(Mem.at(Reg64.RDI), Reg32.EAX);
        }).handler(14, c -> {
            c.mov(Reg64.RAX, ControlRegister.CR2);
            c.shr(Reg64.RAX, 36);
            Guest.exitWithEax(c);
        })));
    }

    @Test
    void pageFaultErrorCodeSaysWriteFromLevel0() {
        assertEquals(2, exit(new Guest().program(c -> {
            c.mov(Reg64.RDI, UNMAPPED);
            c.mov(Mem.at(Reg64.RDI), Reg32.EAX);
        }).handler(14, ExceptionTest::exitWithErrorCode)));
    }

    @Test
    void pageFaultErrorCodeSaysReadFromLevel3AndTheStackIsTheKernels() {
        assertEquals(4, exit(new Guest().program(c -> Guest.enterUser(c, 2)).user(c -> {
            c.mov(Reg64.RDI, UNMAPPED);
            c.mov(Reg32.EAX, Mem.at(Reg64.RDI));
        }).handler(14, ExceptionTest::exitWithErrorCode)));
    }

    @Test
    void secondPageFaultAfterAHandledOneIsAPageFaultAgain() {
        assertEquals(2, exit(new Guest().program(c -> {
            c.xor(Reg32.EBP, Reg32.EBP);
            for (int i = 0; i < 2; i++) {
                c.mov(Reg64.RDI, UNMAPPED);
                c.mov(Reg32.EAX, Mem.at(Reg64.RDI));
            }
            c.mov(Reg32.EAX, Reg32.EBP);
            Guest.exitWithEax(c);
        }).handler(14, c -> {
            c.inc(Reg32.EBP);
            c.mov(Reg64.RDI, Guest.DATA);
            c.add(Reg64.RSP, 8);
            c.iretq();
        })));
    }

    @Test
    void stackThatCannotTakeAFrameIsADoubleFaultOnItsOwnStack() {
        assertEquals(0x88, exit(new Guest().program(c -> {
            c.mov(Reg64.RSP, UNMAPPED);
            c.ud2();
        })));
    }

    @Test
    void machineWithoutAnyHandlerTripleFaultsAndNamesTheFirstException() {
        final CodeBuilder code = new CodeBuilder();
        code.nop();
        code.ud2();
        final GuestImage image = GuestImage.parse("bare",
                new TinyElf().put(Guest.CODE, code.bytes()).entry(Guest.CODE).bytes());
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            final RunResult result = machine.run(Budget.steps(1000));
            final RunResult.TripleFault fault = assertInstanceOf(RunResult.TripleFault.class, result);
            assertEquals("#UD", fault.first().name());
            assertEquals(Guest.CODE + 1, fault.rip());
            assertEquals(1, machine.instructions());
            assertEquals(result, machine.run(Budget.steps(1000)), "an ended machine stays ended");
        }
    }

    @Test
    void nullSelectorForTheTaskRegisterIsGeneralProtection() {
        assertEquals(0x8D, exit(new Guest().program(c -> {
            c.xor(Reg32.EAX, Reg32.EAX);
            c.db(0x0F, 0x00, 0xD8);
        })));
    }

    @Test
    void portAccessAboveIoplIsGeneralProtection() {
        assertEquals(0x8D, exit(new Guest().program(c -> Guest.enterUser(c, 2)).user(c -> Guest.send(c, 'x'))));
    }

    @Test
    void portAccessAtIoplReachesTheDevice() {
        final Guest guest = new Guest().program(c -> Guest.enterUser(c, 0x3002)).user(c -> {
            Guest.send(c, 'x');
            c.ud2();
        });
        assertEquals(0x86, exit(guest));
        assertEquals("x", guest.text());
    }

    @Test
    void syscallWithoutItsEnableBitIsUndefined() {
        assertEquals(0x86, exit(new Guest().program(c -> {
            Guest.writeMsr(c, STAR, (long) Guest.STAR_HIGH << 32);
            Guest.writeMsr(c, LSTAR, Guest.DATA + 0x800);
            c.mov(Reg64.RDI, Guest.DATA + 0x800);
            c.mov(Width.DWORD, Mem.at(Reg64.RDI), 0xF4E6_00B0);
            c.syscall();
        })), "LSTAR leads to an exit with code 0");
    }

    @Test
    void sysenterWhichCpuidHidesIsUndefinedAtTheInstruction() {
        assertEquals(0, exit(new Guest().program(c -> {
            final Label here = c.newLabel();
            c.lea(Reg64.RBP, Mem.rip(here));
            c.nop();
            c.bind(here);
            c.db(0x0F, 0x34);
        }).handler(6, c -> {
            c.pop(Reg64.RAX);
            c.sub(Reg64.RAX, Reg64.RBP);
            Guest.exitWithEax(c);
        })));
    }

    private static Guest systemCall(final java.util.function.Consumer<CodeBuilder> kernel) {
        return new Guest().program(c -> {
            Guest.writeMsr(c, EFER, 0x501);
            Guest.writeMsr(c, STAR, (long) Guest.STAR_HIGH << 32);
            Guest.writeMsr(c, LSTAR, Guest.DATA + 0x800);
            Guest.writeMsr(c, FMASK, 0x4_0700);
            c.mov(Reg64.RDI, Guest.DATA + 0x800);
            final CodeBuilder entry = new CodeBuilder();
            kernel.accept(entry);
            final byte[] bytes = entry.bytes();
            for (int i = 0; i < bytes.length; i++) {
                c.mov(Width.BYTE, Mem.at(Reg64.RDI, i), bytes[i]);
            }
            Guest.enterUser(c, 0x3402);
        });
    }

    @Test
    void syscallSavesReturnAddressAndFlagsAndMasksFlags() {
        final int prefixBytes = 1;
        for (int prefix = 0; prefix <= prefixBytes; prefix++) {
            final boolean prefixed = prefix == 1;
            final int expected = (int) Guest.USER + 2 + prefix;
            assertEquals(expected, exit(systemCall(c -> {
                c.mov(Reg32.EAX, Reg32.ECX);
                Guest.exitWithEax(c);
            }).user(c -> {
                if (prefixed) {
                    c.db(0x48);
                }
                c.syscall();
            })), "RCX is the address behind SYSCALL, whatever its length");
        }
        assertEquals(0x3402, exit(systemCall(c -> {
            c.mov(Reg32.EAX, Reg32.R11D);
            Guest.exitWithEax(c);
        }).user(CodeBuilder::syscall)), "R11 is RFLAGS");
        assertEquals(0x3002, exit(systemCall(c -> {
            c.pushfq();
            c.pop(Reg64.RAX);
            Guest.exitWithEax(c);
        }).user(c -> {
            c.mov(Reg64.RSP, Guest.DATA);
            c.syscall();
        })), "RFLAGS is masked by FMASK: DF is gone");
    }

    @Test
    void syscallGoesToLevel0WithTheStackSegmentBehindTheCodeSegment() {
        assertEquals(Guest.KERNEL_DATA, exit(systemCall(c -> {
            c.mov(Reg64.RBX, ControlRegister.CR0);
            c.db(0x8C, 0xD0);
            Guest.exitWithEax(c);
        }).user(c -> {
            c.xor(Reg32.EAX, Reg32.EAX);
            c.syscall();
        })), "MOV from CR0 is for level 0, and SS is CS + 8");
    }

    @Test
    void sysretGoesBackToLevel3AndTheFlagsOfR11() {
        assertEquals(0x8D, exit(systemCall(CodeBuilder::sysretq).user(c -> {
            c.syscall();
            c.hlt();
        })), "HLT at level 3 is a general protection fault");
    }

    @Test
    void privilegedInstructionAtLevel3IsGeneralProtection() {
        assertEquals(0x8D, exit(new Guest().program(c -> Guest.enterUser(c, 2)).user(CodeBuilder::cli)));
    }

    @Test
    void breakpointIsATrapWithTheNextAddress() {
        assertEquals((int) Guest.USER + 1, exit(new Guest().program(c -> Guest.enterUser(c, 2)).user(CodeBuilder::int3)
                .handler(3, c -> {
                    c.pop(Reg64.RAX);
                    Guest.exitWithEax(c);
                })));
    }
}
