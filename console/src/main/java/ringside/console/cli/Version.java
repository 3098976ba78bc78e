package ringside.console.cli;

import picocli.CommandLine.IVersionProvider;

/** Which Ringside this is, as the build recorded it in the module. */
final class Version implements IVersionProvider {
    /** {@return the module's version, e.g. {@code 0.1.0}} */
    static String current() {
        return Version.class.getModule().getDescriptor().rawVersion().orElse("unversioned");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"ringside " + current()};
    }
}
