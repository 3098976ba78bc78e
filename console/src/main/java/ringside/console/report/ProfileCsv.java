package ringside.console.report;

import ringside.emulator.state.OwnFile;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.Share;

/** A profile's routines as comma-separated values (RFC 4180), the dearest first. */
final class ProfileCsv {
    private static final String HEAD = "routine,instructions,cycles\n";

    private ProfileCsv() {
    }

    static String of(final CodeProfile profile) {
        final StringBuilder text = new StringBuilder(HEAD);
        for (final Share share : profile.routines()) {
            text.append(quoted(share.name())).append(',').append(share.instructions()).append(',')
                .append(share.cycles()).append('\n');
        }
        return text.toString();
    }

    /** {@return whether bytes are the first ones of such a file, or all} */
    static boolean isOne(final byte[] head) {
        return OwnFile.text(head).startsWith(HEAD);
    }

    private static String quoted(final String name) {
        return name.matches("[^\",\\n\\r]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
