package ringside.toolchain.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

class LinkerTest {
    private final GuestImage image = GuestImage.parse("fixture", Fixture.image());

    @Test
    void segmentsStandWhereThePlanPutsThem() {
        final List<ImageSegment> segments = image.segments();
        assertEquals(List.of(Fixture.BOOT, Fixture.KERNEL, Fixture.KERNEL + 0x10_0000, Fixture.USER),
                segments.stream().map(ImageSegment::virtual).toList());
        assertEquals(List.of(0x10_0000L, 0x10_1000L, 0x10_2000L, 0x10_5000L),
                segments.stream().map(ImageSegment::physical).toList(), "each follows the zero fill before it");
        assertEquals(24, segments.get(2).content().byteSize());
        assertEquals(24 + 0x2000, segments.get(2).memorySize(), "zero fill takes no room in the file");
        assertEquals(List.of(true, true, false, true), segments.stream().map(ImageSegment::execute).toList());
        assertEquals(List.of(false, false, true, false), segments.stream().map(ImageSegment::write).toList());
        assertEquals(address("kernel_entry"), image.entry());
        assertEquals(OptionalLong.of(Fixture.BOOT), image.pvhEntry());
    }

    @Test
    void holesHoldWhatTheAbiSays() {
        final long entry = address("kernel_entry");
        assertEquals(address("stack_top"), long64(image.memory(entry + 2, 8)));
        final int call = ByteBuffer.wrap(image.memory(entry + 11, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
        assertEquals(address("kernel_main"), entry + 15 + call);
        assertEquals(address("kernel_main"), long64(image.memory(address("table"), 8)));
        assertEquals(address("counter") + 4, long64(image.memory(address("table") + 8, 8)));
        assertArrayEquals(new byte[16], image.memory(address("stack") + 8, 16));
    }

    @Test
    void symbolsHaveSizesAndKinds() {
        assertEquals(32, symbol("kernel_entry").size(), "padding belongs to the routine before it");
        assertEquals(7, symbol("kernel_main").size());
        assertEquals(1, symbol("kernel_helper").size());
        assertEquals(8, symbol("counter").size());
        assertEquals(16, symbol("table").size());
        assertEquals(0x2000, symbol("stack").size());
        assertEquals(ObjectSymbol.Kind.FUNCTION, symbol("kernel_helper").kind());
        assertEquals(ObjectSymbol.Kind.LABEL, symbol("kernel_entry.halt").kind());
        assertEquals(ObjectSymbol.Kind.CONSTANT, symbol("data_end").kind());
        assertEquals(Fixture.KERNEL + 0x10_0000 + 24 + 0x2000, symbol("data_end").address());
        assertEquals(0x10_2000, symbol("data_load_start").address());
        assertEquals("kernel_entry+0xf", image.symbols().format(address("kernel_entry") + 15));
        assertEquals("kernel_main", image.symbols().format(address("kernel_main")));
        assertEquals("0x1234", image.symbols().format(0x1234));
    }

    @Test
    void probesComeOutByAddress() {
        assertEquals(List.of(
                new Probe("phase_entry", address("kernel_entry") + 10, List.of()),
                new Probe("tick", address("kernel_helper"), List.of("rdi", "rsi"))), image.probes());
    }

    @Test
    void linesNameTheFileOfEachByte() {
        final LineTable lines = image.lines();
        assertTrue(lines.problem().isEmpty(), lines.problem().toString());
        assertEquals("boot/entry.asm:10", at(Fixture.BOOT));
        assertEquals("include/macros.inc:3", at(Fixture.BOOT + 1));
        assertEquals("boot/entry.asm:400", at(Fixture.BOOT + 2));
        assertTrue(lines.at(Fixture.BOOT + 3).isEmpty());
        assertTrue(lines.at(address("counter")).isEmpty(), "data has no lines: no breakpoint may land in it");
        assertEquals("user/main.asm:8", at(Fixture.USER + 3));
        assertEquals("kernel/main.asm:30", at(address("kernel_helper")));
        assertTrue(at(address("generated_path")).startsWith("ringside/toolchain/image/Fixture.java:"));
        assertEquals(List.of(Fixture.BOOT), lines.addresses(new SourceLine("boot/entry.asm", 10)));
    }

    @Test
    void sameInputsGiveTheSameBytes() {
        assertArrayEquals(Fixture.image(), Fixture.image());
        assertEquals(image.sha256(), GuestImage.parse("again", Fixture.image()).sha256());
    }

    @Test
    void firstSegmentLiesWhereBootLoadersSearchForTheirHeader() {
        final byte[] bytes = Fixture.image();
        final byte[] first = image.memory(Fixture.BOOT, 3);
        assertArrayEquals(first, Arrays.copyOfRange(bytes, 0x1000, 0x1003));
    }

    @Test
    void whatCannotBeLinkedIsRefusedByName() {
        final CodeBuilder missing = new CodeBuilder();
        missing.global("start");
        missing.nop();
        missing.call("nowhere");
        final String message = refused(missing, "start");
        assertTrue(message.startsWith("unit: .text+0x2 (ringside/toolchain/image/LinkerTest.java:"), message);
        assertTrue(message.endsWith("): symbol nowhere is not defined"), message);

        final CodeBuilder entry = new CodeBuilder();
        entry.ret();
        assertEquals("symbol start, the entry of the image, is not defined", refused(entry, "start"));

        final CodeBuilder stray = new CodeBuilder();
        stray.section(".odd");
        stray.global("start");
        stray.db(1);
        assertEquals("unit: .odd: no segment takes this section", refused(stray, "start"));

        final CodeBuilder mark = new CodeBuilder();
        mark.global("code_end");
        mark.ret();
        assertEquals("unit: .text: symbol code_end is defined by its segment", refused(mark, "code_end"));
    }

    @Test
    void symbolHasOneDefinition() {
        final CodeBuilder one = new CodeBuilder();
        one.global("start");
        one.ret();
        final LinkException twice = assertThrows(LinkException.class,
                () -> Linker.link(high(null), List.of(one.build("one"), one.build("two"))));
        assertEquals("two: .text: symbol start is defined already in one: .text", twice.getMessage());
    }

    @Test
    void localsOfTwoObjectsDoNotMeet() {
        final CodeBuilder one = new CodeBuilder();
        one.global("start");
        one.mov(Reg64.RAX, "mine");
        one.local("mine");
        one.ret();
        final CodeBuilder two = new CodeBuilder();
        two.mov(Reg64.RAX, "mine");
        two.local("mine");
        two.ret();
        final GuestImage linked =
                GuestImage.parse("x", Linker.link(high(null), List.of(one.build("one"), two.build("two"))));
        assertEquals(linked.entry() + 10, long64(linked.memory(linked.entry() + 2, 8)));
        assertEquals(linked.entry() + 26, long64(linked.memory(linked.entry() + 18, 8)));
    }

    @Test
    void holesTooSmallAreRefused() {
        final CodeBuilder far = new CodeBuilder();
        far.global("start");
        far.mov(Reg32.EAX, Mem.table("start", Reg64.RAX, 8));
        final LinkPlan middle = new LinkPlan(List.of(Fixture.segment(
                "code", 0x1_0000_0000L, 0x10_0000, LinkPlan.Access.READ_EXECUTE, ".text")), "start", null);
        final LinkException signed = assertThrows(LinkException.class,
                () -> Linker.link(middle, List.of(far.build("unit"))));
        assertTrue(signed.getMessage().endsWith(
                "symbol start does not fit 32 bits, sign-extended: value=0x100000000"), signed.getMessage());

        final ObjectCode zero = new ObjectCode("unit", List.of(new ObjectSection(".text", 1, new byte[4], 0,
                List.of(new Relocation(0, Relocation.Kind.ABS32, "start", 0)), List.of())),
                List.of(new ObjectSymbol("start", ".text", 0, ObjectSymbol.Scope.GLOBAL, ObjectSymbol.Kind.LABEL)));
        assertEquals("unit: .text+0x0: symbol start does not fit 32 bits, zero-extended: value=0xffffffff80100000",
                assertThrows(LinkException.class, () -> Linker.link(high(null), List.of(zero))).getMessage());

        final ObjectCode outside = new ObjectCode("unit", List.of(new ObjectSection(".text", 1, new byte[4], 4,
                List.of(new Relocation(1, Relocation.Kind.PC32, "start", 0)), List.of())), zero.symbols());
        assertEquals("unit: .text+0x1: symbol start is wanted outside of the section's content",
                assertThrows(LinkException.class, () -> Linker.link(high(null), List.of(outside))).getMessage());

        final CodeBuilder pvh = new CodeBuilder();
        pvh.global("start");
        pvh.ret();
        assertEquals("symbol start, the PVH entry, needs a 32-bit address: 0xffffffff80100000",
                assertThrows(LinkException.class, () -> Linker.link(high("start"), List.of(pvh.build("u"))))
                        .getMessage());
    }

    @Test
    void segmentsMayNotOverlapOrDisagreeInsideAPage() {
        final CodeBuilder code = new CodeBuilder();
        code.global("start");
        code.ret();
        code.section(".data");
        code.dq(1);
        final List<ObjectCode> objects = List.of(code.build("unit"));
        final LinkPlan.Segment text = Fixture.segment("code", 0x1000, 0x1000, LinkPlan.Access.READ_EXECUTE, ".text");
        assertEquals("segments code and data overlap in physical memory: 0x1000..0x1000 and 0x1000..0x1007",
                assertThrows(LinkException.class, () -> Linker.link(new LinkPlan(List.of(text, Fixture.segment(
                        "data", 0x2000, 0x1000, LinkPlan.Access.READ_WRITE, ".data")), "start", null), objects))
                        .getMessage());
        assertEquals("segments code and data overlap in virtual memory: 0x1000..0x1000 and 0x1000..0x1007",
                assertThrows(LinkException.class, () -> Linker.link(new LinkPlan(List.of(text, Fixture.segment(
                        "data", 0x1000, 0x2000, LinkPlan.Access.READ_WRITE, ".data")), "start", null), objects))
                        .getMessage());
        assertTrue(assertThrows(LinkException.class, () -> Linker.link(new LinkPlan(List.of(text, Fixture.segment(
                "data", 0x2008, 0x3000, LinkPlan.Access.READ_WRITE, ".data")), "start", null), objects))
                .getMessage().startsWith("segment data: virtual and physical address differ inside a page"));
    }

    private static String refused(final CodeBuilder code, final String entry) {
        final LinkPlan plan = new LinkPlan(List.of(Fixture.segment(
                "code", 0x1000, 0x1000, LinkPlan.Access.READ_EXECUTE, ".text")), entry, null);
        return assertThrows(LinkException.class, () -> Linker.link(plan, List.of(code.build("unit")))).getMessage();
    }

    private static LinkPlan high(final String pvhEntry) {
        return new LinkPlan(List.of(Fixture.segment("code", 0xffff_ffff_8010_0000L, 0x10_0000,
                LinkPlan.Access.READ_EXECUTE, ".text")), "start", pvhEntry);
    }

    private ImageSymbol symbol(final String name) {
        return image.symbols().byName(name).orElseThrow(() -> new AssertionError(name));
    }

    private long address(final String name) {
        return symbol(name).address();
    }

    private String at(final long address) {
        return image.lines().at(address).map(SourceLine::toString).orElse("nothing");
    }

    private static long long64(final byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
