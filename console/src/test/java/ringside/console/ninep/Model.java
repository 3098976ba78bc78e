package ringside.console.ninep;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import ringside.console.ninep.Wire.MalformedException;
import ringside.console.ninep.Wire.Reader;
import ringside.kernel.abi.NinePAbi;

/** What the file server must answer, written down again from Plan 9's manual: one session over one tree. */
final class Model {
    private static final int HEADER = NinePAbi.HEADER;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int BOTH = 2;
    private static final int EXECUTE = 3;
    private static final int TRUNCATE = 0x10;
    private static final int REMOVE = 0x40;
    private static final int MAY_WRITE = 2;
    private static final long KNOWN_MODE = NinePAbi.DMDIR | NinePAbi.DMAPPEND | NinePAbi.DMEXCL | NinePAbi.DMTMP
        | NinePAbi.PERMISSIONS;

    final Map<Long, Fid> fids = new LinkedHashMap<>();
    final Node root = new Node();
    int files = 1;
    int blocks;
    long msize;

    private final Map<Integer, Handler> handlers = new HashMap<>();
    private final int mostFiles;
    private final int mostBlocks;
    private final long limit;
    private final Attributes attributes = new Attributes(this);
    private long nextPath = 1;
    private long now;
    private int capacity;
    private Wire out;

    /** A fid. */
    static final class Fid {
        Node node;
        String user;
        int open = -1;
        private long offset;
        private long last;

        boolean isOpen() {
            return open >= 0;
        }
    }

    /** A request that fails. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedException(final String text) {
            super(text);
        }
    }

    private static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private interface Handler {
        void answer(Reader in);
    }

    Model(final int mostFiles, final int mostBlocks, final long limit, final long now) {
        this.mostFiles = mostFiles;
        this.mostBlocks = mostBlocks;
        this.limit = limit;
        this.now = now;
        root.parent = root;
        root.name = "/";
        root.uid = "ram";
        root.gid = "ram";
        root.muid = "ram";
        root.mode = NinePAbi.DMDIR | NinePAbi.PERMISSIONS;
        root.atime = now;
        root.mtime = now;
        handlers.put(NinePAbi.TVERSION, this::version);
        handlers.put(NinePAbi.TAUTH, this::auth);
        handlers.put(NinePAbi.TATTACH, this::attach);
        handlers.put(NinePAbi.TFLUSH, this::flush);
        handlers.put(NinePAbi.TWALK, this::walk);
        handlers.put(NinePAbi.TOPEN, this::open);
        handlers.put(NinePAbi.TCREATE, this::create);
        handlers.put(NinePAbi.TREAD, this::read);
        handlers.put(NinePAbi.TWRITE, this::write);
        handlers.put(NinePAbi.TCLUNK, this::clunk);
        handlers.put(NinePAbi.TREMOVE, this::remove);
        handlers.put(NinePAbi.TSTAT, in -> {
            final Node node = live(only(in)).node;
            node.stat(out.u16(node.statBytes()));
        });
        handlers.put(NinePAbi.TWSTAT, in -> attributes.change(in));
    }

    long now() {
        return now;
    }

    /** {@return the reply, or nothing: close} */
    byte[] serve(final byte[] request, final int room) {
        now++;
        final Reader in = new Reader(request, 0);
        if (request.length < HEADER || room < NinePAbi.LEAST_MSIZE || in.u32() != request.length
                || request.length > (msize == 0 ? limit : msize)) {
            return new byte[0];
        }
        capacity = (int) Math.min(room, msize == 0 ? limit : msize);
        final int type = in.u8();
        final int tag = in.u16();
        try {
            out = Wire.message(type + 1, tag);
            final Handler handler = handlers.get(type);
            require(handler != null || type == NinePAbi.TATTACH + 2, "unknown message type");
            require(msize > 0 || type == NinePAbi.TVERSION || type == NinePAbi.TFLUSH, "no version agreed on");
            require(handler != null, "unknown message type");
            handler.answer(in);
            return out.sized();
        } catch (final MalformedException malformed) {
            return type == NinePAbi.TFLUSH ? new byte[0] : error(tag, "malformed message");
        } catch (final FailedException failed) {
            return error(tag, failed.getMessage());
        } catch (final ClosedException closed) {
            return new byte[0];
        }
    }

    private static byte[] error(final int tag, final String text) {
        return Wire.message(NinePAbi.RERROR, tag).text(text).sized();
    }

    static void require(final boolean holds, final String failure) {
        if (!holds) {
            throw new FailedException(failure);
        }
    }

    /** The connection is gone. */
    void reset() {
        now++;
        forgetAll();
        msize = 0;
    }

    private void forgetAll() {
        for (final Long number : fids.keySet().toArray(Long[]::new)) {
            release(number);
        }
    }

    private void release(final long number) {
        final Fid fid = fids.remove(number);
        final Node node = fid.node;
        if (fid.isOpen()) {
            node.opens--;
            if ((fid.open & REMOVE) != 0 && node.parent != null) {
                unlink(node, fid.user);
            }
        }
        if (--node.fids == 0 && node.parent == null) {
            files--;
        }
    }

