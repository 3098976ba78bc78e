package ringside.console.gdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import ringside.emulator.machine.Machine;

/** What a packet does: one reply to one packet, in whatever order they come. */
final class Requests {
    private static final int MOST_BYTES = PacketReader.MOST / 2 - 16;
    private static final int MOST_KIND = 4;
    private static final int MOST_EXPRESSIONS = 64;

    private final Target target;
    private final Queries queries;
    private final Queries.Talk talk;
    private final BooleanSupplier interrupted;
    private final Runnable taken;

    /** What becomes of the conversation behind a reply. */
    enum After {
        /** It goes on. */
        GO_ON,
        /** No acknowledgements from here on. */
        NO_ACKNOWLEDGEMENTS,
        /** The client leaves, and the machine stays. */
        DETACHED,
        /** The machine is not wanted any more. */
        KILLED
    }

    /**
     * A reply.
     *
     * @param payload of it; nothing is sent for {@code null}
     * @param after   what becomes of the conversation
     */
    record Reply(String payload, After after) {
    }

    /**
     * Makes it.
     *
     * @param target      what requests are about
     * @param talk        takes replies that come before the last one
     * @param interrupted whether the run that is going on, or the next one, is to stop
     * @param taken       told when it has
     */
    Requests(final Target target, final Queries.Talk talk, final BooleanSupplier interrupted, final Runnable taken) {
        this.taken = taken;
        this.target = target;
        this.talk = talk;
        queries = new Queries(target, talk, taken);
        this.interrupted = interrupted;
    }

    /** {@return the reply to a packet; what is wrong with one is an error and nothing worse} */
    Reply answer(final byte[] payload) {
        final String packet = new String(payload, StandardCharsets.ISO_8859_1);
        try {
            return switch (packet) {
                case "QStartNoAckMode" -> new Reply("OK", After.NO_ACKNOWLEDGEMENTS);
                case "k" -> new Reply(null, After.KILLED);
                default -> packet.startsWith("vKill") ? new Reply("OK", After.KILLED)
                        : packet.startsWith("D") ? new Reply("OK", After.DETACHED)
                        : new Reply(reply(packet), After.GO_ON);
            };
        } catch (final PacketException refused) {
            return new Reply(refused.reply(), After.GO_ON);
        } catch (final IllegalArgumentException refused) {
            // The machine's own word that it cannot be set so.
            return new Reply(PacketException.notPossible(refused.getMessage()).reply(), After.GO_ON);
        }
    }

    private String reply(final String packet) {
        if (packet.isEmpty()) {
            return "";
        }
        final String rest = packet.substring(1);
        return switch (packet.charAt(0)) {
            case '?' -> told(target.last());
            case 'q', 'Q' -> queries.answer(packet);
            case 'v' -> verbose(packet);
            case 'g' -> Hex.of(target.registers().all());
            case 'G' -> writeAll(Hex.bytes(rest));
            case 'p' -> Hex.of(target.registers().read(register(rest)));
            case 'P' -> writeOne(rest);
            case 'm' -> Hex.of(read(rest));
            case 'x' -> "b" + new String(read(rest), StandardCharsets.ISO_8859_1);
            case 'M' -> write(rest, false);
            case 'X' -> write(rest, true);
            case 'H' -> thread(rest);
            case 'T' -> {
                queries.cpu(rest);
                yield "OK";
            }
            case 'Z' -> point(rest, true);
            case 'z' -> point(rest, false);
            case 'c' -> resumeAt(rest, false);
            case 's' -> resumeAt(rest, true);
            case 'C' -> resume(false);
            case 'S' -> resume(true);
            case 'b' -> back(rest);
            default -> "";
        };
    }

    private String verbose(final String packet) {
        if (packet.equals("vCont?")) {
            return "vCont;c;C;s;S;t;r";
        }
        if (packet.startsWith("vCont;")) {
            return resume(packet.substring("vCont;".length()).split(";", -1));
        }
        return "";
    }

