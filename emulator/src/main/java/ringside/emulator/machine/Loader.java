package ringside.emulator.machine;

import ringside.emulator.boot.BootConfig;
import ringside.emulator.boot.BootEntry;
import ringside.emulator.boot.BootLoader;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.memory.GuestRam;
import ringside.toolchain.image.GuestImage;

/** Puts an image into RAM and the first CPU at its entry, in the state that the boot protocol promises. */
final class Loader {
    private Loader() {
    }

    /** Loads into RAM that is all zero. */
    static void load(final GuestRam ram, final CpuEngine cpu, final GuestImage image, final MachineConfig config) {
        final BootEntry entry = BootLoader.load(ram, image,
                new BootConfig(config.commandLine(), config.modules(), config.boot(), config.vcpus()));
        if (entry.longMode()) {
            cpu.enterLongMode(entry.address(), entry.root());
        } else {
            cpu.enterProtectedMode(entry.address());
            cpu.write(CpuRegister.RAX, entry.eax());
            cpu.write(CpuRegister.RBX, entry.ebx());
        }
        cpu.write(CpuRegister.RSP, entry.stack());
    }
}
