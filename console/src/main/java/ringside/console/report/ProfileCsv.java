package ringside.console.report;

import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.Share;

/** A profile's routines as comma-separated values (RFC 4180), the dearest first. */
final class ProfileCsv {
    private ProfileCsv() {
    }

    static String of(final CodeProfile profile) {
        final StringBuilder text = new StringBuilder("routine,instructions,cycles\n");
        for (final Share share : profile.routines()) {
            text.append(quoted(share.name())).append(',').append(share.instructions()).append(',')
                .append(share.cycles()).append('\n');
        }
        return text.toString();
    }

    private static String quoted(final String name) {
        return name.matches("[^\",\\n\\r]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