    /** A run has ended: the client hears of it, and a person what gdb has no words for. */
    private String stop(final Motion.Halt halt) {
        if (halt.signal() == Motion.INTERRUPT) {
            taken.run();
        }
        if (!halt.note().isEmpty()) {
            talk.say("O" + Hex.of(halt.note() + "\n"));
        }
        return told(halt);
    }

    /** {@return how a run ended, which one that was to stop before did before it began} */
    private String run(final int cpu, final Supplier<Motion.Halt> way) {
        return stop(interrupted.getAsBoolean() ? new Motion.Halt(Motion.INTERRUPT, cpu, "") : way.get());
    }

    private String told(final Motion.Halt halt) {
        target.stopped(halt);
        final CpuRegisters registers = target.registers();
        final StringBuilder text = new StringBuilder(String.format("T%02xthread:%x;%s", halt.signal(), halt.cpu() + 1,
                halt.why()));
        final int framePointer = 6;
        for (final int number : new int[] {framePointer, framePointer + 1, RegisterLayout.RIP}) {
            text.append(String.format("%02x:%s;", number, Hex.of(registers.read(number))));
        }
        return text.toString();
    }

    private String resumeAt(final String address, final boolean steps) {
        if (!address.isEmpty()) {
            final CpuRegisters registers = CpuRegisters.of(target.machine(), target.moving());
            registers.write(RegisterLayout.RIP, Hex.little(Hex.number(address), Long.BYTES))
                    .ifPresent(change -> target.change(List.of(change)));
        }
        return resume(steps);
    }

    private String resume(final boolean steps) {
        return run(target.moving(), () -> steps ? target.motion().step(target.moving(), interrupted)
                : target.motion().forward(interrupted));
    }

    /** Carries out vCont: one thread may be stepped, and the others have their turns whatever is said of them. */
    private String resume(final String[] actions) {
        Optional<String> step = Optional.empty();
        int stepped = target.moving();
        boolean runs = false;
        for (final String each : actions) {
            final int colon = each.indexOf(':');
            final String action = colon < 0 ? each : each.substring(0, colon);
            final String thread = colon < 0 ? "" : each.substring(colon + 1);
            if (action.isEmpty() || "cCsStr".indexOf(action.charAt(0)) < 0) {
                throw PacketException.malformed("no such action: " + each);
            }
            final int named = thread.isEmpty() || thread.equals("-1") ? target.moving() : queries.cpu(thread);
            final boolean steps = "sSr".indexOf(action.charAt(0)) >= 0;
            if (steps && step.isEmpty()) {
                step = Optional.of(action);
                stepped = named;
            }
            runs |= action.charAt(0) != 't';
        }
        if (!runs) {
            return told(target.last());
        }
        if (step.isEmpty()) {
            return resume(false);
        }
        final int cpu = stepped;
        if (step.get().charAt(0) == 'r') {
            final String[] range = step.get().substring(1).split(",", -1);
            if (range.length != 2) {
                throw PacketException.malformed("rSTART,END");
            }
            final long start = Hex.number(range[0]);
            final long end = Hex.number(range[1]);
            return run(cpu, () -> target.motion().leave(cpu, start, end, interrupted));
        }
        return run(cpu, () -> target.motion().step(cpu, interrupted));
    }

    private String back(final String how) {
        return switch (how) {
            case "s" -> run(target.moving(), () -> target.motion().stepBack(target.moving(), interrupted));
            case "c" -> run(target.moving(), () -> target.motion().back(target.moving(), interrupted));
            default -> "";
        };
    }

    private static int register(final String digits) {
        return Hex.count(digits, RegisterLayout.ALL.size() - 1);
    }

    private String writeOne(final String text) {
        final int equals = text.indexOf('=');
        if (equals < 0) {
            throw PacketException.malformed("REGISTER=VALUE");
        }
        target.registers().write(register(text.substring(0, equals)), Hex.bytes(text.substring(equals + 1)))
                .ifPresent(change -> target.change(List.of(change)));
        return "OK";
    }

