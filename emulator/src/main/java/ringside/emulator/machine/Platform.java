package ringside.emulator.machine;

import java.util.ArrayList;
import java.util.List;
import ringside.emulator.bus.AddressBus;
import ringside.emulator.bus.DirectMemory;
import ringside.emulator.bus.InterruptLine;
import ringside.emulator.bus.pci.PciWindow;
import ringside.emulator.bus.pci.PciWindows;
import ringside.emulator.device.apic.ApicBus;
import ringside.emulator.device.apic.LocalApic;
import ringside.emulator.device.debugconsole.DebugConsole;
import ringside.emulator.device.debugexit.DebugExit;
import ringside.emulator.device.ioapic.IoApic;
import ringside.emulator.device.pci.PciHost;
import ringside.emulator.device.pic.DualPic;
import ringside.emulator.device.pit.Pit8254;
import ringside.emulator.device.power.PowerManagement;
import ringside.emulator.device.reset.KeyboardController;
import ringside.emulator.device.reset.ResetControl;
import ringside.emulator.device.reset.SystemControlA;
import ringside.emulator.device.rtc.Rtc;
import ringside.emulator.device.testdev.TestDevice;
import ringside.emulator.device.uart.Uart16550;
import ringside.emulator.device.vga.CursorRegisters;
import ringside.emulator.device.virtio.BlockBackend;
import ringside.emulator.device.virtio.VirtioBlock;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;
import ringside.toolchain.platform.PcLayout;

/**
 * The board that the CPUs sit on: buses, devices, interrupt controllers, and the wires between them.
 *
 * <pre>
 *   ISA lines ─┬─► 8259 pair ──► pin 0 of the local APICs
 *              └─► I/O APIC ───► messages on the APIC bus ──► local APICs
 *   16550, PIT, RTC, keyboard controller, ACPI: each on its line and the platform's time
 * </pre>
 */
final class Platform implements Stateful {
    private static final long CYCLES_PER_SECOND = PcLayout.CYCLES_PER_SECOND;

    private final MachineConfig config;
    private final Scheduler scheduler;
    private final AddressBus ports = new AddressBus();
    private final AddressBus memory = new AddressBus();
    private final PlatformTime time;
    private final ApicBus messages = new ApicBus();
    private final IoApic ioApic = new IoApic(PcLayout.IOAPIC_ID, messages);
    private final DualPic pic;
    private final Wires wires;
    private Pit8254 pit;
    private final Uart16550 com1;
    private final Uart16550 com2;
    private final SerialFeed first;
    private final SerialFeed second;
    private final List<Stateful> devices = new ArrayList<>();

    Platform(final MachineConfig config, final Scheduler scheduler, final DirectMemory ram,
            final List<BlockBackend> disks, final long cycle) {
        this.config = config;
        this.scheduler = scheduler;
        time = new PlatformTime(() -> scheduler.current() == null ? 0 : scheduler.current().cycles(),
                scheduler::timesChanged);
        time.advanceTo(cycle);
        pic = new DualPic(scheduler::externalInterrupt);
        wires = new Wires(pic, ioApic);
        messages.onEnd(ioApic::end);
        com1 = keep(new Uart16550(this::send, line(PcLayout.COM1_IRQ), clock(PcLayout.COM1_IRQ), CYCLES_PER_SECOND));
        com2 = new Uart16550(config.serial2(), line(PcLayout.COM2_IRQ), clock(PcLayout.COM2_IRQ), CYCLES_PER_SECOND);
        first = new SerialFeed(com1, config.input(), false);
        second = new SerialFeed(com2, config.input2(), true);
        mapInterruptControllers();
        mapDevices();
        mapPci(ram, disks);
        if (config.testDevices()) {
            mapTestDevices();
        } else {
            ports.map(PcLayout.DEBUG_CONSOLE_PORT, 1, new DebugConsole(config.debug()::send));
        }
    }

    private <T extends Stateful> T keep(final T device) {
        devices.add(device);
        return device;
    }

    /** {@return a new wire to an interrupt line, 0 to 23} */
    private InterruptLine line(final int line) {
        return wires.line(line);
    }

    private CycleClock clock(final int line) {
        return time.clock(line);
    }

    private void mapInterruptControllers() {
        ports.map(PcLayout.PIC1_COMMAND_PORT, PcLayout.PIC_PORT_COUNT, pic.firstPorts());
        ports.map(PcLayout.PIC2_COMMAND_PORT, PcLayout.PIC_PORT_COUNT, pic.secondPorts());
        ports.map(PcLayout.PIC_LEVEL_PORT, PcLayout.PIC_PORT_COUNT, pic.levelPorts());
        memory.map(PcLayout.IOAPIC_BASE, PcLayout.IOAPIC_SIZE, ioApic);
    }

