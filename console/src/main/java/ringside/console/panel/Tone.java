package ringside.console.panel;

/** How a piece of text is meant; what that looks like is the terminal's matter. */
public enum Tone {
    /** As any text. */
    PLAIN,
    /** The frame, and what stands in it. */
    FRAME,
    /** Where the guest stands. */
    HERE,
    /** What is not as it was at the stop before. */
    CHANGED,
    /** What one need not read. */
    FAINT,
    /** The line at the bottom of the screen. */
    BAR
}
