package ringside.console.repl.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.emulator.travel.Timeline;

/** {@code snapshot}. */
@Command(name = "snapshot", aliases = "snap",
    header = "Keep the machine by a name or in a file; go back.",
    customSynopsis = {"snapshot save NAME | snapshot go NAME | snapshot drop NAME",
        "snapshot list",
        "snapshot save [--force] FILE | snapshot load FILE"},
    description = {"",
        "A name is a word without dots and slashes. Other than a bookmark it keeps the machine itself: go "
            + "leads there also when the past was changed, and the history begins there then. At most 50 names. "
            + "A file is as run --save-snapshot writes it. A machine within a block is written as it was where "
            + "the block begins. load takes a file of a machine with the same image and options: the history "
            + "begins there then, and what was before is gone. A file that is there and no snapshot is replaced "
            + "with --force only."},
    footer = {"", "Examples:",
        "  snapshot save before",
        "  set rax = 5",
        "  snapshot go before",
        "  snapshot list",
        "  snapshot save here.snapshot",
        "  snapshot load here.snapshot"})
final class SnapshotCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        if (words != null && NamedSnapshots.isMeant(words)) {
            desk().snapshots().perform(desk(), words);
            return;
        }
        if (words == null || words.size() < 2 || !List.of("save", "load").contains(words.getFirst())) {
            throw new RefusedException("snapshot save, go or drop NAME, snapshot list, snapshot save or load FILE");
        }
        final List<String> named = words.subList(1, words.size());
        final Timeline timeline = guest().timeline();
        if ("save".equals(words.getFirst())) {
            final Path file = desk().output(named, SnapshotFile::obstacle);
            final Snapshot snapshot = timeline.base();
            SnapshotFile.write(snapshot, file);
            say("step " + snapshot.steps() + ", hash " + snapshot.hash());
            return;
        }
        final Path file = desk().file(unquoted(joined(named)));
        final MachineConfig config = guest().machine().config();
        final Snapshot snapshot = SnapshotFile.read(file, config.memory(), config.disks().size());
        guest().begin(snapshot);
        desk().begun();
        desk().out().print(desk().summary());
    }
}
