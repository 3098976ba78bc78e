package ringside.console.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.StatePart;

/** A run in this process. */
final class LocalRunner implements Runner {
    private static final int SHORT_DIGITS = 16;

    private final Machine machine;
    private Sent sent = new Sent(sha256(), 0);
    private String result = "";
    private Snapshot now;
    private Mark mark;

    private record Mark(Snapshot snapshot, Sent sent, String result) {
    }

    /** What went to COM1: the hash so far, and how much. */
    private record Sent(MessageDigest hash, long bytes) {
        String digits() {
            return HexFormat.of().formatHex(copy().digest());
        }

        MessageDigest copy() {
            try {
                return (MessageDigest) hash.clone();
            } catch (final CloneNotSupportedException impossible) {
                throw new IllegalStateException("Java's SHA-256 can be copied", impossible);
            }
        }
    }

    LocalRunner(final Scenario scenario) {
        machine = Machine.boot(scenario.config().withSerial(this::send).withInput(scenario.input().replay()),
            scenario.image());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private void send(final int value) {
        sent.hash().update((byte) value);
        sent = new Sent(sent.hash(), sent.bytes() + 1);
    }

    @Override
    public void start(final long steps) {
        if (steps > 0) {
            final RunResult outcome = machine.run(Budget.steps(steps));
            result = outcome instanceof RunResult.BudgetSpent ? "" : outcome.describe();
        }
        now = machine.snapshot();
    }

    @Override
    public Stand stand() {
        final Map<String, String> parts = new TreeMap<>();
        parts.put("RAM", now.ram().hash());
        for (final StatePart part : now.parts()) {
            if (part.hashed()) {
                parts.put(part.name(), part.hash().substring(0, SHORT_DIGITS));
            }
        }
        return new Stand(now.steps(), now.cycles(), result, sent.bytes(), sent.digits(), now.hash(), parts);
    }

    @Override
    public void mark() {
        mark = new Mark(now, new Sent(sent.copy(), sent.bytes()), result);
    }

    @Override
    public void back() {
        machine.restore(mark.snapshot());
        now = mark.snapshot();
        sent = new Sent(mark.sent().copy(), mark.sent().bytes());
        result = mark.result();
    }

    @Override
    public Map<Integer, Long> pages() {
        return now.ram().fingerprints();
    }

    @Override
    public void close() {
        machine.close();
    }
}
