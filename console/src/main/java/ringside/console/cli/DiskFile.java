package ringside.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ringside.emulator.device.virtio.DiskImage;

/** Reads {@code FILE[:MODE]}: a disk image and what becomes of writing; without a mode it goes to the file. */
final class DiskFile implements ITypeConverter<DiskImage> {
    @Override
    public DiskImage convert(final String text) {
        // A file that is there under the whole name needs no mode.
        final int colon = Files.exists(Path.of(text)) ? -1 : text.lastIndexOf(':');
        if (colon < 0) {
            return new DiskImage(Path.of(text), DiskImage.Mode.WRITE_THROUGH);
        }
        return new DiskImage(Path.of(text.substring(0, colon)), switch (text.substring(colon + 1)) {
            case "overlay" -> DiskImage.Mode.OVERLAY;
            case "read-only" -> DiskImage.Mode.READ_ONLY;
            default -> throw new TypeConversionException(
                "'" + text.substring(colon + 1) + "' is none of overlay, read-only");
        });
    }
}
