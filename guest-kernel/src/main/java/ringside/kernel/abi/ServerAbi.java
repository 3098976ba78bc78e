package ringside.kernel.abi;

import java.util.List;
import ringside.toolchain.layout.Constants;
import ringside.toolchain.layout.RecordLayout;

/**
 * What programs ask of the name server and of the timer server, what those answer, and their tables. Requests are calls
 * with the operation as word 0; the answer's word 0 is a result.
 */
public final class ServerAbi {
    /** Bytes of a name, in words 1 to 3. */
    public static final int NAME = 24;
    /** Names that there can be. */
    public static final int NAMES_COUNT = 16;
    /** Names of one client, known by its badge. */
    public static final int NAMES_EACH = 8;
    /** Sleepers and alarms that there can be. */
    public static final int TIMER_COUNT = 12;
    /** Sleepers and alarms of one client, known by its badge. */
    public static final int TIMER_EACH = 8;
    /** Ticks until the end of the longest sleep. */
    public static final int TIMER_MOST = 1 << 30;

    /** A name, free without characters. */
    public static final RecordLayout NAME_ENTRY = RecordLayout.named("NameEntry")
            .array("name", 1, NAME)
            .u64("badge")
            .u64("rights")
            .build();

    /** A sleeper or an alarm; those that are not free are a list in the order of their ticks. */
    public static final RecordLayout TIMER_ENTRY = RecordLayout.named("TimerEntry")
            .u64("next")
            .u64("tick")
            .u64("badge")
            .u64("mark")
            .u64("bits")
            .u32("kind")
            .u32("slot")
            .build();

    private ServerAbi() {
    }

    /** {@return the layouts of the tables} */
    public static List<RecordLayout> layouts() {
        return List.of(NAME_ENTRY, TIMER_ENTRY);
    }

    /** {@return operations, results and limits of the name server} */
    public static Constants names() {
        return Constants.group("The name server")
                .decimal("NAMES_REGISTER", 1, "gives a name to the endpoint whose handle comes with the call")
                .decimal("NAMES_LOOK_UP", 2, "a handle that may send comes with the answer, if the call takes one")
                .decimal("NAMES_REMOVE", 3, "takes a name back")
                .decimal("NAMES_DONE", 0, "result: done")
                .decimal("NAMES_OPERATION", 1, "result: there is no such operation")
                .decimal("NAMES_NAME", 2, "result: empty, not printable ASCII without blanks, or more behind a zero")
                .decimal("NAMES_HANDLE", 3, "result: no handle came, or none that may send")
                .decimal("NAMES_TAKEN", 4, "result: somebody can be reached by that name")
                .decimal("NAMES_FULL", 5, "result: there are `NAMES_COUNT` names")
                .decimal("NAMES_MANY", 6, "result: `NAMES_EACH` of them are the caller's")
                .decimal("NAMES_UNKNOWN", 7, "result: nobody can be reached by that name")
                .decimal("NAMES_OTHER", 8, "result: another client registered it")
                .decimal("NAMES_COUNT", NAMES_COUNT, "names that there can be")
                .decimal("NAMES_EACH", NAMES_EACH, "names of a client")
                .build();
    }

    /** {@return operations, results and limits of the timer server} */
    public static Constants timer() {
        return Constants.group("The timer server")
                .decimal("TIMER_SLEEP", 1, "answers in word 1 ticks")
                .decimal("TIMER_UNTIL", 2, "answers at the tick of word 1, at once if that was")
                .decimal("TIMER_ALARM", 3, "in word 1 ticks, sets the bits of word 3 of the notification that comes")
                .decimal("TIMER_CANCEL", 4, "ends all of the client's that have the mark of word 2; word 1: how many")
                .decimal("TIMER_DONE", 0, "result: done; word 1, but of a cancel: the tick")
                .decimal("TIMER_OPERATION", 1, "result: there is no such operation")
                .decimal("TIMER_FAR", 2, "result: more than `TIMER_MOST` ticks")
                .decimal("TIMER_FULL", 3, "result: there are `TIMER_COUNT` sleepers and alarms, or no memory")
                .decimal("TIMER_MANY", 4, "result: `TIMER_EACH` of them are the client's")
                .decimal("TIMER_UNKNOWN", 5, "result: nothing to cancel")
                .decimal("TIMER_CANCELLED", 6, "result: the sleep was cancelled")
                .decimal("TIMER_HANDLE", 7, "result: no handle came, or none that may signal")
                .decimal("TIMER_COUNT", TIMER_COUNT, "sleepers and alarms")
                .decimal("TIMER_EACH", TIMER_EACH, "sleepers and alarms of a client")
                .decimal("TIMER_MOST", TIMER_MOST, "ticks")
                .build();
    }

    /** {@return kinds of entries in the timer server's table} */
    public static Constants kinds() {
        return Constants.group("TimerEntry_kind")
                .decimal("TIMER_IS_FREE", 0, "")
                .decimal("TIMER_IS_CALLER", 1, "answered in time")
                .decimal("TIMER_IS_ALARM", 2, "signalled in time")
                .build();
    }
}
