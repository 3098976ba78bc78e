package ringside.console.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import ringside.console.gate.GateFile;
import ringside.console.gate.GatedImage;
import ringside.console.gate.GatedMachine;
import ringside.console.gate.GatedScript;
import ringside.console.verify.RefusedFileException;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.KernelSources;

/** What a gate file has measured, in words and hashes. */
final class Subjects {
    private static final int MEBIBYTE = 20;

    private Subjects() {
    }

    static List<Subject> of(final GateFile gate) {
        final List<Subject> subjects = new ArrayList<>();
        if (gate.calls().isPresent()) {
            final String parameters = "memory=" + (MachineConfig.standard().memory() >> MEBIBYTE) + "M cpus=1";
            try (BantamImages images = BantamImages.open(
                    gate.kernel().map(KernelSources::directory).orElseGet(KernelSources::bundled))) {
                for (final Variant variant : Variant.values()) {
                    subjects.add(new Subject("image", "calls/" + variant, images.build(variant).sha256(), parameters));
                }
            }
        }
        for (final String experiment : gate.experiments()) {
            subjects.add(new Subject("experiment", experiment.endsWith(".toml")
                ? gate.directory().relativize(Path.of(experiment)).toString() : experiment,
                experiment.endsWith(".toml") ? sha256(Path.of(experiment)) : "", ""));
        }
        for (final GatedImage image : gate.images()) {
            final GatedMachine machine = image.machine();
            subjects.add(new Subject("image", image.name(), sha256(image.file()), machine.words()));
            for (final GatedMachine.Module module : machine.modules()) {
                subjects.add(new Subject("module", image.name() + "/" + module.file().getFileName(),
                    sha256(module.file()), module.string()));
            }
            for (final DiskImage disk : machine.disks()) {
                subjects.add(new Subject("disk", image.name() + "/" + disk.path().getFileName(), sha256(disk.path()),
                    disk.mode() == DiskImage.Mode.OVERLAY ? "overlay" : "read-only"));
            }
        }
        for (final GatedScript script : gate.scripts()) {
            subjects.add(new Subject("script", gate.directory().relativize(script.file().toAbsolutePath()).toString(),
                sha256(script.file()), ""));
        }
        return subjects;
    }

    private static String sha256(final Path file) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file),
                MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (final IOException failure) {
            throw new RefusedFileException(file.toString(), "file", "cannot be read: " + failure);
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