    private void mapDevices() {
        pit = keep(new Pit8254(line(PcLayout.PIT_IRQ), clock(PcLayout.PIT_IRQ), CYCLES_PER_SECOND));
        ports.map(PcLayout.PIT_PORT, PcLayout.PIT_PORT_COUNT, pit);
        ports.map(PcLayout.SYSTEM_CONTROL_B_PORT, 1, pit.systemControl());
        ports.map(PcLayout.COM1_PORT, PcLayout.COM1_PORT_COUNT, com1);
        ports.map(PcLayout.COM2_PORT, PcLayout.COM2_PORT_COUNT, keep(com2));
        ports.map(PcLayout.DEBUG_EXIT_PORT, PcLayout.DEBUG_EXIT_PORT_COUNT,
                new DebugExit(code -> scheduler.end(new RunResult.Exited(code))));
        final Rtc rtc = keep(new Rtc(line(PcLayout.RTC_IRQ), clock(PcLayout.RTC_IRQ), CYCLES_PER_SECOND,
                Rtc.YEAR_2000));
        rtc.presetMemory(config.memory());
        ports.map(PcLayout.RTC_PORT, PcLayout.RTC_PORT_COUNT, rtc);
        final KeyboardController keyboard = keep(new KeyboardController(
                () -> reset("the keyboard controller"), line(PcLayout.KEYBOARD_IRQ)));
        ports.map(PcLayout.KEYBOARD_DATA_PORT, 1, keyboard.data());
        ports.map(PcLayout.KEYBOARD_COMMAND_PORT, 1, keyboard.command());
        ports.map(PcLayout.SYSTEM_CONTROL_A_PORT, 1,
                keep(new SystemControlA(() -> reset("system control port A"))));
        ports.map(PcLayout.CRT_CONTROLLER_PORT, PcLayout.CRT_CONTROLLER_PORT_COUNT, keep(new CursorRegisters()));
        ports.map(PcLayout.ACPI_EVENT_PORT, PcLayout.ACPI_PORT_COUNT,
                keep(new PowerManagement(line(PcLayout.ACPI_IRQ), clock(PcLayout.ACPI_IRQ), CYCLES_PER_SECOND,
                        () -> scheduler.end(new RunResult.PoweredOff()))));
    }

    private void mapPci(final DirectMemory ram, final List<BlockBackend> disks) {
        final ResetControl resetControl = keep(new ResetControl(() -> reset("the reset control register")));
        final PciHost pci = new PciHost(new Windows(), resetControl, PcLayout.PCI_FIRST_IRQ, this::line);
        ports.map(PcLayout.PCI_CONFIG_PORT, PcLayout.PCI_CONFIG_PORT_COUNT, pci);
        for (int i = 0; i < disks.size(); i++) {
            final int device = PcLayout.PCI_FIRST_DISK + i;
            final VirtioBlock disk = keep(new VirtioBlock(disks.get(i), ram, clock(pci.line(device)), "disk" + i));
            pci.add(device, disk.function(), PcLayout.PCI_PORTS + (long) i * PcLayout.PCI_DEVICE_PORT_COUNT,
                    PcLayout.PCI_MEMORY + (long) i * PcLayout.PCI_DEVICE_MEMORY_SIZE);
        }
        keep(pci);
    }

    /** The address spaces that PCI functions open their windows in; RAM and what is there already come first. */
    private final class Windows implements PciWindows {
        @Override
        public boolean open(final PciWindow window) {
            return space(window).offer(window.base(), window.size(), window.device());
        }

        @Override
        public void close(final PciWindow window) {
            space(window).remove(window.base());
        }

        private AddressBus space(final PciWindow window) {
            return window.ports() ? ports : memory;
        }
    }

    private void mapTestDevices() {
        final List<InterruptLine> lines = new ArrayList<>();
        for (int i = 0; i < PcLayout.TEST_LINES_PORT_COUNT; i++) {
            lines.add(line(i));
        }
        final TestDevice device = keep(new TestDevice(lines));
        ports.map(PcLayout.TEST_REGISTER_PORT, PcLayout.TEST_REGISTER_PORT_COUNT, device.register());
        ports.map(PcLayout.TEST_BYTES_PORT, PcLayout.TEST_REGISTER_PORT_COUNT, device.register());
        ports.map(PcLayout.TEST_LINES_PORT, PcLayout.TEST_LINES_PORT_COUNT, device.switches());
        memory.map(PcLayout.TEST_MEMORY_BASE, PcLayout.TEST_MEMORY_SIZE, device.memory());
    }

