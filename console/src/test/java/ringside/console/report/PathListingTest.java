package ringside.console.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ringside.fastpath.experiment.Measurement;
import ringside.fastpath.experiment.PathKey;
import ringside.profiler.profile.PathStep;
import ringside.profiler.profile.Trial;
import ringside.profiler.profile.WindowProfile;
import ringside.toolchain.image.SourceLine;

class PathListingTest {
    private static final PathKey PATH = PathKey.parse("slow/same/0/call");

    /** Two routines: the client's at 0x400000, the kernel's entry at 0x1000. */
    private static final class TwoRoutines implements CodeView {
        @Override
        public String routine(final long address) {
            return address < 0x2000 ? "syscall_entry" : "ping_client";
        }

        @Override
        public long offset(final long address) {
            return address & 0xfff;
        }

        @Override
        public String instruction(final long address) {
            return address < 0x2000 ? "mov qword ptr [rdi + 0x18], rax" : "syscall";
        }

        @Override
        public Optional<SourceLine> source(final long address) {
            return address == 0x1003 ? Optional.empty() : Optional.of(new SourceLine("ipc/fast_call.asm", 12));
        }
    }

    @Test
    void instructionsStandInOrderUnderTheirRoutineWithPhaseAndSource() {
        final WindowProfile window = new WindowProfile(new Trial(1, 0, 0), "call", 48, 16, new TreeMap<>(),
                SampleReport.report().get(PATH).counts(), List.of(
                        new PathStep(0x400010, 3, "", 1), new PathStep(0x1000, 0, "entry", 1),
                        new PathStep(0x1003, 0, "entry", 1), new PathStep(0x1007, 0, "reply_link", 1),
                        new PathStep(0x1000, 0, "reply_link", 1)));
        assertEquals("""
                Every instruction of slow/same/0/call, in the order executed

                ping_client (user)
                              +0x10  syscall                            fast_call.asm:12

                syscall_entry
                  entry        +0x0  mov qword [rdi + 0x18], rax        fast_call.asm:12
                               +0x3  mov qword [rdi + 0x18], rax
                  reply-link   +0x7  mov qword [rdi + 0x18], rax        fast_call.asm:12
                               +0x0  mov qword [rdi + 0x18], rax        fast_call.asm:12
                """, PathListing.of(new Measurement(PATH, window), new TwoRoutines()));
    }
}
