package ringside.console.gdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Packets that ask or set something in general: those that begin with q or Q, but for the transport's own. */
final class Queries {
    private static final int REPLY = PacketReader.MOST / 2 - 64;
    private static final String SUPPORTED = "PacketSize=" + Integer.toHexString(PacketReader.MOST)
            + ";QStartNoAckMode+;qXfer:features:read+;qXfer:threads:read+;qXfer:memory-map:read+;swbreak+;hwbreak+;"
            + "vContSupported+;ReverseStep+;ReverseContinue+;ConditionalBreakpoints+;binary-upload+";
    private static final String SET_STEPS = "Qqemu.sstep=";

    private final Target target;
    private final Talk talk;
    private final Runnable taken;

    /** Replies that come before the last one. */
    interface Talk {
        /**
         * Sends one.
         *
         * @param payload of it
         */
        void say(String payload);
    }

    /**
     * Makes it.
     *
     * @param target what is asked about
     * @param talk   takes replies that come before the last one
     * @param taken  told that what ^C was for is over
     */
    Queries(final Target target, final Talk talk, final Runnable taken) {
        this.target = target;
        this.talk = talk;
        this.taken = taken;
    }

    /**
     * {@return the reply; empty for what is not known here}
     *
     * @param packet whole
     */
    String answer(final String packet) {
        final int end = IntStream.range(0, packet.length()).filter(i -> ":,;".indexOf(packet.charAt(i)) >= 0)
                .findFirst().orElse(packet.length());
        final String rest = packet.substring(Math.min(packet.length(), end + 1));
        if (packet.startsWith(SET_STEPS)) {
            return steps(packet.substring(SET_STEPS.length()));
        }
        return switch (packet.substring(0, end)) {
            case "qSupported" -> SUPPORTED;
            case "qAttached" -> "1";
            case "qC" -> "QC" + Integer.toHexString(target.general() + 1);
            case "qfThreadInfo" -> "m" + IntStream.rangeClosed(1, target.cpus()).mapToObj(Integer::toHexString)
                    .collect(Collectors.joining(","));
            case "qsThreadInfo" -> "l";
            case "qThreadExtraInfo" -> Hex.of(target.states().get(cpu(rest)));
            case "qSymbol", "QThreadSuffixSupported" -> packet.startsWith("qSymbol") ? "OK" : "";
            case "qRcmd" -> monitor(rest);
            case "qCRC" -> checksum(rest);
            case "qSearch" -> search(rest);
            case "qXfer" -> transfer(rest);
            case "qqemu.Supported" -> "sstepbits;sstep;PhyMemMode";
            case "qqemu.sstepbits" -> String.format("ENABLE=%x,NOIRQ=%x,NOTIMER=%x", StepMode.ENABLE, StepMode.NOIRQ,
                    StepMode.NOTIMER);
            case "qqemu.sstep" -> String.format("0x%x", target.motion().stepMode().bits());
            case "qqemu.PhyMemMode" -> target.isPhysical() ? "1" : "0";
            case "Qqemu.PhyMemMode" -> physical(rest);
            default -> "";
        };
    }

    /** {@return the vCPU that a thread's number names} */
    int cpu(final String thread) {
        final long number = Hex.number(thread);
        if (number < 1 || number > target.cpus()) {
            throw PacketException.notPossible("no thread " + thread);
        }
        return (int) number - 1;
    }

    private String physical(final String value) {
        if (!value.equals("0") && !value.equals("1")) {
            throw PacketException.malformed("on or off: 1 or 0");
        }
        target.physical(value.equals("1"));
        return "OK";
    }

    private String steps(final String bits) {
        target.motion().stepMode(new StepMode(Hex.count(bits.startsWith("0x") ? bits.substring(2) : bits,
                Integer.MAX_VALUE)));
        return "OK";
    }

    private String monitor(final String digits) {
        final String line = new String(Hex.bytes(digits), StandardCharsets.UTF_8);
        final byte[] said = target.monitor().run(line).getBytes(StandardCharsets.UTF_8);
        taken.run();
        for (int at = 0; at < said.length; at += REPLY) {
            talk.say("O" + Hex.of(Arrays.copyOfRange(said, at, Math.min(said.length, at + REPLY))));
        }
        return "OK";
    }

    private String checksum(final String arguments) {
        final String[] parts = arguments.split(",", -1);
        if (parts.length != 2) {
            throw PacketException.malformed("qCRC:ADDR,LENGTH");
        }
        return "C" + Integer.toHexString(target.bytes().checksum(Hex.number(parts[0]), Hex.number(parts[1])));
    }

    private String search(final String arguments) {
        final String[] parts = arguments.split("[:;]", 4);
        if (parts.length != 4 || !parts[0].equals("memory")) {
            throw PacketException.malformed("qSearch:memory:ADDR;LENGTH;BYTES");
        }
        final long found = target.bytes().find(Hex.number(parts[1]), Hex.number(parts[2]),
                parts[3].getBytes(StandardCharsets.ISO_8859_1));
        return found == -1 ? "0" : "1," + Long.toHexString(found);
    }

    private String transfer(final String arguments) {
        final String[] parts = arguments.split(":", -1);
        if (parts.length != 4 || !parts[1].equals("read")) {
            return "";
        }
        final String document = switch (parts[0]) {
            case "features" -> parts[2].equals("target.xml") ? TargetDescription.registers() : null;
            case "threads" -> TargetDescription.threads(target.states());
            case "memory-map" -> target.isPhysical() ? TargetDescription.memory(target.machine().config().memory())
                    : TargetDescription.memory();
            default -> "";
        };
        if (document == null) {
            throw PacketException.notPossible("no document " + parts[2]);
        }
        if (document.isEmpty()) {
            return "";
        }
        final String[] range = parts[3].split(",", -1);
        if (range.length != 2) {
            throw PacketException.malformed("OFFSET,LENGTH");
        }
        final int from = Math.min(Hex.count(range[0], Integer.MAX_VALUE), document.length());
        final int length = Math.min(Hex.count(range[1], Integer.MAX_VALUE), REPLY);
        final int to = Math.min(document.length(), from + length);
        return (to == document.length() ? "l" : "m") + document.substring(from, to);
    }
}
