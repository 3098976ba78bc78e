package ringside.console.gdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.image.GuestImage;

/** What gdb's remote protocol asks of a stub ("Debugging with GDB", appendix E). */
class GdbProtocolTest {
    private static final int ROUNDS = 20;
    private static final GuestImage GUEST = GdbGuest.counting(ROUNDS);
    private static final int RBX = 3;
    private static final int XMM1 = RegisterLayout.VECTORS + 1;

    private static long symbol(final String name) {
        return GUEST.symbols().byName(name).orElseThrow().address();
    }

    private static String hex(final long number) {
        return Long.toHexString(number);
    }

    private static String little(final long value) {
        return Hex.of(Hex.little(value, Long.BYTES));
    }

    /** {@return a long document, read in pieces} */
    private static String transfer(final GdbPeer peer, final String object) {
        final StringBuilder document = new StringBuilder();
        String piece;
        do {
            piece = peer.ask("qXfer:" + object + ":" + hex(document.length()) + ",200");
            document.append(piece.substring(1));
        } while (piece.startsWith("m"));
        assertTrue(piece.startsWith("l"), piece);
        return document.toString();
    }

    @Test
    void serverSaysWhatItCan() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final String can = peer.ask("qSupported:multiprocess+;swbreak+;hwbreak+;vContSupported+");
            final Matcher size = Pattern.compile("PacketSize=(\\p{XDigit}+);").matcher(can);
            assertTrue(size.find() && Integer.parseInt(size.group(1), 16) >= 0x4000, can);
            for (final String feature : List.of("QStartNoAckMode+", "qXfer:features:read+", "qXfer:threads:read+",
                    "qXfer:memory-map:read+", "swbreak+", "hwbreak+", "ReverseStep+", "ReverseContinue+",
                    "ConditionalBreakpoints+", "binary-upload+")) {
                assertTrue(List.of(can.split(";")).contains(feature), can);
            }
            assertEquals("vCont;c;C;s;S;t;r", peer.ask("vCont?"));
            assertEquals("1", peer.ask("qAttached"));
            assertEquals("QC1", peer.ask("qC"));
            assertEquals("m1", peer.ask("qfThreadInfo"));
            assertEquals("l", peer.ask("qsThreadInfo"));
            assertEquals("", peer.ask("vMustReplyEmpty"));
            assertEquals("", peer.ask("qNobodyKnows"));
        }
    }

    @Test
    void registersStandInQemusOrderAndAreAsWideAsTheDescriptionSays() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final Map<Integer, String> names = new TreeMap<>();
            final Matcher register = Pattern.compile(
                    "<reg name=\"(\\w+)\" bitsize=\"(\\d+)\" type=\"\\w+\" regnum=\"(\\d+)\"")
                    .matcher(transfer(peer, "features:read:target.xml"));
            int digits = 0;
            while (register.find()) {
                final int number = Integer.parseInt(register.group(3));
                names.put(number, register.group(1));
                final int wide = Integer.parseInt(register.group(2)) / 4;
                assertEquals(wide, peer.ask("p" + Integer.toHexString(number)).length(), register.group(1));
                digits += wide;
            }
            assertEquals("rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 rip eflags cs ss ds es fs gs "
                    + "fs_base gs_base k_gs_base cr0 cr2 cr3 cr4 cr8 efer st0 st1 st2 st3 st4 st5 st6 st7 fctrl fstat "
                    + "ftag fiseg fioff foseg fooff fop xmm0 xmm1 xmm2 xmm3 xmm4 xmm5 xmm6 xmm7 xmm8 xmm9 xmm10 xmm11 "
                    + "xmm12 xmm13 xmm14 xmm15 mxcsr", String.join(" ", List.copyOf(names.values()).subList(0, 66)));
            assertTrue(names.values().containsAll(List.of("gdtr_base", "idtr_limit", "ldtr", "tr_base", "star", "lstar",
                    "dr7")), names.toString());
            assertEquals(names.size(), names.keySet().stream().mapToInt(number -> number).max().orElse(0) + 1);
            assertEquals(digits, peer.ask("g").length());
            assertEquals("E01", peer.ask("p" + Integer.toHexString(names.size())));
        }
    }

    @Test
    void otherDocumentsTellThreadsAndMemory() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            assertTrue(transfer(peer, "threads:read:").contains(
                    "<thread id=\"1\" core=\"0\" name=\"cpu0\">runs, next at start</thread>"));
            final String canonical = transfer(peer, "memory-map:read:");
            assertTrue(canonical.contains("<memory type=\"ram\" start=\"0x0\" length=\"0x800000000000\"/>\n"
                    + "<memory type=\"ram\" start=\"0xffff800000000000\" length=\"0x800000000000\"/>"), canonical);
            assertEquals("OK", peer.ask("Qqemu.PhyMemMode:1"));
            final String physical = transfer(peer, "memory-map:read:");
            assertTrue(physical.contains("<memory type=\"ram\" start=\"0x0\" length=\"0x" + hex(GdbGuest.RAM)
                    + "\"/>\n</memory-map>"), physical);
            assertEquals("E16", peer.ask("qXfer:features:read:another.xml:0,100"));
            assertEquals("l", peer.ask("qXfer:memory-map:read::fffff,100"));
            assertEquals("", peer.ask("qXfer:auxv:read::0,100"));
        }
    }

    @Test
    void breakpointStopsBeforeItsInstructionEachTimeAndBack() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final String routine = hex(symbol("routine"));
            assertEquals("OK", peer.ask("Z0," + routine + ",1"));
            for (int i = 0; i < ROUNDS; i++) {
                final String stop = peer.ask("vCont;c");
                assertTrue(stop.startsWith("T05thread:1;swbreak:;"), stop);
                assertTrue(stop.contains("10:" + little(symbol("routine")) + ";"), stop);
                assertEquals(little(i), peer.ask("m" + hex(GdbGuest.COUNTER) + ",8"));
            }
            assertEquals("OK", peer.ask("Z1," + routine + ",1"));
            assertEquals("OK", peer.ask("z0," + routine + ",1"));
            for (int i = ROUNDS - 2; i >= 0; i--) {
                final String stop = peer.ask("bc");
                assertTrue(stop.startsWith("T05thread:1;hwbreak:;"), stop);
                assertEquals(symbol("routine"), peer.rip());
                assertEquals(little(i), peer.ask("m" + hex(GdbGuest.COUNTER) + ",8"));
            }
            assertTrue(peer.ask("bc").startsWith("T05thread:1;replaylog:begin;"));
            assertEquals(GdbGuest.START, peer.rip());
            assertEquals("OK", peer.ask("z1," + routine + ",1"));
            assertTrue(peer.ask("c").startsWith("T05thread:1;replaylog:end;"));
            assertEquals("done\n", stand.console());
            assertTrue(peer.ask("c").startsWith("T05thread:1;replaylog:end;"));
            assertTrue(peer.ask("bc").startsWith("T05thread:1;replaylog:begin;"));
            assertTrue(peer.ask("C05").startsWith("T05thread:1;replaylog:end;"));
            assertEquals("done\n", stand.console(), "a text is said once, however often it is passed");
        }
    }

    @Test
    void breakpointWithConditionsStopsWhereOneOfThemHoldsAndBack() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final String set = "Z0," + hex(symbol("routine")) + ",1";
            // $rax == 5, and *(long *) COUNTER == 7.
            assertEquals("OK", peer.ask(set + ";X7,26000022051327Xa,24003000001a22071327"));
            for (final int round : new int[] {5, 7}) {
                assertTrue(peer.ask("c").startsWith("T05thread:1;swbreak:;"));
                assertEquals(symbol("routine"), peer.rip());
                assertEquals(little(round), peer.ask("m" + hex(GdbGuest.COUNTER) + ",8"));
            }
            assertTrue(peer.ask("c").startsWith("T05thread:1;replaylog:end;"));
            assertEquals("OK", peer.ask(set + ";X7,26000022061327"), "set again it has another one");
            assertTrue(peer.ask("bc").startsWith("T05thread:1;swbreak:;"));
            assertEquals(little(6), peer.ask("m" + hex(GdbGuest.COUNTER) + ",8"));
            assertEquals("OK", peer.ask(set));
            assertTrue(peer.ask("c").startsWith("T05thread:1;swbreak:;"), "set without, it always stops");
            assertEquals(little(7), peer.ask("m" + hex(GdbGuest.COUNTER) + ",8"));
        }
    }

    @ParameterizedTest
    @CsvSource({"220127,true", "220027,false", "22FF160822FF1327,false", "22FF160825FFFFFFFFFFFFFFFF1327,true",
        "23FFFF2A0822FF1327,true", "220322040222071327,true", "220322040324FFFFFFFF16201327,true",
        "220322040422 0C1327,true", "25FFFFFFFFFFFFFFF9 2202 05 2200 1427,true",
        "25FFFFFFFFFFFFFFF9220205 25FFFFFFFFFFFFFFFD 1327,true", "25FFFFFFFFFFFFFFFF220206 257FFFFFFFFFFFFFFF1327,true",
        "22072204 07 2203 1327,true", "25FFFFFFFFFFFFFFFF220A08 22051327,true", "2201 2240 09 0E27,true",
        "25FFFFFFFFFFFFFFFF2204 0A 25FFFFFFFFFFFFFFFF 1327,true", "25FFFFFFFFFFFFFFFF 223C 0B 220F 1327,true",
        "220C 220A 0F 2208 1327,true", "220C 220A 10 220E 1327,true", "220C 220A 11 2206 1327,true",
        "2200 12 25FFFFFFFFFFFFFFFF 1327,true", "25FFFFFFFFFFFFFFFF 2201 14 27,true",
        "25FFFFFFFFFFFFFFFF 2201 15 27,false", "2201 28 1327,true", "2201 2200 29 27,true", "2200 2201 2B 27,false",
        "2201 200008 2200 27 2201 27,true", "2200 200008 2200 27 2201 27,false", "2201 210005 27,true",
        "260007 2400280000 13 27,true", "2400300000 1A 2200 13 27,true", "2400300000 19 2200 13 27,true",
        "2400300000 18 2200 13 27,true",
        "2201 2200 05 27,true", "25FFFF80000000000017 27,true"})
    void operationsOfConditionsAreThoseOfTheManual(final String expression, final boolean holds) {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final String code = expression.replace(" ", "").toLowerCase(Locale.ROOT);
            assertEquals("OK", peer.ask("Z1," + hex(symbol("again")) + ",1;X" + hex(code.length() / 2) + "," + code));
            final String stop = peer.ask("c");
            assertTrue(stop.startsWith(holds ? "T05thread:1;hwbreak:;" : "T05thread:1;replaylog:end;"), stop);
        }
    }

    @Test
    void watchpointStopsBehindItsAccessAndBackBeforeIt() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final String counter = hex(GdbGuest.COUNTER);
            assertEquals("OK", peer.ask("Z2," + counter + ",8"));
            for (int i = 0; i < 5; i++) {
                final String stop = peer.ask("c");
                assertTrue(stop.startsWith("T05thread:1;watch:" + counter + ";"), stop);
                assertEquals(little(i), peer.ask("m" + counter + ",8"));
            }
            for (int i = 3; i >= 0; i--) {
                assertTrue(peer.ask("bc").startsWith("T05thread:1;watch:" + counter + ";"));
                assertEquals(symbol("routine"), peer.rip());
                assertEquals(little(i), peer.ask("m" + counter + ",8"));
            }
            final String stepped = peer.ask("s");
            assertTrue(stepped.startsWith("T05thread:1;watch:" + counter + ";"), "a step tells it too: " + stepped);
            assertEquals("OK", peer.ask("z2," + counter + ",8"));
            assertEquals("OK", peer.ask("Z3," + hex(GdbGuest.COUNTER + 4) + ",2"));
            assertTrue(peer.ask("c").startsWith("T05thread:1;rwatch:" + hex(GdbGuest.COUNTER + 4) + ";"));
            assertEquals(1, peer.register(0), "behind the load");
            assertEquals("OK", peer.ask("z3," + hex(GdbGuest.COUNTER + 4) + ",2"));
            assertEquals("OK", peer.ask("Z4," + hex(GdbGuest.STACK - 8) + ",8"));
            assertTrue(peer.ask("c").startsWith("T05thread:1;awatch:" + hex(GdbGuest.STACK - 8) + ";"));
            final int call = 5;
            assertEquals(symbol("again") + call, peer.rip(), "behind the return");
            assertEquals("E01", peer.ask("Z2," + counter + ",0"));
            assertEquals("", peer.ask("Z5," + counter + ",1"));
        }
    }

    @Test
    void stepsAreSingleInstructionsForwardAndBack() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final List<Long> places = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                places.add(peer.rip());
                assertTrue(peer.ask("vCont;s:1;c").startsWith("T05thread:1;10") || peer.rip() != 0);
            }
            assertTrue(places.contains(symbol("routine")) && places.contains(symbol("again")), places.toString());
            for (final long place : places.reversed()) {
                assertTrue(peer.ask("bs").startsWith("T05thread:1;"));
                assertEquals(place, peer.rip());
            }
            assertTrue(peer.ask("bs").startsWith("T00thread:1;06:"));
        }
    }

    @Test
    void stepsWhereTheHistoryEndsSayWhyInWordsAndNotThatThereIsNoMoreOfIt() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            assertTrue(peer.ask("c").startsWith("T05thread:1;replaylog:end;"));
            assertEquals("the run is over: the guest exited with code 0\n", peer.told());
            for (final String step : List.of("s", "vCont;s:1;c", "vCont;r0,ffffffff:1")) {
                assertTrue(peer.ask(step).startsWith("T00thread:1;06:"), step);
                assertEquals("the run is over: the guest exited with code 0\n", peer.told());
            }
            assertTrue(peer.ask("bs").startsWith("T05thread:1;06:"));
            assertEquals("", peer.told());
            assertTrue(peer.ask("s").startsWith("T05thread:1;06:"), "the last step is one");
            assertTrue(peer.ask("bc").startsWith("T05thread:1;replaylog:begin;"));
            assertEquals("the history begins here\n", peer.told());
            assertTrue(peer.ask("bs").startsWith("T00thread:1;06:"));
            assertEquals("the history begins here\n", peer.told());
        }
    }

    @Test
    void rangeIsLeftInOneStep() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            assertTrue(peer.ask("vCont;r" + hex(GdbGuest.START) + "," + hex(symbol("again")) + ":1;c")
                    .startsWith("T05thread:1;"));
            assertEquals(symbol("again"), peer.rip());
            assertTrue(peer.ask("vCont;r" + hex(symbol("again")) + "," + hex(symbol("again") + 1) + ":1;c")
                    .startsWith("T05thread:1;"));
            assertEquals(symbol("routine"), peer.rip());
            final String whole = "vCont;r" + hex(GdbGuest.START) + "," + hex(GdbGuest.START + 0x1000) + ":1;c";
            assertEquals("OK", peer.ask("Z0," + hex(symbol("again")) + ",1"));
            assertTrue(peer.ask(whole).startsWith("T05thread:1;swbreak:;"), "breakpoints count on the way");
            assertEquals("OK", peer.ask("z0," + hex(symbol("again")) + ",1"));
            assertTrue(peer.ask(whole).startsWith("T05thread:1;06:"), "a step ends where the run does");
            assertTrue(peer.ask(whole).startsWith("T00thread:1;06:"), "from there it goes nowhere");
            assertEquals("E01", peer.ask("vCont;r12:1"));
        }
    }

    @Test
    void rangeIsLeftWhereItBeginsWithinABlockThatGoesOnBehindIt() {
        final GuestImage straight = GdbGuest.image(code -> {
            for (final String name : List.of("first", "second", "third")) {
                code.global(name);
                code.inc(Reg32.EAX);
            }
            code.global("last");
            code.hlt();
        });
        try (GdbStand stand = new GdbStand(straight); GdbPeer peer = stand.connect()) {
            final long second = straight.symbols().byName("second").orElseThrow().address();
            final long third = straight.symbols().byName("third").orElseThrow().address();
            assertTrue(peer.ask("s").startsWith("T05thread:1;"));
            assertEquals(second, peer.rip());
            peer.ask("vCont;r" + hex(second) + "," + hex(third) + ":1;c");
            assertEquals(third, peer.rip());
        }
    }

    @Test
    void whatIsWrittenIsFoundByTheGuestAndChangesWhatComes() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            assertEquals("OK", peer.ask("Z0," + hex(symbol("routine")) + ",1"));
            peer.ask("c");
            assertEquals("OK", peer.ask("M" + hex(GdbGuest.COUNTER) + ",8:" + little(ROUNDS - 2)));
            assertEquals("OK", peer.ask("P3=" + little(0x1234_5678_9ABCL)));
            assertTrue(peer.ask("c").startsWith("T05thread:1;swbreak"));
            assertEquals(0x1234_5678_9ABCL, peer.register(RBX));
            assertTrue(peer.ask("c").startsWith("T05thread:1;replaylog:end;"), "there were two rounds left");
            assertTrue(peer.ask("bc").startsWith("T05thread:1;swbreak"));
            assertEquals(0x1234_5678_9ABCL, peer.register(RBX));
            peer.ask("bc");
            assertTrue(peer.ask("bc").startsWith("T05thread:1;replaylog:begin;"));
            assertEquals("0:0\n", peer.monitor("position"));
            assertEquals(0, peer.register(RBX), "the past is as it was");
            peer.ask("c");
            peer.ask("c");
            assertEquals(0x1234_5678_9ABCL, peer.register(RBX), "and the change is part of what comes");
        }
    }

    @Test
    void registersAreSetOneByOneOrAllAtOnce() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            for (final int number : new int[] {0, 7, RegisterLayout.BASES, RegisterLayout.BASES + 2,
                RegisterLayout.CONTROL + 1, RegisterLayout.RIP}) {
                assertEquals("OK", peer.ask("P" + Integer.toHexString(number) + "=" + little(0x7FFF_1234L + number)));
                assertEquals(0x7FFF_1234L + number, peer.register(number));
            }
            final String vector = "00112233445566778899aabbccddeeff";
            assertEquals("OK", peer.ask("P" + Integer.toHexString(XMM1) + "=" + vector));
            assertEquals(vector, peer.ask("p" + Integer.toHexString(XMM1)));
            final String pi = "35c26821a2da0fc90040";
            assertEquals("OK", peer.ask("P" + Integer.toHexString(RegisterLayout.STACK + 2) + "=" + pi));
            assertEquals(pi, peer.ask("p" + Integer.toHexString(RegisterLayout.STACK + 2)));
            final String all = peer.ask("g");
            final String changed = "efcdab8967452301" + all.substring(16);
            assertEquals("OK", peer.ask("G" + changed));
            assertEquals(changed, peer.ask("g"));
            assertEquals("E01", peer.ask("G" + all.substring(2)));
            assertEquals("E16", peer.ask("P1b=" + little(0)), "CR0");
            assertEquals("E16", peer.ask("P10=" + little(1L << 47)), "no canonical RIP");
            assertEquals("E16", peer.ask("P11=02000200"), "VM would be another mode");
            assertEquals("E01", peer.ask("P10=00"));
            assertEquals(changed, peer.ask("g"), "what is refused changes nothing");
        }
    }

    @Test
    void memoryIsReadAndWrittenAcrossPagesAndEndsWhereRamEnds() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final long edge = GdbGuest.SPARE + 0xFFE;
            assertEquals("OK", peer.ask("X" + hex(edge) + ",4:a#}*"));
            assertEquals(Hex.of("a#}*"), peer.ask("m" + hex(edge) + ",4"));
            assertEquals("ba#}*", peer.ask("x" + hex(edge) + ",4"));
            assertEquals("OK", peer.ask("X" + hex(edge) + ",0:"));
            assertEquals("00000000", peer.ask("m" + hex(GdbGuest.RAM - 4) + ",10"), "as much as there is");
            assertEquals("E0e", peer.ask("m" + hex(GdbGuest.RAM) + ",1"));
            assertEquals("E0e", peer.ask("M" + hex(GdbGuest.RAM - 1) + ",2:0102"));
            assertEquals("00", peer.ask("m" + hex(GdbGuest.RAM - 1) + ",1"), "all or nothing");
            assertEquals("E0e", peer.ask("mffff800000000000,8"));
            assertEquals("E01", peer.ask("m12"));
            assertEquals("E01", peer.ask("M" + hex(edge) + ",2:01"));
            assertEquals("0", peer.ask("qqemu.PhyMemMode"));
            assertEquals("OK", peer.ask("Qqemu.PhyMemMode:1"));
            assertEquals("1", peer.ask("qqemu.PhyMemMode"));
            assertEquals(Hex.of("a#}*"), peer.ask("m" + hex(edge) + ",4"));
        }
    }

    @Test
    void memoryIsSearchedAndSummed() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final long edge = GdbGuest.SPARE + 0xFFD;
            peer.ask("X" + hex(edge) + ",9:123456789");
            assertEquals("C376e6e7", peer.ask("qCRC:" + hex(edge) + ",9"), "the check value of CRC-32/MPEG-2");
            assertEquals("1," + hex(edge + 2),
                    peer.ask("qSearch:memory:" + hex(GdbGuest.SPARE) + ";2000;34567"));
            assertEquals("0", peer.ask("qSearch:memory:" + hex(GdbGuest.SPARE) + ";1000;34567"));
            assertEquals("E0e", peer.ask("qSearch:memory:" + hex(GdbGuest.SPARE) + ";10000000;no such text"));
            assertEquals("E16", peer.ask("qCRC:0,ffffffffffffffff"));
        }
    }

    @Test
    void monitorSaysWhatThereAreNoPacketsFor() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            assertTrue(peer.monitor("help").contains("who-wrote ADDR"));
            assertEquals("0:0\n", peer.monitor("position"));
            assertEquals("20:0\n", peer.monitor("goto 20"));
            assertEquals("20:0\n", peer.monitor("position"));
            assertTrue(peer.monitor("cycles").startsWith("20 steps, 20 instructions, 20 cycles\n"));
            final String writer = peer.monitor("who-wrote 0x" + hex(GdbGuest.COUNTER));
            assertTrue(writer.matches("\\d+:0 0x" + hex(symbol("routine")) + " routine( .*)?\n"), writer);
            assertEquals("20:0\n", peer.monitor("position"));
            assertEquals("nobody since the start: it was loaded\n", peer.monitor("who-wrote routine 1"));
            assertEquals("no memory: p:0x" + hex(GdbGuest.RAM) + "\n",
                    peer.monitor("who-wrote p:0x" + hex(GdbGuest.RAM)));
            assertEquals("a position is STEP or STEP:CPU: 'x'\n", peer.monitor("goto x"));
            assertEquals("?else here\n", peer.monitor("else here"));
            peer.ask("c");
            final String end = peer.monitor("position");
            assertTrue(end.matches("\\d+:0\nthe guest exited with code 0\n"), end);
            assertEquals(end, peer.monitor("goto 999999"));
            assertEquals("E01", peer.ask("qRcmd,0"));
        }
    }

    @Test
    void breakpointInAnotherAddressSpaceIsPassed() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final long root = peer.register(RegisterLayout.CONTROL + 2);
            assertEquals("", peer.monitor("break routine in 0x" + hex(root + 0x1000)));
            assertTrue(peer.monitor("breaks").endsWith(" in 0x" + hex(root + 0x1000) + " routine\n"));
            assertTrue(peer.ask("c").startsWith("T05thread:1;replaylog:end;"));
            assertTrue(peer.ask("bc").startsWith("T05thread:1;replaylog:begin;"));
            assertEquals("", peer.monitor("break routine"));
            assertTrue(peer.monitor("breaks").matches("(?s).*0x\\p{XDigit}+ routine\n.*"), "in every space");
            assertTrue(peer.ask("c").startsWith("T00thread:1;06:"), "gdb would pass by one that it does not know of");
            assertTrue(peer.told().matches("breakpoint at 0x\\p{XDigit}+ routine\n"), peer.told());
            assertEquals(symbol("routine"), peer.rip());
            assertEquals("", peer.monitor("delete routine"));
            assertEquals("no such breakpoint: see breaks\n", peer.monitor("delete routine"));
            assertTrue(peer.ask("c").startsWith("T05thread:1;replaylog:end;"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hx1", "Hg2", "T7", "p", "pzz", "Z0", "Z0,zz,1", "m,", "mzzz,1", "M0,1", "vCont;q",
        "vCont;", "qCRC:1", "qSearch:memory:0;1", "X0,ffff:x", "P0", "Gzz", "qThreadExtraInfo,99",
        "Qqemu.PhyMemMode:7", "Qqemu.sstep=0", "Qqemu.sstep=0x9", "Qqemu.sstep=", "Qqemu.sstep=zz",
        "Z0,100000,1;X", "Z0,100000,1;X3", "Z0,100000,1;X3,", "Z0,100000,1;X4,220127", "Z0,100000,1;X3,22012",
        "Z0,100000,1;X0,", "Z0,100000,1;X2,2201", "Z0,100000,1;X1,27", "Z0,100000,1;X2,0127", "Z0,100000,1;X1,22",
        "Z0,100000,1;X6,220121000027", "Z0,100000,1;X6,22012000ff27", "Z0,100000,1;X8,2201210006220127",
        "Z0,100000,1;X4,26ffff27", "Z0,100000,1;X4,26002127", "Z0,100000,1;X5,2201164127", "Z0,100000,1;X4,2c000027",
        "Z0,100000,1;X3,0c2727", "Z0,100000,1;Xffffffff,22", "Z0,100000,1;cmds:0,X3,220127",
        "Z2,100000,8;X3,220127", "z0,100000,1;X3,220127", "Z0,100000,1;?"})
    void whatCannotBeIsAnErrorAndNothingElse(final String packet) {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            final String before = peer.ask("g");
            assertTrue(peer.ask(packet).matches("E(01|0e|16)"), packet);
            assertEquals(before, peer.ask("g"));
        }
    }

    @Test
    void damagedPacketsAreAskedForAgainAndRepliesRepeated() {
        try (GdbStand stand = new GdbStand(GUEST); GdbPeer peer = stand.connect()) {
            peer.raw("$qC#00");
            peer.expect('-');
            assertEquals("QC1", peer.ask("qC"));
            peer.raw("-");
            assertEquals("QC1", peer.reply());
            peer.raw("$qAtt$qC#b4");
            peer.expect('+');
            assertEquals("QC1", peer.reply());
            peer.raw("$" + "m".repeat(3 * PacketReader.MOST) + "#00");
            peer.expect('-');
            peer.stopAcknowledging();
            assertEquals("QC1", peer.ask("qC"));
            peer.raw("$qC#00");
            assertEquals("E01", peer.reply());
            assertNotEquals("", peer.ask("g"));
        }
    }
}
