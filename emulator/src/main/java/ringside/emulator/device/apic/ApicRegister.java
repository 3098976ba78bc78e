package ringside.emulator.device.apic;

/**
 * The registers by number: the offset in the xAPIC's page divided by 16, and the x2APIC's MSR less 0x800 (Intel SDM
 * volume 3, tables 11-1 and 11-6).
 */
final class ApicRegister {
    static final int ID = 0x02;
    static final int VERSION = 0x03;
    static final int TASK_PRIORITY = 0x08;
    static final int ARBITRATION_PRIORITY = 0x09;
    static final int PROCESSOR_PRIORITY = 0x0A;
    static final int END_OF_INTERRUPT = 0x0B;
    static final int REMOTE_READ = 0x0C;
    static final int LOGICAL_DESTINATION = 0x0D;
    static final int DESTINATION_FORMAT = 0x0E;
    static final int SPURIOUS = 0x0F;
    static final int IN_SERVICE = 0x10;
    static final int TRIGGER_MODE = 0x18;
    static final int REQUEST = 0x20;
    static final int ERROR_STATUS = 0x28;
    static final int COMMAND_LOW = 0x30;
    static final int COMMAND_HIGH = 0x31;
    static final int INITIAL_COUNT = 0x38;
    static final int CURRENT_COUNT = 0x39;
    static final int DIVIDE = 0x3E;
    static final int SELF_INTERRUPT = 0x3F;

    private ApicRegister() {
    }
}