    private void unlink(final Node node, final String user) {
        node.parent.children.remove(node);
        node.parent.touch(user, now);
        node.parent = null;
        resize(node, 0);
    }

    void resize(final Node node, final long length) {
        require(Long.compareUnsigned(length, (long) mostBlocks * NinePAbi.BLOCK) <= 0, "no space");
        final int wanted = (int) ((length + NinePAbi.BLOCK - 1) / NinePAbi.BLOCK);
        require(blocks - node.blocks() + wanted <= mostBlocks, "no space");
        blocks += wanted - node.blocks();
        node.content = Arrays.copyOf(node.content, (int) length);
    }

    Fid known(final long number) {
        final Fid fid = fids.get(number);
        require(fid != null, "unknown fid");
        return fid;
    }

    Fid live(final long number) {
        final Fid fid = known(number);
        require(fid.node.parent != null, "file was removed");
        return fid;
    }

    private void requireNew(final long number) {
        require(number != NinePAbi.NOFID, "unknown fid");
        require(!fids.containsKey(number), "fid in use");
        require(fids.size() < NinePAbi.FID_COUNT, "too many fids");
    }

    private void add(final long number, final Node node, final String user) {
        final Fid fid = new Fid();
        fid.node = node;
        fid.user = user;
        node.fids++;
        fids.put(number, fid);
    }

    private static long only(final Reader in) {
        final long fid = in.u32();
        in.end();
        return fid;
    }

    private void version(final Reader in) {
        final long size = in.u32();
        final String version = in.text();
        in.end();
        require(size >= NinePAbi.LEAST_MSIZE, "message size too small");
        forgetAll();
        final boolean ours = version.equals("9P2000") || version.startsWith("9P2000.");
        final long agreed = Math.min(size, limit);
        msize = ours ? agreed : 0;
        out.u32(agreed).text(ours ? "9P2000" : "unknown");
    }

    private void auth(final Reader in) {
        in.u32();
        in.text();
        in.text();
        in.end();
        require(false, "authentication not required");
    }

    private void flush(final Reader in) {
        if (in.left() != Short.BYTES) {
            throw new ClosedException();
        }
    }

    private void attach(final Reader in) {
        final long number = in.u32();
        final long afid = in.u32();
        final String user = in.text();
        final String tree = in.text();
        in.end();
        require(afid == NinePAbi.NOFID, "authentication not required");
        require(tree.isEmpty() || tree.equals("/"), "no such tree");
        require(!user.isEmpty() && user.length() <= NinePAbi.USER_MOST, "bad user name");
        requireNew(number);
        add(number, root, user);
        root.atime = now;
        root.qid(out);
    }

    private void walk(final Reader in) {
        final long number = in.u32();
        final long newNumber = in.u32();
        final String[] names = new String[in.u16()];
        require(names.length <= NinePAbi.MOST_NAMES, "too many names in walk");
        for (int i = 0; i < names.length; i++) {
            names[i] = in.text();
        }
        in.end();
        final Fid fid = live(number);
        require(!fid.isOpen(), "fid is open");
        if (newNumber != number) {
            requireNew(newNumber);
        }
        Node node = fid.node;
        final Wire qids = new Wire();
        int done = 0;
        try {
            for (; done < names.length; done++) {
                node = step(node, names[done], fid.user);
                node.qid(qids);
            }
        } catch (final FailedException failed) {
            if (done == 0) {
                throw failed;
            }
        }
        out.u16(done).bytes(qids.plain());
        if (done == names.length) {
            if (newNumber == number) {
                fid.node.fids--;
                node.fids++;
                fid.node = node;
            } else {
                add(newNumber, node, fid.user);
            }
        }
    }

    private Node step(final Node node, final String name, final String user) {
        require(node.isDirectory(), "not a directory");
        node.atime = now;
        require(node.allows(user, 1), "permission denied");
        final Node next = name.equals("..") ? node.parent : node.child(name);
        require(next != null, "file does not exist");
        return next;
    }

    private static void requireMode(final int mode) {
        require((mode & ~(EXECUTE | TRUNCATE | REMOVE)) == 0, "bad mode");
    }

    private static void requireDirectoryMode(final int mode) {
        require(mode == READ || mode == EXECUTE, "is a directory");
    }

    private void open(final Reader in) {
        final long number = in.u32();
        final int mode = in.u8();
        in.end();
        final Fid fid = live(number);
        final Node node = fid.node;
        require(!fid.isOpen(), "fid is open");
        requireMode(mode);
        if (node.isDirectory()) {
            requireDirectoryMode(mode);
        }
        final int[] wanted = {4, MAY_WRITE, 4 | MAY_WRITE, 1};
        require(node.allows(fid.user, wanted[mode & EXECUTE] | ((mode & TRUNCATE) != 0 ? MAY_WRITE : 0)),
            "permission denied");
        require((mode & REMOVE) == 0 || node.parent.allows(fid.user, MAY_WRITE), "permission denied");
        require((node.mode & NinePAbi.DMEXCL) == 0 || node.opens == 0, "exclusive use file is open");
        if ((mode & TRUNCATE) != 0 && (node.mode & NinePAbi.DMAPPEND) == 0) {
            node.touch(fid.user, now);
            resize(node, 0);
        }
        opened(fid, mode);
    }