    AddressBus ports() {
        return ports;
    }

    AddressBus memory() {
        return memory;
    }

    /** {@return the controllers, as a CPU with this APIC has them} */
    InterruptState interrupts(final LocalApic local) {
        return new InterruptState(local.state(), ioApic.pins(), pic.states(), pit.state());
    }

    ApicBus messages() {
        return messages;
    }

    long now() {
        return time.now();
    }

    void advanceTo(final long cycle) {
        time.advanceTo(cycle);
    }

    /** {@return the earliest deadline of a device} */
    long next() {
        return time.next();
    }

    /** {@return when a CPU that runs must come here: a device's deadline, or the next look for input} */
    long nextStop() {
        return Math.min(time.next(), Math.min(first.nextPoll(), second.nextPoll()));
    }

    /**
     * {@return the earliest deadline that can end a wait, or {@link CycleClock#NEVER}}
     *
     * @param interruptible whether some CPU that waits takes interrupts
     */
    long nextWake(final boolean interruptible) {
        return interruptible ? time.next(this::isHeard) : CycleClock.NEVER;
    }

    private boolean isHeard(final int line) {
        return wires.isHeard(line, scheduler.hearsExternal());
    }

    void fireDue() {
        time.fireDue();
        pollDue(first);
        pollDue(second);
    }

    /** {@return the vector that the 8259s give to the CPU that asks} */
    int acknowledge() {
        return pic.acknowledge();
    }

    private void reset(final String cause) {
        scheduler.end(new RunResult.Reset(cause));
    }

    private void send(final int octet) {
        config.serial().send(octet);
        if (scheduler.current() != null) {
            scheduler.current().tellConsoleByte(octet);
        }
    }

    // Looking for input is no event of the guest's: it leaves the time as it is, or a source that has ended, and is not
    // asked any more, would make another run than one that still might have something.
    private void pollDue(final SerialFeed feed) {
        final long cycle = time.look();
        if (feed.nextPoll() <= cycle) {
            feed.poll(cycle);
        }
    }

    /** Goes on with the input where the board before a reset stopped, since its source knows of no reset. */
    void continueInput(final Platform before) {
        first.continueFrom(before.first);
        second.continueFrom(before.second);
    }

    /**
     * Asks for input because nothing else is going to happen: for COM1 first.
     *
     * @param interruptible whether some CPU that waits takes interrupts
     * @param latest        the latest of the CPUs' clocks: the wait began no earlier, and no look was later
     * @return whether something came
     */
    boolean pollIdle(final boolean interruptible, final long latest) {
        final long cycle = Math.max(time.look(), latest);
        final boolean came = interruptible && (pollIdle(first, PcLayout.COM1_IRQ, cycle)
                || pollIdle(second, PcLayout.COM2_IRQ, cycle));
        if (came) {
            time.advanceTo(cycle);
        }
        return came;
    }

    /**
     * {@return the serial port, 1 or 2, whose input would wake somebody; 0 if there is none}
     *
     * @param interruptible whether some CPU that waits takes interrupts
     */
    int awaitedPort(final boolean interruptible) {
        if (interruptible && first.isAwaited() && isHeard(PcLayout.COM1_IRQ)) {
            return 1;
        }
        return interruptible && second.isAwaited() && isHeard(PcLayout.COM2_IRQ) ? 2 : 0;
    }

    private boolean pollIdle(final SerialFeed feed, final int line, final long cycle) {
        return feed.mayWake() && isHeard(line) && feed.pollIdle(cycle);
    }

    @Override
    public void save(final StateWriter out) {
        out.section("platform").i64(now());
        pic.save(out);
        ioApic.save(out);
        wires.save(out);
        for (final Stateful device : devices) {
            device.save(out);
        }
    }

    @Override
    public void load(final StateReader in) {
        in.section("platform");
        time.load(in.i64(0, StateReader.MOST_COUNT));
        pic.load(in);
        ioApic.load(in);
        wires.load(in);
        for (final Stateful device : devices) {
            device.load(in);
        }
    }

    /** {@return how far the input was taken, which the guest cannot tell} */
    Stateful input() {
        return new Stateful() {
            @Override
            public void save(final StateWriter out) {
                out.section("input");
                first.save(out);
                second.save(out);
            }

            @Override
            public void load(final StateReader in) {
                in.section("input");
                first.load(in);
                second.load(in);
            }
        };
    }
}
