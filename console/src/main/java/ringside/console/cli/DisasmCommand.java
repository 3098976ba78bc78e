package ringside.console.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import ringside.console.report.Disassembly;
import ringside.console.report.Listing;
import ringside.console.report.ListingJson;
import ringside.console.report.ListingText;
import ringside.console.report.SourceTexts;
import ringside.fastpath.experiment.Variant;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** {@code ringside disasm}: machine code as it lies in an image, and the source that made it. */
@Command(
    name = "disasm",
    header = "Show a routine with the source lines that made it.",
    description = {"",
        "Each line of source stands above the instructions that it made, be it assembly or Java."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    mixinStandardHelpOptions = true)
final class DisasmCommand implements Callable<Integer> {
    @ParentCommand
    private RingsideCommand ringside;

    @Parameters(arity = "0..1", paramLabel = "WHAT",
        description = "A symbol, an address (0x...), or two of them: FROM..TO. Without it, all routines are listed.")
    private Optional<String> what = Optional.empty();

    @ArgGroup
    private Source source = new Source();

    @Option(names = "--sources", paramLabel = "DIR",
        description = "Where the image's line table has its paths from; Bantam brings its own.")
    private Optional<Path> sources = Optional.empty();

    @Option(names = "--bits", paramLabel = "32|64",
        description = "How to decode; otherwise the segment that holds the PVH entry is 32-bit code.")
    private Optional<Integer> bits = Optional.empty();

    @Option(names = "--json", description = "The same as one JSON object.")
    private boolean json;

    /** Which image: a file, or one of Bantam's. */
    private static final class Source {
        @Option(names = "--image", paramLabel = "FILE", description = "An ELF64 image instead of Bantam.")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--variant", paramLabel = "NAME",
            description = "Which Bantam: fast-asm (as without it), fast-generated or slow.")
        private Variant variant = Variant.FAST_ASM;
    }

    @Override
    public Integer call() {
        if (bits.isPresent() && bits.get() != Integer.SIZE && bits.get() != Long.SIZE) {
            throw new WrongUseException("--bits=" + bits.get() + ": code has 32 or 64");
        }
        final GuestImage image = source.file.map(GuestImage::read).orElseGet(() -> Bantam.image(source.variant));
        final Disassembly disassembly = new Disassembly(image);
        ringside.terminal().out().print(what.map(name -> show(disassembly.list(name, bits)))
            .orElseGet(() -> json ? ListingJson.of(image.sha256(), disassembly.routines())
                : ListingText.of(disassembly.routines())));
        return ExitStatus.FINE.code();
    }

    private String show(final Listing listing) {
        final SourceTree below = source.file.isPresent() ? path -> Optional.empty() : Bantam.sources();
        final SourceTree tree = sources.map(SourceTree::directory).map(given -> given.over(below)).orElse(below);
        return json ? ListingJson.of(listing) : ListingText.of(listing, new SourceTexts(tree));
    }
}
