package ringside.emulator.machine;

/** What a machine does when its guest resets it: by a port, a keyboard controller, or a triple fault. */
public enum ResetPolicy {
    /** The run ends and says what the cause was. */
    END,
    /** The machine boots its image again, with its RAM cleared and its clock going on. */
    REBOOT
}
