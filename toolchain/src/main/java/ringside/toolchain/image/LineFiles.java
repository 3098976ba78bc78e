package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.List;

/** The directories and files of one unit of a line table (DWARF 4, 6.2.4; DWARF 5, 6.2.4.1). */
final class LineFiles {
    private static final int CONTENT_PATH = 1;
    private static final int CONTENT_DIRECTORY = 2;

    private final ByteReader lineStrings;
    private final ByteReader strings;
    private final List<String> directories = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private boolean fromZero;
    /** Characters that may still be made: many entries can refer to one long name. */
    private long budget;

    LineFiles(final int sectionSize, final ByteReader lineStrings, final ByteReader strings) {
        this.lineStrings = lineStrings;
        this.strings = strings;
        budget = (1 << 20) + 16L * sectionSize;
    }

    void read(final ByteReader header, final int version) {
        directories.clear();
        paths.clear();
        fromZero = version >= 5;
        if (fromZero) {
            readTable(header, true);
            readTable(header, false);
            return;
        }
        directories.add("");
        for (String directory = header.text(); !directory.isEmpty(); directory = header.text()) {
            directories.add(directory);
        }
        for (String name = header.text(); !name.isEmpty(); name = header.text()) {
            addFile(header, name);
        }
    }

    /** DW_LNE_define_file. */
    void add(final ByteReader operands) {
        addFile(operands, operands.text());
    }

    /** The line of a row, or {@code null} if there is no such file or the row has no line. */
    SourceLine source(final long file, final long line) {
        final long index = fromZero ? file : file - 1;
        if (index < 0 || index >= paths.size() || line < 1 || line > Integer.MAX_VALUE) {
            return null;
        }
        return new SourceLine(paths.get((int) index), (int) line);
    }

    private void addFile(final ByteReader in, final String name) {
        final long directory = in.unsignedLeb();
        in.unsignedLeb();
        in.unsignedLeb();
        paths.add(path(in, directory, name));
    }

    private void readTable(final ByteReader header, final boolean isDirectories) {
        final int formats = header.u8();
        final long[] content = new long[formats];
        final long[] form = new long[formats];
        for (int i = 0; i < formats; i++) {
            content[i] = header.unsignedLeb();
            form[i] = header.unsignedLeb();
        }
        final long count = header.unsignedLeb();
        if (count < 0 || count > header.remaining()) {
            throw header.corrupt("more entries than bytes: count=" + Long.toUnsignedString(count));
        }
        for (long entry = 0; entry < count; entry++) {
            String name = "";
            long directory = 0;
            for (int i = 0; i < formats; i++) {
                if (content[i] == CONTENT_PATH) {
                    name = text(header, form[i]);
                } else {
                    final long value = number(header, form[i]);
                    directory = content[i] == CONTENT_DIRECTORY ? value : directory;
                }
            }
            if (isDirectories) {
                directories.add(name);
            } else {
                paths.add(path(header, directory, name));
            }
        }
    }

    /** Relative to the directory of the compilation, which is number 0: the path as the user wrote it. */
    private String path(final ByteReader in, final long directory, final String name) {
        if (directory < 0 || directory >= Math.max(directories.size(), 1)) {
            throw in.corrupt("no such directory: number=" + Long.toUnsignedString(directory));
        }
        final String path = directory == 0 || name.startsWith("/")
                ? name : directories.get((int) directory) + "/" + name;
        return spend(in, path);
    }

    private String spend(final ByteReader in, final String text) {
        budget -= text.length() + 1;
        if (budget < 0) {
            throw in.corrupt("the names of its files are too long");
        }
        return text;
    }

    private String text(final ByteReader header, final long form) {
        if (form == 0x08) {
            return header.text();
        }
        final ByteReader pool = form == 0x1f ? lineStrings : form == 0x0e ? strings : null;
        if (pool == null) {
            throw header.corrupt("a path in an unknown form or a missing section: form=0x" + Long.toHexString(form));
        }
        return spend(header, pool.textAt(header.u32()));
    }

    private static long number(final ByteReader header, final long form) {
        switch ((int) form) {
            case 0x0b:
                return header.u8();
            case 0x05:
                return header.u16();
            case 0x06, 0x1f, 0x0e:
                return header.u32();
            case 0x07:
                return header.u64();
            case 0x0f:
                return header.unsignedLeb();
            case 0x1e:
                header.skip(16);
                return 0;
            case 0x09:
                header.skip(header.unsignedLeb());
                return 0;
            case 0x08:
                header.text();
                return 0;
            default:
                throw header.corrupt("unknown form: form=0x" + Long.toHexString(form));
        }
    }
}
