package ringside.toolchain.image;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The section headers of an ELF file as multiboot loaders hand them to a kernel: every section is in memory, also those
 * that no segment brings (symbols, names, debugging information), and its header says where. Immutable.
 */
public final class SectionTable {
    private static final int ADDRESS_64 = 16;
    private static final int ADDRESS_32 = 12;

    private final boolean wide;
    private final byte[] headers;
    private final int count;
    private final int names;
    private final List<Unloaded> unloaded = new ArrayList<>();
    private final long bytes;

    SectionTable(
            final byte[] file, final boolean wide, final List<ElfSections.Section> sections, final byte[] headers,
            final int names) {
        this.wide = wide;
        this.headers = headers;
        this.names = names;
        count = sections.size();
        long sum = 0;
        for (int i = 0; i < count; i++) {
            final ElfSections.Section s = sections.get(i);
            if (s.address() == 0 && s.size() != 0 && s.type() != Elf.SHT_NOBITS && s.type() != Elf.SHT_NULL) {
                final ByteReader content = new ByteReader(file, "section " + i, s.offset(), s.size());
                unloaded.add(new Unloaded(i, MemorySegment.ofArray(file)
                        .asSlice(content.position(), content.remaining()).asReadOnly()));
                sum += s.size();
            }
        }
        bytes = sum;
    }

    /**
     * A section that no segment brings.
     *
     * @param index   its header's
     * @param content read-only view of the stored bytes
     */
    public record Unloaded(int index, MemorySegment content) {
    }

    /** {@return how many headers there are, 1 to 65,535} */
    public int count() {
        return count;
    }

    /** {@return bytes of a header: 64 in ELF64 files, 40 in ELF32 files} */
    public int entrySize() {
        return headers.length / count;
    }

    /** {@return the index of the section that holds the sections' names} */
    public int names() {
        return names;
    }

    /** {@return the sections that no segment brings, in the order of their headers} */
    public List<Unloaded> unloaded() {
        return List.copyOf(unloaded);
    }

    /** {@return bytes of all unloaded sections together; may be more than the file has, where they overlap} */
    public long unloadedBytes() {
        return bytes;
    }

    /**
     * Copies the headers as they are when the unloaded sections have places.
     *
     * @param addresses of {@link #unloaded()}, in that order, physical, below 4 GiB
     * @return {@code count * entrySize} bytes
     */
    public byte[] headers(final long... addresses) {
        if (addresses.length != unloaded.size()) {
            throw new IllegalArgumentException("one address a section: addresses=" + addresses.length + " sections="
                    + unloaded.size());
        }
        final ByteBuffer copy = ByteBuffer.wrap(headers.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < addresses.length; i++) {
            final int header = unloaded.get(i).index() * entrySize();
            if (wide) {
                copy.putLong(header + ADDRESS_64, addresses[i]);
            } else {
                copy.putInt(header + ADDRESS_32, (int) addresses[i]);
            }
        }
        return copy.array();
    }
}
