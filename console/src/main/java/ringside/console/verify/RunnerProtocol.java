package ringside.console.verify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run in another process is told, and what it says: a byte that names the request, and its answer.
 *
 * <p>The other process is another Java of this program, so both ends agree; still each count is bounded.
 */
final class RunnerProtocol {
    /** Said first by the other process. */
    static final int MAGIC = 0x5253_5631;
    static final int START = 'S';
    static final int MARK = 'M';
    static final int BACK = 'B';
    static final int PAGES = 'P';

    private static final int MOST_PARTS = 1 << 16;
    private static final int MOST_PAGES = 1 << 20;

    private RunnerProtocol() {
    }

    static void write(final DataOutputStream out, final Stand stand) throws IOException {
        out.writeLong(stand.steps());
        out.writeLong(stand.cycles());
        out.writeUTF(stand.result());
        out.writeLong(stand.serialBytes());
        out.writeUTF(stand.serial());
        out.writeUTF(stand.hash());
        out.writeInt(stand.parts().size());
        for (final Map.Entry<String, String> part : stand.parts().entrySet()) {
            out.writeUTF(part.getKey());
            out.writeUTF(part.getValue());
        }
        out.flush();
    }

    static Stand readStand(final DataInputStream in) throws IOException {
        final long steps = in.readLong();
        final long cycles = in.readLong();
        final String result = in.readUTF();
        final long serialBytes = in.readLong();
        final String serial = in.readUTF();
        final String hash = in.readUTF();
        final Map<String, String> parts = new TreeMap<>();
        for (int left = count(in, MOST_PARTS); left > 0; left--) {
            parts.put(in.readUTF(), in.readUTF());
        }
        return new Stand(steps, cycles, result, serialBytes, serial, hash, parts);
    }

    static void write(final DataOutputStream out, final Map<Integer, Long> pages) throws IOException {
        out.writeInt(pages.size());
        for (final Map.Entry<Integer, Long> page : pages.entrySet()) {
            out.writeInt(page.getKey());
            out.writeLong(page.getValue());
        }
        out.flush();
    }

    static Map<Integer, Long> readPages(final DataInputStream in) throws IOException {
        final Map<Integer, Long> pages = new TreeMap<>();
        for (int left = count(in, MOST_PAGES); left > 0; left--) {
            pages.put(in.readInt(), in.readLong());
        }
        return pages;
    }

    private static int count(final DataInputStream in, final int most) throws IOException {
        final int count = in.readInt();
        if (count < 0 || count > most) {
            throw new EOFException("a count out of bounds: count=" + count);
        }
        return count;
    }
}
