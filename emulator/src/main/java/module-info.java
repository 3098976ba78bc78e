/** The machine: one stream of events over a native CPU engine. Knows images, never a particular kernel. */
module ringside.emulator {
    requires transitive ringside.toolchain;

    exports ringside.emulator.boot;
    exports ringside.emulator.bus.pci;
    exports ringside.emulator.bus;
    exports ringside.emulator.device.apic;
    exports ringside.emulator.device.debugconsole;
    exports ringside.emulator.device.debugexit;
    exports ringside.emulator.device.ioapic;
    exports ringside.emulator.device.pci;
    exports ringside.emulator.device.pic;
    exports ringside.emulator.device.pit;
    exports ringside.emulator.device.power;
    exports ringside.emulator.device.reset;
    exports ringside.emulator.device.rtc;
    exports ringside.emulator.device.testdev;
    exports ringside.emulator.device.uart;
    exports ringside.emulator.device.vga;
    exports ringside.emulator.device.virtio;
    exports ringside.emulator.engine;
    exports ringside.emulator.event;
    exports ringside.emulator.input;
    exports ringside.emulator.machine;
    exports ringside.emulator.memory;
    exports ringside.emulator.pages;
    exports ringside.emulator.snapshot;
    exports ringside.emulator.state;
    exports ringside.emulator.timing;
    exports ringside.emulator.travel;

    uses ringside.emulator.engine.EngineProvider;
    provides ringside.emulator.engine.EngineProvider with ringside.emulator.engine.unicorn.UnicornProvider;
}
