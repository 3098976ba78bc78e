package ringside.console.ninep;

import java.util.ArrayList;
import java.util.List;
import ringside.kernel.abi.NinePAbi;

/** A file or directory of the model. */
final class Node {
    private static final int STAT_FIXED = 41 + 4 * 2;

    String name;
    String uid;
    String gid;
    String muid;
    long mode;
    long version;
    long path;
    long atime;
    long mtime;
    byte[] content = new byte[0];
    final List<Node> children = new ArrayList<>();
    /** The root is its own; a file that was removed has none. */
    Node parent;
    int fids;
    int opens;

    boolean isDirectory() {
        return (mode & NinePAbi.DMDIR) != 0;
    }

    Node child(final String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst().orElse(null);
    }

    int blocks() {
        return (content.length + NinePAbi.BLOCK - 1) / NinePAbi.BLOCK;
    }

    boolean allows(final String user, final int wanted) {
        long has = mode;
        has |= user.equals(gid) ? mode >> 3 : 0;
        has |= user.equals(uid) ? mode >> 6 : 0;
        return (wanted & ~has) == 0;
    }

    void touch(final String user, final long now) {
        mtime = now;
        atime = now;
        version = version + 1 & 0xffff_ffffL;
        muid = user;
    }

    Wire qid(final Wire out) {
        return out.u8((int) (mode >> 24)).u32(version).u64(path);
    }

    int statBytes() {
        return STAT_FIXED + name.length() + uid.length() + gid.length() + muid.length();
    }

    Wire stat(final Wire out) {
        out.u16(statBytes() - 2).u16(0).u32(0);
        return qid(out).u32(mode).u32(atime).u32(mtime).u64(content.length)
            .text(name).text(uid).text(gid).text(muid);
    }
}
