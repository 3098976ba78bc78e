package ringside.console.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A directory for a revision, for as long as this process lives at most.
 *
 * <p>Beside it is a file of the same name and {@code .lock}, which is locked before the directory is made and removed
 * behind it. The host gives up a killed process's locks, so a lock that can be had is of nobody, and its directory
 * goes: who makes one looks for such. A lock is nobody's between being made and being locked; who loses it then has no
 * directory yet, and makes another.
 */
final class RevisionFolder implements AutoCloseable {
    private static final String NAME = "ringside-revision-";
    private static final String LOCK = ".lock";
    /** This process's own: to open and close one of them would give up its lock. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final Path folder;
    /** A process that is told to end leaves nothing; what one leaves that is killed, the next one removes. */
    private final Thread cleaner = new Thread(this::release);

    private RevisionFolder(final Path file, final FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        folder = Files.createDirectory(folder(file), PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString("rwx------")));
        Runtime.getRuntime().addShutdownHook(cleaner);
    }

    /**
     * {@return a new one}
     *
     * @param place the directory for it, and for those of other processes
     */
    static synchronized RevisionFolder in(final Path place) throws IOException {
        final Path real = place.toRealPath();
        while (true) {
            final Path file = Files.createTempFile(real, NAME, LOCK);
            final Optional<FileChannel> channel = locked(file);
            if (channel.isPresent()) {
                OWN.add(file);
                sweep(real, Files.getOwner(file));
                return new RevisionFolder(file, channel.get());
            }
        }
    }

    /** {@return the new file, locked; empty where another process found it before and took it for one that was left} */
    private static Optional<FileChannel> locked(final Path file) throws IOException {
        final FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (final NoSuchFileException gone) {
            return Optional.empty();
        }
        if (channel.tryLock() != null && Files.exists(file)) {
            return Optional.of(channel);
        }
        channel.close();
        return Optional.empty();
    }

    private static Path folder(final Path file) {
        final String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    /** Removes what is this user's and of no process. */
    private static void sweep(final Path place, final UserPrincipal user) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(place, NAME + "*" + LOCK)) {
            for (final Path lock : locks) {
                if (!OWN.contains(lock) && isOf(lock, user) && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
                    removeUnlessLocked(lock, user);
                }
            }
        }
    }

    private static boolean isOf(final Path path, final UserPrincipal user) {
        try {
            return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(user);
        } catch (final IOException gone) {
            return false;
        }
    }

    private static void removeUnlessLocked(final Path file, final UserPrincipal user) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            final Path left = folder(file);
            if (lock != null && (Files.notExists(left, LinkOption.NOFOLLOW_LINKS) || isOf(left, user))) {
                remove(left);
                Files.delete(file);
            }
        } catch (IOException | OverlappingFileLockException _) {
            // What somebody still writes there stays, for the next one to remove.
        }
    }

    private static void remove(final Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            final List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            } catch (final UncheckedIOException changing) {
                throw changing.getCause();
            }
            for (final Path path : all) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** {@return where it is, without links} */
    Path path() {
        return folder;
    }

    private void release() {
        try (channel) {
            remove(folder);
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // What a build still writes there stays, for the next one to remove.
        }
        OWN.remove(file);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(cleaner);
        release();
    }
}
