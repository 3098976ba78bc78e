package ringside.console.history;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import ringside.console.verify.RefusedFileException;
import ringside.emulator.state.UnwrittenFileException;

/** What SQLite says, in our words: the file is at fault, or the host. */
final class SqliteFailure {
    /** The rest of a code is finer than we need. */
    private static final int PRIMARY = 0xff;

    private SqliteFailure() {
    }

    static RuntimeException of(final Path file, final SQLException failure) {
        final int code = failure instanceof SQLiteException of ? of.getResultCode().code & PRIMARY : 0;
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return refused(file, "this is not an SQLite database");
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return refused(file, "another program has been writing it for too long");
        }
        if (code == SQLiteErrorCode.SQLITE_TOOBIG.code) {
            return refused(file, "is damaged: a row is larger than any of a history");
        }
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return new UnwrittenFileException(file, new IOException("the disk is full"));
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
            return new UnwrittenFileException(file, new IOException("it or its directory is read-only"));
        }
        if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
            return new UnwrittenFileException(file, new IOException("it cannot be opened; is there its directory?"));
        }
        if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
            return new UnwrittenFileException(file, new IOException("the disk does not do what it should"));
        }
        return refused(file, "is damaged: " + String.valueOf(failure.getMessage()).replaceAll("\\s+", " "));
    }

    private static RefusedFileException refused(final Path file, final String reason) {
        return new RefusedFileException(file.toString(), "file", reason);
    }
}
