package ringside.console.ninep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import ringside.console.ninep.Model.Fid;
import ringside.kernel.abi.NinePAbi;

/** Random requests that mean something to a server in the model's state, and damaged ones. */
final class Requests {
    private static final String[] NAMES = {"a", "b", "c", "note", "..", "dir", "x".repeat(64), "\u00fc", "d e"};
    private static final String[] BAD_NAMES = {"", ".", "..", "a/b", "tab\t", "y".repeat(65), "\u007f", "nul\0"};
    private static final String[] USERS = {"ram", "ram", "glenda", "u".repeat(28)};
    private static final String[] BAD_USERS = {"", "v".repeat(29)};
    private static final String[] VERSIONS = {"9P2000.u", "9P2000.", "9P2000x", "9P1999", "", "9P", "9P20000"};
    private static final long[] MODES = {0666, 0644, 0600, 0444, 0222, 0, 0777, 0711,
        0666L | NinePAbi.DMAPPEND, 0666L | NinePAbi.DMEXCL, 0777L | NinePAbi.DMEXCL, 0600L | NinePAbi.DMTMP, 0x1_0000L};
    private static final int[] OPENS = {0, 1, 2, 2, 3, 0x10, 0x11, 0x12, 0x41, 0x42, 0x20, 0x80, 0x40};
    private static final int FIDS = 12;
    private static final int ODDS = 16;
    private static final int HOARDS = 1000;

    private final Random random;
    private final Model model;
    private final int msize;
    private int hoarding;

    Requests(final Random random, final Model model, final int msize) {
        this.random = random;
        this.model = model;
        this.msize = msize;
    }

    /** {@return what chance alone hardly does: a file that one fid at a time may have open is opened twice} */
    List<byte[]> beginning() {
        return List.of(
            message(NinePAbi.TVERSION).u32(msize).text("9P2000").sized(),
            message(NinePAbi.TATTACH).u32(0).u32(NinePAbi.NOFID).text("glenda").text("").sized(),
            message(NinePAbi.TWALK).u32(0).u32(1).u16(0).sized(),
            message(NinePAbi.TCREATE).u32(0).text("alone").u32(NinePAbi.DMEXCL | 0666).u8(2).sized(),
            message(NinePAbi.TWALK).u32(1).u32(2).u16(1).text("alone").sized(),
            message(NinePAbi.TOPEN).u32(2).u8(0).sized(),
            message(NinePAbi.TCLUNK).u32(0).sized(),
            message(NinePAbi.TOPEN).u32(2).u8(0).sized());
    }

    byte[] next() {
        if (random.nextInt(HOARDS) == 0) {
            hoarding = 2 * NinePAbi.FID_COUNT;
        }
        if (--hoarding > 0 && !model.fids.isEmpty()) {
            return message(NinePAbi.TWALK).u32(idle(node -> true)).u32(random.nextInt()).u16(0).sized();
        }
        final byte[] sound = model.msize == 0 && random.nextInt(3) > 0 ? version() : sound();
        return random.nextInt(ODDS) == 0 ? damaged(sound) : sound;
    }

    private byte[] version() {
        final boolean odd = random.nextInt(5) == 0;
        return message(NinePAbi.TVERSION).u32(odd ? edge() : msize)
            .text(odd ? pick(VERSIONS) : "9P2000").sized();
    }

    private byte[] sound() {
        if (model.fids.isEmpty() || random.nextInt(12) == 0) {
            return attach();
        }
        return switch (random.nextInt(32)) {
            case 0, 1, 2, 3, 4, 5 -> walk();
            case 6, 7, 8, 9 -> open();
            case 10, 11, 12, 13 -> create();
            case 14, 15, 16, 17 -> read();
            case 18, 19, 20, 21, 22 -> write();
            case 23, 24 -> message(NinePAbi.TCLUNK).u32(fid()).sized();
            case 25, 26 -> message(NinePAbi.TREMOVE).u32(fid()).sized();
            case 27 -> message(NinePAbi.TSTAT).u32(fid()).sized();
            case 28, 29 -> wstat();
            case 30 -> random.nextBoolean() ? message(NinePAbi.TFLUSH).u16(random.nextInt(1 << 16)).sized()
                : message(NinePAbi.TAUTH).u32(fid()).text("ram").text("").sized();
            default -> random.nextInt(40) == 0 ? version()
                : message(random.nextInt(256)).bytes(noise(random.nextInt(24))).sized();
        };
    }

    private byte[] attach() {
        final boolean odd = random.nextInt(8) == 0;
        return message(NinePAbi.TATTACH).u32(fresh()).u32(odd ? fid() : NinePAbi.NOFID)
            .text(odd ? pick(BAD_USERS) : pick(USERS)).text(random.nextInt(8) == 0 ? pick(NAMES) : "").sized();
    }

    private byte[] walk() {
        final int count = random.nextInt(ODDS) == 0 ? random.nextInt(20) : random.nextInt(4);
        final long from = idle(Node::isDirectory);
        final Wire out = message(NinePAbi.TWALK).u32(from).u32(random.nextInt(5) == 0 ? from : fresh()).u16(count);
        IntStream.range(0, count).forEach(i -> out.text(name()));
        return out.sized();
    }

