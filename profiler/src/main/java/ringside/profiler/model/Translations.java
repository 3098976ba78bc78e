package ringside.profiler.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;
import ringside.emulator.event.TranslationDrop;

/**
 * A core's translations: its TLBs and its page walker, and what the machine told of the pages. What it answers is when
 * an address is known; a page that nobody told of, as without paging, costs nothing.
 *
 * <p>What an instruction drops is heard before its block and done when it is followed ({@link #dropNext}).
 */
final class Translations {
    private static final long NO_PAGE = MachineObserver.UNKNOWN_PAGE;
    private static final int PAGE_SHIFT = 12;
    private static final int SPACE_MASK = 0xFFF;

    private final Spaces spaces = new Spaces();
    private final KnownPages known = new KnownPages();
    private final TlbLevel data;
    private final TlbLevel code;
    private final TlbLevel second;
    private final TlbLevel secondCode;
    private final PageWalker walker;
    private final ArrayDeque<Drop> drops = new ArrayDeque<>();
    /** The page that was accessed last, which needs no search; and the same of code. */
    private long dataPage = NO_PAGE;
    private long dataThere;
    private long codePage = NO_PAGE;
    private long codeThere;
    private long codeFrame = NO_PAGE;
    private int space;

    Translations(final Microarchitecture.Translation shape, final PageWalker.Lines lines) {
        data = new TlbLevel(shape.l1d(), spaces);
        code = new TlbLevel(shape.l1i(), spaces);
        second = new TlbLevel(shape.l2(), spaces);
        secondCode = shape.l2i().entries4k() > 0 ? new TlbLevel(shape.l2i(), spaces) : second;
        walker = new PageWalker(shape, spaces, lines);
    }

    /** {@return what its TLBs hold} */
    List<CoreContents.Pages> contents() {
        final List<CoreContents.Pages> all = new ArrayList<>(List.of(code.contents("L1i"), data.contents("L1d"),
                second.contents("L2")));
        if (secondCode != second) {
            all.add(2, secondCode.contents("L2i"));
        }
        return all;
    }

    /** Takes up what the machine tells. */
    void learn(final Translation told) {
        space = told.space();
        known.learn(told, spaces.number(told.space(), told.extended(), told.global()),
                spaces.number(told.space(), told.extended(), false));
        forgetLast();
    }

    /**
     * {@return the cycle in which the address of a data access is known}
     *
     * @param page  virtual
     * @param frame physical; where the tables said another, the access is of some other page and costs nothing
     * @param cycle in which it is looked for
     */
    long data(final long page, final long frame, final long cycle) {
        if (page == dataPage) {
            return Math.max(cycle, dataThere);
        }
        final int slot = known.find(page);
        if (slot < 0 || known.levels(slot) == 0 || known.frame(slot) != frame) {
            return cycle;
        }
        dataThere = lookUp(slot, page, cycle, data, second, false);
        dataPage = page;
        return Math.max(cycle, dataThere);
    }

    /** {@return the cycle in which the address of code is known, {@link #frame} then is where} */
    long code(final long page, final long cycle) {
        if (page == codePage) {
            return Math.max(cycle, codeThere);
        }
        final int slot = known.find(page);
        codePage = page;
        codeThere = 0;
        codeFrame = NO_PAGE;
        if (slot >= 0) {
            codeFrame = known.frame(slot);
            codeThere = known.levels(slot) == 0 ? 0 : lookUp(slot, page, cycle, code, secondCode, true);
        }
        return Math.max(cycle, codeThere);
    }

    /** {@return the physical page of the code that was looked up last, {@code MIN_VALUE} where nobody told} */
    long frame() {
        return codeFrame;
    }

    private long lookUp(final int slot, final long page, final long cycle, final TlbLevel level, final TlbLevel behind,
            final boolean isCode) {
        final int size = known.size(slot);
        final int tag = spaces.tag(known.space(slot));
        final Tlb first = level.of(size);
        final long key = level.key(page, tag, size);
        int place = known.place(slot, isCode);
        if (first.holds(place, key)) {
            return first.there(place);
        }
        // It may be elsewhere: under the tag of another space, or looked for through another part of a large page.
        place = first.find(key);
        if (place < 0) {
            place = first.fill(key, behind(slot, page, cycle + level.latency(), tag, behind));
        }
        known.place(slot, isCode, place);
        return first.there(place);
    }

    private long behind(final int slot, final long page, final long cycle, final int tag, final TlbLevel level) {
        final int size = known.size(slot);
        final Tlb tlb = level.of(size);
        final long key = level.key(page, tag, size);
        final long looked = cycle + level.latency();
        final int place = tlb.find(key);
        if (place >= 0) {
            return Math.max(looked, tlb.there(place));
        }
        final long done = walker.walk(known, slot, page, looked);
        tlb.fill(key, done);
        return done;
    }

    /** An instruction of a block that is told later drops translations. */
    void willDrop(final TranslationDrop what, final long value) {
        drops.add(new Drop(what, value));
    }

    /** {@return whether the instruction at hand, which may drop translations, keeps them all} */
    boolean dropNext() {
        final Drop drop = drops.poll();
        if (drop != null) {
            drop(drop);
        }
        return drop != null && drop.what == TranslationDrop.NONE;
    }

    /** Drops what no instruction did. */
    void dropAll() {
        while (!drops.isEmpty()) {
            dropNext();
        }
    }

    private void drop(final Drop drop) {
        switch (drop.what) {
            case PAGE -> dropPage(drop.value >> PAGE_SHIFT);
            case SPACE -> {
                space = (int) drop.value & SPACE_MASK;
                spaces.drop(space);
            }
            case NONE -> space = (int) drop.value & SPACE_MASK;
            default -> spaces.dropAll();
        }
        forgetLast();
        if (spaces.isSpent()) {
            clear();
            spaces.restart();
        }
    }

    private void clear() {
        data.clear();
        code.clear();
        second.clear();
        secondCode.clear();
        walker.clear();
    }

    /** Nothing is in the TLBs and the walker any more; what the machine told of pages still is known. */
    void cold() {
        clear();
        forgetLast();
    }

    private void dropPage(final long page) {
        for (int i = 0; i < spaces.size(); i++) {
            if (spaces.isOf(i, space)) {
                data.drop(page, spaces.tag(i));
                code.drop(page, spaces.tag(i));
                second.drop(page, spaces.tag(i));
                secondCode.drop(page, spaces.tag(i));
            }
        }
        walker.clear();
    }

    private void forgetLast() {
        dataPage = NO_PAGE;
        dataThere = 0;
        codePage = NO_PAGE;
    }

    private record Drop(TranslationDrop what, long value) {
    }
}
