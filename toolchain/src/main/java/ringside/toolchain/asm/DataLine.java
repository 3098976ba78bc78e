package ringside.toolchain.asm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads what follows {@code db}, {@code dw}, {@code dd} or {@code dq}: strings, numbers and addresses. */
final class DataLine {
    private final Unit unit;
    private final Line line;
    private final Tokens tokens;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Hole> holes = new ArrayList<>();

    DataLine(final Unit unit, final Line line, final Tokens tokens) {
        this.unit = unit;
        this.line = line;
        this.tokens = tokens;
    }

    void read(final char size) {
        final int width = switch (size) {
            case 'b' -> Byte.BYTES;
            case 'w' -> Short.BYTES;
            case 'd' -> Integer.BYTES;
            default -> Long.BYTES;
        };
        do {
            if (width == 1 && tokens.peek().kind() == Token.Kind.STRING && endsItem(tokens.peek(1))) {
                string(tokens.next().text());
            } else {
                value(width);
            }
        } while (tokens.take(","));
        tokens.expectEnd();
        unit.add(new Item.Data(line, bytes.toByteArray(), holes));
    }

    private static boolean endsItem(final Token token) {
        return token.is(",") || token.kind() == Token.Kind.END;
    }

    private void string(final String content) {
        for (int i = 0; i < content.length(); i++) {
            bytes.write(content.charAt(i));
        }
    }

    private void value(final int width) {
        final Expr expr = new ExprParser(tokens, unit).parse();
        holes.add(new Hole(bytes.size(), width, Hole.Form.EITHER, 0, expr));
        for (int i = 0; i < width; i++) {
            bytes.write(0);
        }
    }
}