    private void opened(final Fid fid, final int mode) {
        fid.open = mode;
        fid.offset = 0;
        fid.last = 0;
        fid.node.opens++;
        fid.node.qid(out).u32(msize - NinePAbi.IO_HEADER);
    }

    static void requireName(final String name) {
        require(!name.isEmpty() && name.length() <= NinePAbi.NAME_MOST && !name.equals(".") && !name.equals("..")
            && name.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != '/'), "bad file name");
    }

    private void create(final Reader in) {
        final long number = in.u32();
        final String name = in.text();
        final long perm = in.u32();
        final int mode = in.u8();
        in.end();
        final Fid fid = live(number);
        final Node directory = fid.node;
        require(!fid.isOpen(), "fid is open");
        require(directory.isDirectory(), "not a directory");
        directory.atime = now;
        requireName(name);
        require((perm & ~KNOWN_MODE) == 0, "bad mode");
        requireMode(mode);
        final boolean makesDirectory = (perm & NinePAbi.DMDIR) != 0;
        if (makesDirectory) {
            requireDirectoryMode(mode);
        }
        require(directory.allows(fid.user, MAY_WRITE), "permission denied");
        require(directory.child(name) == null, "file exists");
        require(files < mostFiles, "too many files");
        files++;
        final Node node = new Node();
        final long masked = makesDirectory ? 0777 : 0666;
        node.mode = perm & (~masked | directory.mode & masked);
        node.name = name;
        node.uid = fid.user;
        node.gid = directory.gid;
        node.muid = fid.user;
        node.path = nextPath++;
        node.atime = now;
        node.mtime = now;
        node.parent = directory;
        directory.children.add(node);
        directory.touch(fid.user, now);
        directory.fids--;
        node.fids++;
        fid.node = node;
        opened(fid, mode);
    }

    private void read(final Reader in) {
        final long number = in.u32();
        final long offset = in.u64();
        final long asked = in.u32();
        in.end();
        final Fid fid = live(number);
        require(fid.isOpen() && (fid.open & EXECUTE) != WRITE, "fid is not open for that");
        final long most = Math.min(Math.min(asked, msize - NinePAbi.IO_HEADER), capacity - HEADER - Integer.BYTES);
        final Node node = fid.node;
        if (node.isDirectory()) {
            readDirectory(fid, offset, most);
            return;
        }
        node.atime = now;
        final int length = node.content.length;
        final int from = Long.compareUnsigned(offset, length) >= 0 ? length : (int) offset;
        final int to = (int) Math.min(length, from + most);
        out.u32(to - from).bytes(Arrays.copyOfRange(node.content, from, to));
    }

    private void readDirectory(final Fid fid, final long offset, final long most) {
        if (offset == 0) {
            fid.offset = 0;
            fid.last = 0;
        }
        require(offset == fid.offset, "bad offset in directory");
        fid.node.atime = now;
        final Wire entries = new Wire();
        for (final Node child : fid.node.children) {
            if (child.path > fid.last) {
                if (entries.length() + child.statBytes() > most) {
                    require(entries.length() > 0, "count too small for an entry");
                    break;
                }
                child.stat(entries);
                fid.last = child.path;
            }
        }
        fid.offset += entries.length();
        out.u32(entries.length()).bytes(entries.plain());
    }

    private void write(final Reader in) {
        final long number = in.u32();
        final long asked = in.u64();
        final long count = in.u32();
        if (in.left() != count) {
            throw new MalformedException();
        }
        final byte[] data = in.bytes((int) count);
        final Fid fid = live(number);
        final int access = fid.open & EXECUTE;
        require(fid.isOpen() && (access == WRITE || access == BOTH), "fid is not open for that");
        final Node node = fid.node;
        final long offset = (node.mode & NinePAbi.DMAPPEND) != 0 ? node.content.length : asked;
        if (count > 0) {
            final long end = offset + count;
            require(Long.compareUnsigned(end, offset) >= 0, "no space");
            if (Long.compareUnsigned(end, node.content.length) > 0) {
                resize(node, end);
            }
            node.touch(fid.user, now);
            System.arraycopy(data, 0, node.content, (int) offset, data.length);
        }
        out.u32(count);
    }

    private void clunk(final Reader in) {
        final long number = only(in);
        known(number);
        release(number);
    }

    private void remove(final Reader in) {
        final long number = only(in);
        final Fid fid = known(number);
        final Node node = fid.node;
        final String failure = node.parent == null ? "file was removed"
            : node == root ? "root stays"
            : !node.parent.allows(fid.user, MAY_WRITE) ? "permission denied"
            : !node.children.isEmpty() ? "directory not empty" : null;
        if (failure == null) {
            unlink(node, fid.user);
        }
        release(number);
        require(failure == null, failure);
    }
}
