package ringside.console.repl.past;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import ringside.fastpath.view.KernelState;

/** Which processes came and went, with their threads; of a single one its pages as well. */
public final class ProcessStory implements Story {
    private static final Set<String> LIVES = Set.of("space_create", "space_end", "thread_create", "thread_kill");
    private static final Set<String> PAGES = Set.of("page_map", "page_unmap", "page_change", "page_fault");
    private static final int WRITE = 2;

    private final OptionalLong wanted;
    private final Owners owners;

    /**
     * Tells of one process, or of all.
     *
     * @param wanted its address
     * @param state  of the kernel where the guest stands
     */
    public ProcessStory(final OptionalLong wanted, final KernelState state) {
        this.wanted = wanted;
        owners = new Owners(state);
    }

    @Override
    public boolean hears(final String kind) {
        return LIVES.contains(kind) || wanted.isPresent() && PAGES.contains(kind);
    }

    @Override
    public Optional<Telling> of(final Told told) {
        owners.hear(told);
        final long process = switch (told.kind()) {
            case "space_create" -> told.third();
            case "space_end" -> told.second();
            case "thread_create", "thread_kill", "page_fault" -> owners.of(told.first());
            default -> told.first();
        };
        if (wanted.isPresent() && wanted.getAsLong() != process) {
            return Optional.empty();
        }
        return Optional.of(names -> (wanted.isPresent() ? "" : named(told, process, names) + ": ") + text(told, names));
    }

    private static String named(final Told told, final long process, final Names names) {
        return "space_create".equals(told.kind()) ? names.text(told.second()).orElseGet(() -> names.process(process))
            : process == 0 ? "a process" : names.process(process);
    }

    private static String text(final Told told, final Names names) {
        return switch (told.kind()) {
            case "space_create" -> "is made, CR3 " + names.number(told.first());
            case "space_end" -> "is no more, CR3 " + names.number(told.first());
            case "thread_create" -> "thread made, at " + names.code(told.second()) + ", "
                + names.number(told.first());
            case "thread_kill" -> "thread " + names.thread(told.first()) + " is ended";
            case "page_map" -> "page " + names.number(told.second()) + " is mapped" + access(told.third());
            case "page_change" -> "page " + names.number(told.second()) + " is changed" + access(told.third());
            case "page_unmap" -> "page " + names.number(told.second()) + " is mapped no more";
            default -> "page fault of " + names.thread(told.first()) + " at " + names.number(told.second());
        };
    }

    private static String access(final long entry) {
        return " to 0x" + Long.toHexString(entry & 0xF_FFFF_FFFF_F000L) + ((entry & WRITE) != 0 ? ", to write" : "");
    }
}
