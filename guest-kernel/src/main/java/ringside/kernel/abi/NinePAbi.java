package ringside.kernel.abi;

import java.util.List;
import ringside.toolchain.layout.Constants;
import ringside.toolchain.layout.RecordLayout;

/**
 * The file server that speaks 9P2000: numbers of the protocol (Plan 9's manual, section 5), limits of this server, and
 * how its tables lie in memory.
 *
 * <p>All integers are little-endian. A text on the wire is its length in two bytes and that many bytes of UTF-8; the
 * tables hold texts in the same form.
 */
public final class NinePAbi {
    /** Bytes of every message's head: size, type, tag. */
    public static final int HEADER = 7;
    /** From one type of request to the next; its reply's type is one more. */
    public static final int TYPE_STEP = 2;
    /** The first request. */
    public static final int TVERSION = 100;
    /** Refused: this server asks for no proof. */
    public static final int TAUTH = 102;
    /** Begins at the root, as a user. */
    public static final int TATTACH = 104;
    /** What answers any request that failed. */
    public static final int RERROR = 107;
    /** Takes back a request. */
    public static final int TFLUSH = 108;
    /** Goes to another file. */
    public static final int TWALK = 110;
    /** Prepares for reading and writing. */
    public static final int TOPEN = 112;
    /** Makes a file and opens it. */
    public static final int TCREATE = 114;
    /** Reads. */
    public static final int TREAD = 116;
    /** Writes. */
    public static final int TWRITE = 118;
    /** Forgets a fid. */
    public static final int TCLUNK = 120;
    /** Removes a file and forgets its fid. */
    public static final int TREMOVE = 122;
    /** Asks what a file is. */
    public static final int TSTAT = 124;
    /** Changes what a file is. */
    public static final int TWSTAT = 126;
    /** Numbers from here on are no messages. */
    public static final int TYPE_END = 128;

    /** The tag of a message that has none. */
    public static final int NOTAG = 0xffff;
    /** No fid. */
    public static final long NOFID = 0xffff_ffffL;
    /** The most names in one walk. */
    public static final int MOST_NAMES = 16;
    /** What a client takes off the message size for the head of a read or write. */
    public static final int IO_HEADER = 24;

    /** In a file's mode: a directory. */
    public static final long DMDIR = 0x8000_0000L;
    /** Writes go to the end. */
    public static final int DMAPPEND = 0x4000_0000;
    /** One fid at a time has it open. */
    public static final int DMEXCL = 0x2000_0000;
    /** Not worth a backup. */
    public static final int DMTMP = 0x0400_0000;
    /** Reading, writing and executing, for owner, group and others. */
    public static final int PERMISSIONS = 0777;

    /** The smallest message size that may be agreed on: every reply of bounded length fits. */
    public static final int LEAST_MSIZE = 256;
    /** Bytes of a file's name at most. */
    public static final int NAME_MOST = 64;
    /** Bytes of a user's or group's name at most. */
    public static final int USER_MOST = 28;
    /** Fids of a session. */
    public static final int FID_COUNT = 64;
    /** Binary logarithm of {@link #BLOCK}. */
    public static final int BLOCK_SHIFT = 10;
    /** Bytes of a block of the arena. */
    public static final int BLOCK = 1 << BLOCK_SHIFT;
    /** Bytes that a device says at most. */
    public static final int DEVICE_TEXT = 64;
    /** Blocks of an arena at most: 1 GiB. */
    public static final int MOST_BLOCKS = 1 << 20;
    /** Files of a store at most. */
    public static final int MOST_FILES = 1 << 16;

    private static final int TEXT_LENGTH = 2;

    /** The server's name for a file, as it is sent. */
    public static final RecordLayout QID =
            RecordLayout.named("NinePQid").packed().u8("type").u32("version").u64("path").build();

    /** The head of a directory entry as it is sent; four texts follow: name, owner, group, last writer. */
    public static final RecordLayout STAT = RecordLayout.named("NinePStat")
            .packed()
            .u16("bytes")
            .u16("type")
            .u32("dev")
            .record("qid", QID)
            .u32("mode")
            .u32("atime")
            .u32("mtime")
            .u64("length")
            .build();

    /**
     * A file or directory. The root is its own parent; a file that was removed has none, and lives until its last fid
     * is gone. A directory's children are in the order of their paths.
     */
    public static final RecordLayout FILE = RecordLayout.named("NinePFile")
            .u64("parent")
            .u64("child")
            .u64("next")
            .u64("path")
            .u64("length")
            .u64("device")
            .u32("version")
            .u32("mode")
            .u32("atime")
            .u32("mtime")
            .u32("fids")
            .u32("opens")
            .u32("first_block")
            .u32("last_block")
            .array("name", 1, TEXT_LENGTH + NAME_MOST)
            .array("uid", 1, TEXT_LENGTH + USER_MOST)
            .array("gid", 1, TEXT_LENGTH + USER_MOST)
            .array("muid", 1, TEXT_LENGTH + USER_MOST)
            .align(Long.BYTES)
            .build();

