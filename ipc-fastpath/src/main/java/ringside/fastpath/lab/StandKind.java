package ringside.fastpath.lab;

import java.util.Locale;

/** What a workload runs on. */
public enum StandKind {
    /** Nothing but the stand's own few routines, at level 0. */
    BARE,
    /** Bantam; the workload is user programs. */
    BANTAM;

    /** {@return its name in declarations} */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