    private String writeAll(final byte[] bytes) {
        if (bytes.length != RegisterLayout.BYTES) {
            throw PacketException.malformed("all registers have " + RegisterLayout.BYTES + " bytes");
        }
        final CpuRegisters registers = target.registers();
        final List<Consumer<Machine>> changes = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < RegisterLayout.ALL.size(); i++) {
            final int next = at + RegisterLayout.ALL.get(i).bytes();
            registers.write(i, Arrays.copyOfRange(bytes, at, next)).ifPresent(changes::add);
            at = next;
        }
        target.change(changes);
        return "OK";
    }

    private byte[] read(final String text) {
        final String[] parts = text.split(",", -1);
        if (parts.length != 2) {
            throw PacketException.malformed("ADDR,LENGTH");
        }
        final long address = Hex.number(parts[0]);
        final int length = Hex.count(parts[1], Integer.MAX_VALUE);
        final byte[] bytes = target.bytes().read(address, Math.min(length, MOST_BYTES));
        if (bytes.length == 0 && length > 0) {
            throw PacketException.noMemory(address);
        }
        return bytes;
    }

    private String write(final String text, final boolean binary) {
        final int colon = text.indexOf(':');
        final String[] parts = text.substring(0, Math.max(0, colon)).split(",", -1);
        if (colon < 0 || parts.length != 2) {
            throw PacketException.malformed("ADDR,LENGTH:BYTES");
        }
        final String data = text.substring(colon + 1);
        final byte[] bytes = binary ? data.getBytes(StandardCharsets.ISO_8859_1) : Hex.bytes(data);
        if (Hex.number(parts[1]) != bytes.length) {
            throw PacketException.malformed("another length: " + parts[1]);
        }
        target.change(target.bytes().write(Hex.number(parts[0]), bytes));
        return "OK";
    }

    private String thread(final String text) {
        if (text.isEmpty() || text.charAt(0) != 'g' && text.charAt(0) != 'c') {
            throw PacketException.malformed("Hg or Hc");
        }
        final String thread = text.substring(1);
        if (thread.equals("0") || thread.equals("-1")) {
            return "OK";
        }
        final int cpu = queries.cpu(thread);
        if (text.charAt(0) == 'g') {
            target.general(cpu);
        } else {
            target.moving(cpu);
        }
        return "OK";
    }

    private String point(final String text, final boolean sets) {
        final String[] halves = text.split(";", 2);
        final String[] parts = halves[0].split(",", -1);
        if (parts.length != 3) {
            throw PacketException.malformed("KIND,ADDR,LENGTH");
        }
        final int kind = Hex.count(parts[0], Integer.MAX_VALUE);
        if (kind > MOST_KIND) {
            return "";
        }
        final Points.Kind which = Points.Kind.values()[kind];
        final long address = Hex.number(parts[1]);
        final int length = Hex.count(parts[2], Points.MOST_BYTES);
        if (!which.isCode() && length < 1) {
            throw PacketException.malformed("a watchpoint has bytes");
        }
        final List<AgentExpression> expressions = expressions(halves.length == 1 ? "" : halves[1]);
        if (!expressions.isEmpty() && !(sets && which.isCode())) {
            throw PacketException.malformed("conditions are a breakpoint's");
        }
        if (sets) {
            target.points().add(which, address, length, target.bytes().locate(address), expressions);
        } else {
            target.points().remove(which, address, length);
        }
        return "OK";
    }

    /** Reads {@code XLENGTH,BYTES}, one behind the other; commands for the target are not known here. */
    private static List<AgentExpression> expressions(final String text) {
        final List<AgentExpression> all = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            final int comma = text.indexOf(',', at);
            if (text.charAt(at) == ';') {
                at++;
                continue;
            }
            if (text.charAt(at) != 'X' || comma < 0 || all.size() == MOST_EXPRESSIONS) {
                throw PacketException.malformed("at most " + MOST_EXPRESSIONS + " of XLENGTH,BYTES: " + text);
            }
            final int end = comma + 1 + 2 * Hex.count(text.substring(at + 1, comma), AgentExpression.MOST_BYTES);
            if (end > text.length()) {
                throw PacketException.malformed("fewer bytes than that: " + text);
            }
            all.add(new AgentExpression(Hex.bytes(text.substring(comma + 1, end))));
            at = end;
        }
        return all;
    }
}
