package ringside.console.ninep;

import ringside.console.ninep.Wire.MalformedException;
import ringside.console.ninep.Wire.Reader;
import ringside.kernel.abi.NinePAbi;

/** The model's Twstat: all that was asked for, or nothing. */
final class Attributes {
    private static final long LONG_ABSENT = 0xffff_ffffL;
    private static final int STAT_LEAST = 49;

    private final Model model;

    Attributes(final Model model) {
        this.model = model;
    }

    void change(final Reader in) {
        final long number = in.u32();
        final int bytes = in.u16();
        if (bytes != in.left() || bytes < STAT_LEAST || in.u16() != bytes - Short.BYTES) {
            throw new MalformedException();
        }
        final int type = in.u16();
        final long dev = in.u32();
        final int qidType = in.u8();
        final long qidVersion = in.u32();
        final long qidPath = in.u64();
        final long mode = in.u32();
        final long atime = in.u32();
        final long mtime = in.u32();
        final long length = in.u64();
        final String name = in.text();
        final String uid = in.text();
        final String gid = in.text();
        final String muid = in.text();
        in.end();
        final Model.Fid fid = model.live(number);
        final Node node = fid.node;
        fixed(type == 0xffff || type == 0);
        fixed(dev == LONG_ABSENT || dev == 0);
        fixed(qidType == 0xff || qidType == node.mode >> 24);
        fixed(qidVersion == LONG_ABSENT || qidVersion == node.version);
        fixed(qidPath == -1 || qidPath == node.path);
        fixed(atime == LONG_ABSENT || atime == node.atime);
        fixed(uid.isEmpty() || uid.equals(node.uid));
        fixed(muid.isEmpty() || muid.equals(node.muid));

        final boolean newMode = mode != LONG_ABSENT && mode != node.mode;
        final boolean newTime = mtime != LONG_ABSENT && mtime != node.mtime;
        final boolean newGroup = !gid.isEmpty() && !gid.equals(node.gid);
        final boolean newLength = length != -1 && length != node.content.length;
        final boolean newName = !name.isEmpty() && !name.equals(node.name);
        final boolean owner = fid.user.equals(node.uid) || fid.user.equals(node.gid);
        if (newMode) {
            Model.require(((mode ^ node.mode) & ~(NinePAbi.DMAPPEND | NinePAbi.DMEXCL | NinePAbi.DMTMP
                | NinePAbi.PERMISSIONS)) == 0, "bad mode");
            Model.require(owner, "not owner");
        }
        Model.require(!newTime || owner, "not owner");
        Model.require(!newGroup || owner && gid.equals(fid.user), "not owner");
        if (newLength) {
            Model.require(!node.isDirectory(), "is a directory");
            Model.require(node.allows(fid.user, 2), "permission denied");
        }
        if (newName) {
            Model.require(node.parent != node, "root stays");
            Model.requireName(name);
            Model.require(node.parent.allows(fid.user, 2), "permission denied");
            Model.require(node.parent.child(name) == null, "file exists");
        }
        if (newLength) {
            model.resize(node, length);
            node.touch(fid.user, model.now());
        }
        node.mode = newMode ? mode : node.mode;
        node.mtime = newTime ? mtime : node.mtime;
        node.gid = newGroup ? gid : node.gid;
        node.name = newName ? name : node.name;
        if ((newMode || newTime || newGroup || newLength || newName) && node.parent != node) {
            node.parent.touch(fid.user, model.now());
        }
    }

    private static void fixed(final boolean holds) {
        Model.require(holds, "cannot be changed");
    }
}
