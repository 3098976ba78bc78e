package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** The library's own routines that stubs call, by their places in {@link Shared}. */
final class LibraryRoutines {
    private LibraryRoutines() {
    }

    static void share(final Unicorn library, final MemorySegment shared) {
        share(library, shared, Shared.DO_INTERRUPT, "x86_cpu_do_interrupt_x86_64");
        share(library, shared, Shared.DO_HARDWARE_INTERRUPT, "do_interrupt_x86_hardirq_x86_64");
        share(library, shared, Shared.LOOP_EXIT, "cpu_loop_exit_noexc_x86_64");
        share(library, shared, Shared.READ_EFLAGS, "helper_read_eflags_x86_64");
        share(library, shared, Shared.WRITE_EFLAGS, "helper_write_eflags_x86_64");
        share(library, shared, Shared.RAISE_EXCEPTION, "raise_exception_err_ra_x86_64");
        share(library, shared, Shared.CHECK_PORT_1, "helper_check_iob_x86_64");
        share(library, shared, Shared.CHECK_PORT_2, "helper_check_iow_x86_64");
        share(library, shared, Shared.CHECK_PORT_4, "helper_check_iol_x86_64");
    }

    private static void share(final Unicorn library, final MemorySegment shared, final int offset, final String name) {
        shared.set(JAVA_LONG, offset, library.symbol(name).address());
    }
}
