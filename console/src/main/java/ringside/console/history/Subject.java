package ringside.console.history;

import java.util.Objects;

/**
 * Something that a gate measured.
 *
 * @param kind       {@code image}, {@code module}, {@code disk}, {@code experiment} or {@code script}
 * @param name       as the gate's paths have it
 * @param sha256     of the image or the file, 64 digits; empty where there is no one file
 * @param parameters of the machine, {@code memory=64M cpus=1} for instance
 */
public record Subject(String kind, String name, String sha256, String parameters) {
    /** Refuses missing parts. */
    public Subject {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(parameters, "parameters");
    }
}
