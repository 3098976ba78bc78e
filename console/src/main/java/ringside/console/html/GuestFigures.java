package ringside.console.html;

import java.util.List;
import java.util.Objects;
import ringside.profiler.export.ProfiledGuest;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.SwitchGroup;

/**
 * A whole run of a guest.
 *
 * @param name     of the guest
 * @param profile  of all of it, with its calls
 * @param guest    what ran
 * @param switches its context switches
 */
public record GuestFigures(String name, CodeProfile profile, ProfiledGuest guest, List<SwitchGroup> switches) {
    /** Copies the list. */
    public GuestFigures {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(guest, "guest");
        switches = List.copyOf(switches);
    }
}