    /**
     * A file whose bytes a program makes and takes: a routine that writes at most {@link #DEVICE_TEXT} bytes to {@code
     * rdi} and says how many in {@code eax}, and one that takes {@code ecx} bytes from {@code rsi}; 0: nobody may.
     * Neither keeps what a call clobbers.
     */
    public static final RecordLayout DEVICE = RecordLayout.named("NinePDevice").u64("read").u64("write").build();

    /** A file tree: at the start of its memory; files, links of blocks and blocks follow. Blocks count from 1. */
    public static final RecordLayout STORE = RecordLayout.named("NinePStore")
            .u64("files")
            .u64("links")
            .u64("blocks")
            .u64("next_path")
            .u64("free_file")
            .u32("file_count")
            .u32("files_used")
            .u32("block_count")
            .u32("blocks_used")
            .u32("free_block")
            .u32("now")
            .build();

    /** A fid of a session; without a file it is free. */
    public static final RecordLayout FID = RecordLayout.named("NinePFid")
            .u64("file")
            .u64("dir_offset")
            .u64("dir_last")
            .u32("fid")
            .u32("open")
            .array("user", 1, TEXT_LENGTH + USER_MOST)
            .align(Long.BYTES)
            .build();

    /** One client: the caller sets {@code store} and {@code msize_limit}, everything else begins as zero. */
    public static final RecordLayout SESSION = RecordLayout.named("NinePSession")
            .u64("store")
            .u64("stack")
            .u64("request_end")
            .u64("reply")
            .u64("reply_end")
            .u32("msize_limit")
            .u32("msize")
            .u32("fids_used")
            .u32("reserved")
            .records("fids", FID, FID_COUNT)
            .build();

    /** What a walk keeps on the stack. */
    public static final RecordLayout WALK = RecordLayout.named("NinePWalk")
            .u64("names")
            .u64("slot")
            .u32("fid")
            .u32("newfid")
            .u32("count")
            .u32("left")
            .build();

    /** What a wstat keeps on the stack: where in the request things are, and which of them change something. */
    public static final RecordLayout WSTAT = RecordLayout.named("NinePWstat")
            .u64("head")
            .u64("name")
            .u64("uid")
            .u64("gid")
            .u64("muid")
            .u64("changes")
            .build();

    private NinePAbi() {
    }

    /** {@return all layouts, parts before wholes} */
    public static List<RecordLayout> layouts() {
        return List.of(QID, STAT, FILE, DEVICE, STORE, FID, SESSION, WALK, WSTAT);
    }

    /** {@return types of messages and what stands in them} */
    public static Constants messages() {
        return Constants.group("Messages of 9P2000")
                .decimal("NINEP_HEADER", HEADER, "bytes: size[4] type[1] tag[2]")
                .decimal("NINEP_TYPE_AT", Integer.BYTES, "place of the type")
                .decimal("NINEP_TAG_AT", Integer.BYTES + 1, "place of the tag")
                .decimal("NINEP_TEXT", TEXT_LENGTH, "bytes of a text's length")
                .decimal("NINEP_TVERSION", TVERSION, "msize[4] version[s]")
                .decimal("NINEP_TAUTH", TAUTH, "afid[4] uname[s] aname[s]")
                .decimal("NINEP_TATTACH", TATTACH, "fid[4] afid[4] uname[s] aname[s]")
                .decimal("NINEP_RERROR", RERROR, "ename[s]")
                .decimal("NINEP_TFLUSH", TFLUSH, "oldtag[2]")
                .decimal("NINEP_TWALK", TWALK, "fid[4] newfid[4] nwname[2] nwname*(wname[s])")
                .decimal("NINEP_TOPEN", TOPEN, "fid[4] mode[1]")
                .decimal("NINEP_TCREATE", TCREATE, "fid[4] name[s] perm[4] mode[1]")
                .decimal("NINEP_TREAD", TREAD, "fid[4] offset[8] count[4]")
                .decimal("NINEP_TWRITE", TWRITE, "fid[4] offset[8] count[4] data[count]")
                .decimal("NINEP_TCLUNK", TCLUNK, "fid[4]")
                .decimal("NINEP_TREMOVE", TREMOVE, "fid[4]")
                .decimal("NINEP_TSTAT", TSTAT, "fid[4]")
                .decimal("NINEP_TWSTAT", TWSTAT, "fid[4] stat[n]")
                .decimal("NINEP_TYPE_END", TYPE_END, "")
                .decimal("NINEP_TYPE_STEP", TYPE_STEP, "a reply's type is its request's and 1")
                .hex("NINEP_NOFID", NOFID, "")
                .decimal("NINEP_ABSENT", -1, "in a wstat: leave as it is; 8 bytes of it")
                .hex("NINEP_ABSENT_WORD", 0xffff, "2 bytes of it")
                .hex("NINEP_ABSENT_BYTE", 0xff, "1 byte of it")
                .decimal("NINEP_MOST_NAMES", MOST_NAMES, "in a walk")
                .decimal("NINEP_IO_HEADER", IO_HEADER, "message size - iounit")
                .build();
    }

