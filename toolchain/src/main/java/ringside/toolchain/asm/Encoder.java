package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From templates to checked encodings; each text is encoded once. */
final class Encoder implements AutoCloseable {
    /** With an operand-size prefix these load 24 bits of a base (Intel SDM volume 2, LGDT/LIDT). */
    private static final Set<String> TABLE_REGISTERS = Set.of("lgdt", "lidt", "sgdt", "sidt");
    private static final int OPERAND_SIZE = 0x66;

    private final EncoderProcess process;
    private final EncodingCheck check;
    private final Map<EncoderProcess.Request, EncoderProcess.Reply> known = new HashMap<>();

    Encoder() {
        process = new EncoderProcess();
        try {
            check = new EncodingCheck();
        } catch (final RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Makes encodings for all of them known, in one go. */
    void prepare(final List<Template> templates) {
        final Map<EncoderProcess.Request, Template> wanted = new LinkedHashMap<>();
        for (final Template template : templates) {
            final EncoderProcess.Request request = request(template);
            if (!known.containsKey(request)) {
                final Optional<byte[]> fixed = fixed(template);
                if (fixed.isPresent()) {
                    known.put(request, checked(template, fixed.get()));
                } else if (request.text().length() > EncoderProtocol.TEXT_BYTES) {
                    known.put(request, new EncoderProcess.Reply(null, "the instruction is too long"));
                } else {
                    wanted.putIfAbsent(request, template);
                }
            }
        }
        final List<EncoderProcess.Request> requests = new ArrayList<>(wanted.keySet());
        final List<EncoderProcess.Reply> replies = process.encode(requests);
        for (int i = 0; i < requests.size(); i++) {
            final EncoderProcess.Reply reply = replies.get(i);
            final Template template = wanted.get(requests.get(i));
            known.put(requests.get(i),
                    reply.code() == null ? reply : checked(template, patched(template, reply.code())));
        }
    }

    /** {@return the encoding of a template that was prepared; a {@link Refusal} tells why there is none} */
    byte[] code(final Template template) {
        final EncoderProcess.Reply reply = known.get(request(template));
        if (reply.code() == null) {
            throw new Refusal(reply.refusal());
        }
        return reply.code().clone();
    }

    private static EncoderProcess.Request request(final Template template) {
        return new EncoderProcess.Request(template.bits(), template.text());
    }

    private static Optional<byte[]> fixed(final Template template) {
        return template.args().isEmpty() ? FixedEncodings.of(template.prefix(), template.mnemonic())
                : Optional.empty();
    }

    private static byte[] patched(final Template template, final byte[] code) {
        return TABLE_REGISTERS.contains(template.mnemonic()) && code[0] == OPERAND_SIZE
                ? Arrays.copyOfRange(code, 1, code.length) : code;
    }

    private EncoderProcess.Reply checked(final Template template, final byte[] code) {
        try {
            check.check(template, code);
            return new EncoderProcess.Reply(code, null);
        } catch (final Refusal e) {
            return new EncoderProcess.Reply(null, e.getMessage());
        }
    }

    @Override
    public void close() {
        process.close();
        check.close();
    }
}