    private byte[] open() {
        return message(NinePAbi.TOPEN).u32(idle(any -> true)).u8(OPENS[random.nextInt(OPENS.length)]).sized();
    }

    private byte[] create() {
        final boolean directory = random.nextInt(3) == 0;
        return message(NinePAbi.TCREATE).u32(idle(Node::isDirectory)).text(name())
            .u32(directory ? NinePAbi.DMDIR | 0755 : MODES[random.nextInt(MODES.length)])
            .u8(directory ? 0 : OPENS[random.nextInt(OPENS.length)]).sized();
    }

    private byte[] read() {
        return message(NinePAbi.TREAD).u32(opened()).u64(offset())
            .u32(random.nextInt(4) == 0 ? edge() : random.nextInt(3000)).sized();
    }

    private byte[] write() {
        final byte[] data = noise(Math.min(msize - NinePAbi.IO_HEADER,
            random.nextInt(3) == 0 ? random.nextInt(8) : random.nextInt(3500)));
        return message(NinePAbi.TWRITE).u32(opened()).u64(offset()).u32(data.length).bytes(data).sized();
    }

    private byte[] wstat() {
        final Wire stat = new Wire();
        final List<Long> known = new ArrayList<>(model.fids.keySet());
        final long fid = fid();
        final Node node = model.fids.containsKey(fid) ? model.fids.get(fid).node
            : model.fids.get(known.get(random.nextInt(known.size()))).node;
        stat.u16(rare() ? random.nextInt(3) : 0xffff).u32(rare() ? random.nextInt(3) : -1);
        stat.u8(rare() ? (int) (node.mode >> 24) : 0xff).u32(rare() ? node.version : -1)
            .u64(rare() ? node.path : -1);
        stat.u32(rare() ? MODES[random.nextInt(MODES.length)] : rare() ? node.mode ^ random.nextInt(512) : -1);
        stat.u32(rare() ? node.atime : -1).u32(rare() ? random.nextInt() : rare() ? node.mtime : -1);
        stat.u64(random.nextInt(3) == 0 ? offset() : -1);
        stat.text(random.nextInt(3) == 0 ? name() : rare() ? node.name : "").text(rare() ? node.uid : "")
            .text(rare() ? pick(USERS) : "").text(rare() ? pick(USERS) : "");
        return message(NinePAbi.TWSTAT).u32(fid).u16(stat.length() + 2).u16(stat.length()).bytes(stat.plain())
            .sized();
    }

    private boolean rare() {
        return random.nextInt(6) == 0;
    }

    private Wire message(final int type) {
        return Wire.message(type, random.nextInt(1 << 16));
    }

    private long one(final Predicate<Fid> wanted) {
        final List<Long> fit = model.fids.entrySet().stream().filter(entry -> wanted.test(entry.getValue()))
            .map(Map.Entry::getKey).toList();
        return fit.isEmpty() || random.nextInt(ODDS) == 0 ? fid() : fit.get(random.nextInt(fit.size()));
    }

    private long idle(final Predicate<Node> wanted) {
        return one(fid -> !fid.isOpen() && wanted.test(fid.node));
    }

    private long opened() {
        return one(Fid::isOpen);
    }

    private long fresh() {
        final long number = random.nextInt(FIDS);
        return random.nextInt(ODDS) == 0 ? fid() : LongStream.range(number, number + FIDS)
            .filter(free -> !model.fids.containsKey(free)).findFirst().orElse(number);
    }

    private long fid() {
        return switch (random.nextInt(40)) {
            case 0 -> NinePAbi.NOFID;
            case 1 -> random.nextInt();
            case 2, 3, 4 -> random.nextInt(3 * NinePAbi.FID_COUNT);
            default -> random.nextInt(FIDS);
        };
    }

    private String name() {
        return random.nextInt(ODDS) == 0 ? pick(BAD_NAMES) : pick(NAMES);
    }

    private long offset() {
        return switch (random.nextInt(10)) {
            case 0 -> random.nextLong();
            case 1 -> -1 - random.nextInt(4000);
            case 2 -> random.nextInt(1 << 19);
            case 3 -> NinePAbi.BLOCK * (long) random.nextInt(8);
            case 4, 5 -> random.nextInt(6000);
            default -> 0;
        };
    }

    private long edge() {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> NinePAbi.LEAST_MSIZE - 2 + random.nextInt(4);
            case 3 -> random.nextInt();
            default -> msize - 30 + random.nextInt(60);
        };
    }

    private byte[] noise(final int bytes) {
        final byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return noise;
    }

    private String pick(final String[] values) {
        return values[random.nextInt(values.length)];
    }

    /** Bits, bytes, the end and the size of a request are wrong; where its size is right, it gets as far as that. */
    private byte[] damaged(final byte[] sound) {
        byte[] bytes = sound.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
            case 3 -> {
                if (bytes.length > NinePAbi.HEADER + 1) {
                    final int at = NinePAbi.HEADER + random.nextInt(bytes.length - NinePAbi.HEADER - 1);
                    bytes[at] = (byte) random.nextInt(256);
                    bytes[at + 1] = (byte) random.nextInt(256);
                }
            }
            default -> bytes = noise(random.nextInt(64));
        }
        return random.nextInt(3) == 0 || bytes.length < NinePAbi.HEADER ? bytes
            : new Wire().bytes(bytes).sized();
    }
}
