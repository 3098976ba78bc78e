package ringside.emulator.bus.pci;

/** The address spaces of a machine, in which functions open and close windows as the guest programs them. */
public interface PciWindows {
    /**
     * Opens a window.
     *
     * @param window where and who
     * @return whether it is open; it is not where somebody else answers already
     */
    boolean open(PciWindow window);

    /**
     * Closes a window that was opened.
     *
     * @param window the same
     */
    void close(PciWindow window);
}
