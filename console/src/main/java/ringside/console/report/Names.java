package ringside.console.report;

/** How reports spell names that come from elsewhere. */
final class Names {
    private static final int SHORT_HASH = 12;

    private Names() {
    }

    /** {@return a phase as results call it: words joined by hyphens} */
    static String phase(final String probe) {
        return probe.replace('_', '-');
    }

    /** {@return the first digits of a hash, enough to tell images apart by eye} */
    static String hash(final String sha256) {
        return sha256.substring(0, Math.min(SHORT_HASH, sha256.length()));
    }
}