    /** {@return modes of files and of opening them} */
    public static Constants modes() {
        return Constants.group("Modes of 9P2000")
                .decimal("NINEP_OREAD", 0, "")
                .decimal("NINEP_OWRITE", 1, "")
                .decimal("NINEP_ORDWR", 2, "")
                .decimal("NINEP_OEXEC", 3, "read, with the right to execute")
                .hex("NINEP_OACCESS", 3, "mask of the four")
                .hex("NINEP_OTRUNC", 0x10, "")
                .hex("NINEP_ORCLOSE", 0x40, "remove when the fid goes")
                .hex("NINEP_OUNKNOWN", ~0x53 & 0xff, "bits that must be zero")
                .hex("NINEP_OPENED", 0x100, "in NinePFid_open: above the mode")
                .hex("NINEP_DMDIR", DMDIR, "")
                .decimal("NINEP_DMDIR_BIT", Integer.SIZE - 1, "")
                .hex("NINEP_DMAPPEND", DMAPPEND, "")
                .hex("NINEP_DMEXCL", DMEXCL, "")
                .hex("NINEP_DMTMP", DMTMP, "")
                .hex("NINEP_DMUNKNOWN", 0xffff_ffffL & ~(DMDIR | DMAPPEND | DMEXCL | DMTMP | PERMISSIONS),
                        "bits that must be zero")
                .decimal("NINEP_QID_SHIFT", Integer.SIZE - Byte.SIZE, "mode to qid type")
                .hex("NINEP_MAY_READ", 4, "")
                .hex("NINEP_MAY_WRITE", 2, "")
                .hex("NINEP_MAY_EXECUTE", 1, "in a directory: search")
                .hex("NINEP_MAY_ALL", 7, "")
                .decimal("NINEP_GROUP_SHIFT", 3, "")
                .decimal("NINEP_OWNER_SHIFT", 6, "")
                .hex("NINEP_ROOT_MODE", DMDIR | PERMISSIONS, "anybody creates there")
                .hex("NINEP_FILE_INHERITS", 0666, "permissions that a new file has only if its directory has")
                .hex("NINEP_DIR_INHERITS", PERMISSIONS, "the same for a new directory")
                .build();
    }

    /** {@return what this server bounds} */
    public static Constants limits() {
        return Constants.group("Limits of the file server")
                .decimal("NINEP_LEAST_MSIZE", LEAST_MSIZE, "bytes; every reply of bounded length fits")
                .decimal("NINEP_NAME_MOST", NAME_MOST, "bytes of a file's name")
                .decimal("NINEP_USER_MOST", USER_MOST, "bytes of a user's name")
                .decimal("NINEP_FID_COUNT", FID_COUNT, "of a session")
                .decimal("NINEP_DEVICE_TEXT", DEVICE_TEXT, "bytes that a device says")
                .decimal("NINEP_BLOCK", BLOCK, "bytes")
                .decimal("NINEP_BLOCK_SHIFT", BLOCK_SHIFT, "")
                .decimal("NINEP_LINK", Integer.BYTES, "bytes of a block's link to the next one")
                .decimal("NINEP_MOST_BLOCKS", MOST_BLOCKS, "of an arena")
                .decimal("NINEP_MOST_FILES", MOST_FILES, "of a store")
                .hex("NINEP_CHANGE_NAME", 1, "in NinePWstat_changes")
                .hex("NINEP_CHANGE_MODE", 1 << 1, "")
                .hex("NINEP_CHANGE_MTIME", 1 << 2, "")
                .hex("NINEP_CHANGE_GID", 1 << 3, "")
                .hex("NINEP_CHANGE_LENGTH", 1 << 4, "")
                .build();
    }
}
