package ringside.toolchain.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RecordLayoutTest {
    @Test
    void fieldsStandAtMultiplesOfTheirAlignment() {
        final RecordLayout layout = RecordLayout.named("Thread")
                .u8("state").u32("priority").u64("stack").u16("cpu").build();
        assertEquals(0, layout.offset("state"));
        assertEquals(4, layout.offset("priority"));
        assertEquals(8, layout.offset("stack"));
        assertEquals(16, layout.offset("cpu"));
        assertEquals(24, layout.size(), "the size is a multiple of the alignment");
        assertEquals(8, layout.alignment());
    }

    @Test
    void packedLayoutHasNoGaps() {
        final RecordLayout tss = RecordLayout.named("Tss").packed()
                .u32("reserved0").array("rsp", 8, 3).expectOffset(28).u64("reserved1").array("ist", 8, 7).build();
        assertEquals(4, tss.offset("rsp"));
        assertEquals(36, tss.offset("ist"));
        assertEquals(92, tss.size());
    }

    @Test
    void recordsNestWithTheirOwnAlignment() {
        final RecordLayout slot = RecordLayout.named("Slot").u64("word").u8("full").build();
        final RecordLayout ring = RecordLayout.named("Ring")
                .u32("head").align(64).u32("tail").align(64).records("slots", slot, 4).build();
        assertEquals(64, ring.offset("tail"));
        assertEquals(128, ring.offset("slots"));
        assertEquals(64, ring.field("slots").size());
        assertEquals(192, ring.size());
        assertEquals(64, ring.alignment());
    }

    @Test
    void contradictionsAreRefusedByName() {
        final RecordLayout.Builder builder = RecordLayout.named("Frame").u64("rip");
        assertThrows(IllegalArgumentException.class, () -> builder.u64("rip"));
        assertThrows(IllegalArgumentException.class, () -> builder.u64("2rip"));
        assertThrows(IllegalArgumentException.class, () -> builder.u64("size"));
        assertThrows(IllegalArgumentException.class, () -> builder.array("a", 3, 1));
        assertThrows(IllegalArgumentException.class, () -> builder.array("a", 8, 0));
        final IllegalStateException wrong = assertThrows(IllegalStateException.class, () -> builder.expectOffset(9));
        assertEquals("Frame ends elsewhere: offset=8, expected=9", wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> builder.build().offset("rsp"));
        assertThrows(IllegalStateException.class, () -> RecordLayout.named("Empty").build());
    }
}
