package ringside.console.repl.command;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Registers;
import ringside.console.repl.guest.SystemNames;

/** {@code set}. */
@Command(name = "set",
    header = "Change a register or memory.",
    customSynopsis = "set REGISTER = EXPR | set u8[ADDRESS] = EXPR",
    description = {"",
        "u8, u16, u32, u64 write virtual memory, p8 to p64 physical memory; read-only pages too. What "
            + "comes behind this place has not happened then: bookmarks there go."},
    footer = {"", "Examples:",
        "  set rax = 5",
        "  set al = 0x41",
        "  set u32[rdi+8] = 0",
        "  set p64[0x1000] = 7"})
final class SetCommand extends DeskCommand {
    private static final Pattern ASSIGNMENT =
        Pattern.compile("\\s*(?:(\\$?\\w+)|([up](?:8|16|32|64))\\[(.+)\\])\\s*=(?!=)(.+)");

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final String text = required("set", words);
        final Matcher parts = ASSIGNMENT.matcher(text);
        if (!parts.matches()) {
            throw new RefusedException("set WHAT = EXPR: " + text);
        }
        final long value = guest().value(parts.group(4));
        if (parts.group(1) != null) {
            final String name = parts.group(1);
            if (SystemNames.named(name).isPresent()) {
                throw new RefusedException(name + " is looked at and not set; gdb sets XMM and ST");
            }
            guest().set(Registers.named(name).orElseThrow(() -> new RefusedException("no register '" + name
                + "'; memory is u64[ADDRESS]")), value);
        } else {
            final int bytes = Integer.parseInt(parts.group(2).substring(1)) / Byte.SIZE;
            final byte[] content = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                content[i] = (byte) (value >>> Byte.SIZE * i);
            }
            guest().set(guest().value(parts.group(3)), content, parts.group(2).startsWith("p"));
        }
        desk().edited();
        say(text.strip());
    }
}
