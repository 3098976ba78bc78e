package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every section of every object at its address: the first half of a link. */
final class Placement {
    private final List<ObjectCode> objects;
    private final List<Map<String, Placed>> placed = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private long totalStored;

    Placement(final LinkPlan plan, final List<ObjectCode> objects) {
        this.objects = objects;
        for (int i = 0; i < objects.size(); i++) {
            placed.add(new HashMap<>());
        }
        long previousEnd = 0;
        for (final LinkPlan.Segment segment : plan.segments()) {
            final Segment result = place(segment, previousEnd);
            segments.add(result);
            previousEnd = result.physical + result.memorySize;
        }
        refuseLeftovers();
        refuseOverlaps();
    }

    /** A section of an object at its address, in the group with the given index of the whole image. */
    record Placed(ObjectCode object, ObjectSection section, long address, Group group) {
        /** For messages. */
        @Override
        public String toString() {
            return object.name() + ": " + section.name();
        }
    }

    /** What one pattern of the plan gathered: a section of the image. */
    static final class Group {
        private final String name;
        private final boolean executable;
        private final List<Placed> members = new ArrayList<>();
        private long address;
        private long size;
        private int align = 1;
        private boolean content;

        private Group(final String pattern, final LinkPlan.Access access) {
            executable = access == LinkPlan.Access.READ_EXECUTE;
            name = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        }

        String name() {
            return name;
        }

        boolean executable() {
            return executable;
        }

        List<Placed> members() {
            return members;
        }

        long address() {
            return address;
        }

        long size() {
            return size;
        }

        int align() {
            return align;
        }

        long end() {
            return address + size;
        }
    }

    /** A segment with its groups; {@code fileSize} bytes of it are stored, zeros follow. */
    record Segment(LinkPlan.Segment plan, long physical, long fileSize, long memorySize, List<Group> groups) {
        long virtual() {
            return plan.virtual();
        }

        /** Whether a group lies behind everything that is stored. */
        boolean isZeroFill(final Group group) {
            return group.address() - virtual() >= fileSize;
        }
    }

    List<Segment> segments() {
        return segments;
    }

    /** Finds where a section of an object went; {@code null} if the object has none of that name. */
    Placed find(final int object, final String section) {
        return placed.get(object).get(section);
    }

    /** The sections of an object, in its own order. */
    List<Placed> of(final int object) {
        final List<Placed> all = new ArrayList<>();
        for (final ObjectSection section : objects.get(object).sections()) {
            all.add(placed.get(object).get(section.name()));
        }
        return all;
    }

    private Segment place(final LinkPlan.Segment plan, final long previousEnd) {
        final long physical = plan.physical() == LinkPlan.Segment.AFTER_PREVIOUS
                ? roundUp(previousEnd, Elf.PAGE, plan.name()) : plan.physical();
        if ((physical ^ plan.virtual()) % Elf.PAGE != 0) {
            throw new LinkException("segment " + plan.name() + ": virtual and physical address differ inside a page: "
                    + "virtual=" + hex(plan.virtual()) + ", physical=" + hex(physical));
        }
        final List<Group> groups = new ArrayList<>();
        long end = plan.virtual();
        for (final String pattern : plan.sections()) {
            final Group group = new Group(pattern, plan.access());
            end = gather(group, pattern, end);
            if (!group.members.isEmpty()) {
                groups.add(group);
            }
        }
        long stored = plan.virtual();
        for (final Group group : groups) {
            if (group.content) {
                stored = group.end();
            }
        }
        final long memorySize = end - plan.virtual();
        if (physical < 0 || physical + memorySize < physical) {
            throw new LinkException("segment " + plan.name() + " does not fit below 2^63: physical=" + hex(physical)
                    + ", bytes=" + hex(memorySize));
        }
        totalStored += Math.min(stored - plan.virtual(), Elf.MAX_FILE);
        if (totalStored > Elf.MAX_FILE / 2) {
            throw new LinkException("segment " + plan.name() + " makes the file too large: content="
                    + hex(stored - plan.virtual()) + ", most=" + hex(Elf.MAX_FILE / 2));
        }
        return new Segment(plan, physical, stored - plan.virtual(), memorySize, groups);
    }

    private long gather(final Group group, final String pattern, final long start) {
        final boolean prefix = pattern.endsWith("*");
        long end = start;
        group.address = start;
        for (int i = 0; i < objects.size(); i++) {
            for (final ObjectSection section : objects.get(i).sections()) {
                final boolean matches = prefix ? section.name().startsWith(group.name) : section.name().equals(pattern);
                if (!matches || placed.get(i).containsKey(section.name())) {
                    continue;
                }
                final String where = objects.get(i).name() + ": " + section.name();
                final long address = roundUp(end, section.align(), where);
                if (group.members.isEmpty()) {
                    group.address = address;
                }
                final Placed result = new Placed(objects.get(i), section, address, group);
                end = address + section.size();
                if (Long.compareUnsigned(end, start) < 0 && end != 0) {
                    throw new LinkException(where + " runs over the end of the address space");
                }
                placed.get(i).put(section.name(), result);
                group.members.add(result);
                group.align = Math.max(group.align, section.align());
                group.content |= section.bytes().length > 0;
                group.size = end - group.address;
            }
        }
        return end;
    }

    private void refuseLeftovers() {
        for (int i = 0; i < objects.size(); i++) {
            for (final ObjectSection section : objects.get(i).sections()) {
                if (!placed.get(i).containsKey(section.name())) {
                    throw new LinkException(
                            objects.get(i).name() + ": " + section.name() + ": no segment takes this section");
                }
            }
        }
    }

    private void refuseOverlaps() {
        for (int i = 0; i < segments.size(); i++) {
            for (int j = 0; j < i; j++) {
                final Segment one = segments.get(j);
                final Segment other = segments.get(i);
                if (overlap(one.physical, one.memorySize, other.physical, other.memorySize)) {
                    throw new LinkException("segments " + one.plan.name() + " and " + other.plan.name()
                            + " overlap in physical memory: " + range(one.physical, one.memorySize) + " and "
                            + range(other.physical, other.memorySize));
                }
                if (overlap(one.virtual(), one.memorySize, other.virtual(), other.memorySize)) {
                    throw new LinkException("segments " + one.plan.name() + " and " + other.plan.name()
                            + " overlap in virtual memory: " + range(one.virtual(), one.memorySize) + " and "
                            + range(other.virtual(), other.memorySize));
                }
            }
        }
    }

    /** Whether two ranges share a byte; none of them wraps. */
    static boolean overlap(final long start, final long size, final long otherStart, final long otherSize) {
        return size != 0 && otherSize != 0
                && Long.compareUnsigned(start, otherStart + otherSize - 1) <= 0
                && Long.compareUnsigned(otherStart, start + size - 1) <= 0;
    }

    private static long roundUp(final long value, final long align, final String what) {
        final long rounded = value + align - 1 & -align;
        if (Long.compareUnsigned(rounded, value) < 0) {
            throw new LinkException(what + " runs over the end of the address space");
        }
        return rounded;
    }

    private static String range(final long start, final long size) {
        return hex(start) + ".." + hex(start + size - 1);
    }

    private static String hex(final long value) {
        return "0x" + Long.toHexString(value);
    }
}
