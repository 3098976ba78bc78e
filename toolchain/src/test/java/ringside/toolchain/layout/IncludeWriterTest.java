package ringside.toolchain.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IncludeWriterTest {
    @Test
    void textHasOneConstantALine() {
        final String text = new IncludeWriter("ringside.kernel.abi.KernelAbi")
                .add(Constants.group("Calls").decimal("SYS_NULL", 0, "").hex("BASE", 0xffffffff80000000L, "virtual")
                        .build())
                .add(RecordLayout.named("Thread").u64("stack").array("regs", 8, 16).build())
                .text();
        assertEquals("""
                ; Generated from ringside.kernel.abi.KernelAbi - do not edit.

                ; Calls
                SYS_NULL                        equ     0
                BASE                            equ     0xffffffff80000000      ; virtual

                ; Thread: 136 bytes, aligned to 8
                Thread_stack                    equ     0x0                     ; u64
                Thread_regs                     equ     0x8                     ; u64[16]
                Thread_size                     equ     0x88                    ; bytes
                """, text);
    }

    @Test
    void nameInTwoGroupsIsRefused() {
        final IncludeWriter writer = new IncludeWriter("x").add(RecordLayout.named("T").u8("a").build());
        final Constants again = Constants.group("again").decimal("T_a", 1, "").build();
        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> writer.add(again));
        assertEquals("a constant is declared once: name=T_a", refused.getMessage());
    }
}
