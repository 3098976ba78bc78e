package ringside.console.ninep;

import java.util.ArrayList;
import java.util.List;
import ringside.kernel.abi.NinePAbi;

/** Requests that leave nothing of a tree but its root: as each owner where only the owner may. */
final class Cleaning {
    private static final long ROOT_FID = 1;
    private static final long FID = 2;

    private final List<byte[]> requests = new ArrayList<>();

    private Cleaning() {
    }

    static List<byte[]> requests(final Model model) {
        final Cleaning cleaning = new Cleaning();
        cleaning.requests.add(Wire.message(NinePAbi.TVERSION, NinePAbi.NOTAG).u32(NinePAbi.LEAST_MSIZE)
            .text("9P2000").sized());
        cleaning.open(model.root, List.of());
        for (final Node child : survivors(model.root, model)) {
            cleaning.empty(child, List.of(child.name), model);
        }
        cleaning.requests.add(Wire.message(NinePAbi.TVERSION, NinePAbi.NOTAG).u32(NinePAbi.LEAST_MSIZE)
            .text("9P2000").sized());
        return cleaning.requests;
    }

    // What was opened to be removed goes with its fid, at the first request.
    private static List<Node> survivors(final Node directory, final Model model) {
        return directory.children.stream().filter(child -> model.fids.values().stream()
            .noneMatch(fid -> fid.node == child && fid.isOpen() && (fid.open & 0x40) != 0)).toList();
    }

    private void empty(final Node node, final List<String> path, final Model model) {
        if (node.isDirectory()) {
            open(node, path);
            for (final Node child : survivors(node, model)) {
                final List<String> below = new ArrayList<>(path);
                below.add(child.name);
                empty(child, below, model);
            }
        }
        as(node, path, fid -> requests.add(Wire.message(NinePAbi.TREMOVE, 0).u32(fid).sized()));
    }

    private void open(final Node node, final List<String> path) {
        as(node, path, fid -> {
            final Wire stat = new Wire().u16(0xffff).u32(-1).u8(0xff).u32(-1).u64(-1)
                .u32(node.mode | NinePAbi.PERMISSIONS).u32(-1).u32(-1).u64(-1).text("").text("").text("").text("");
            requests.add(Wire.message(NinePAbi.TWSTAT, 0).u32(fid).u16(stat.length() + 2).u16(stat.length())
                .bytes(stat.plain()).sized());
            if (fid != ROOT_FID) {
                requests.add(Wire.message(NinePAbi.TCLUNK, 0).u32(fid).sized());
            }
        });
    }

    private interface Use {
        void of(long fid);
    }

    private void as(final Node node, final List<String> path, final Use use) {
        requests.add(Wire.message(NinePAbi.TATTACH, 0).u32(ROOT_FID).u32(NinePAbi.NOFID).text(node.uid).text("")
            .sized());
        long from = ROOT_FID;
        for (final String name : path) {
            requests.add(Wire.message(NinePAbi.TWALK, 0).u32(from).u32(FID).u16(1).text(name).sized());
            from = FID;
        }
        use.of(from);
        requests.add(Wire.message(NinePAbi.TCLUNK, 0).u32(ROOT_FID).sized());
    }
}
