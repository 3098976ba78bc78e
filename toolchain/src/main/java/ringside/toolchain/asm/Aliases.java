package ringside.toolchain.asm;

import java.util.HashMap;
import java.util.Map;

/** One name for each instruction that has several (Intel SDM volume 2: Jcc, SETcc, CMOVcc, SAL). */
final class Aliases {
    private static final Map<String, String> CONDITIONS = Map.ofEntries(Map.entry("c", "b"), Map.entry("nae", "b"),
            Map.entry("nc", "ae"), Map.entry("nb", "ae"), Map.entry("z", "e"), Map.entry("nz", "ne"),
            Map.entry("na", "be"), Map.entry("nbe", "a"), Map.entry("pe", "p"), Map.entry("po", "np"),
            Map.entry("nge", "l"), Map.entry("nl", "ge"), Map.entry("ng", "le"), Map.entry("nle", "g"));
    private static final Map<String, String> NAMES = names();

    private Aliases() {
    }

    /** {@return the one name of an instruction} */
    static String canonical(final String mnemonic) {
        return NAMES.getOrDefault(mnemonic, mnemonic);
    }

    private static Map<String, String> names() {
        final Map<String, String> names = new HashMap<>();
        CONDITIONS.forEach((alias, condition) -> {
            names.put("j" + alias, "j" + condition);
            names.put("set" + alias, "set" + condition);
            names.put("cmov" + alias, "cmov" + condition);
        });
        names.put("sal", "shl");
        names.put("movabs", "mov");
        names.put("lretq", "retfq");
        names.put("retn", "ret");
        names.put("pushal", "pushad");
        names.put("popal", "popad");
        names.put("loopz", "loope");
        names.put("loopnz", "loopne");
        names.put("wait", "fwait");
        names.put("xlat", "xlatb");
        return names;
    }
}
