package ringside.emulator.bus.pci;

/**
 * Who a PCI function is (PCI Local Bus Specification 3.0, 6.2.1).
 *
 * @param vendor          16 bits
 * @param device          16 bits
 * @param classCode       base class, subclass and programming interface, 24 bits
 * @param revision        8 bits
 * @param subsystemVendor 16 bits
 * @param subsystem       16 bits
 */
public record PciIdentity(
        int vendor, int device, int classCode, int revision, int subsystemVendor, int subsystem) {
}
