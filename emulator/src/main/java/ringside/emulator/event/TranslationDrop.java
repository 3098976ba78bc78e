package ringside.emulator.event;

/** Which translations a CPU is to forget: those that it may have kept until then (Intel SDM volume 3, 4.10.4). */
public enum TranslationDrop {
    /** Of one address, global or not: INVLPG. The value is the address. */
    PAGE,
    /** All of a process-context identifier but the global ones: CR3 was written. The value is CR3. */
    SPACE,
    /** None: CR3 was written with bit 63, so that translations stay. The value is CR3 without that bit. */
    NONE,
    /** All, global ones as well: CR0, CR4 or INIT. The value is 0. */
    ALL
}
