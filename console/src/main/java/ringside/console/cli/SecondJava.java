package ringside.console.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program in another process: the same Java, the same modules, nothing else in common. */
final class SecondJava {
    private static final String FLAG_ACCESS = "--enable-native-access=";

    private SecondJava() {
    }

    /** {@return the command that runs this program with these arguments} */
    static List<String> command(final List<String> arguments) {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:disable", "-Xlog:all=error:stderr", "-XX:+UseSerialGC"));
        final Module module = Main.class.getModule();
        final String modules = System.getProperty("jdk.module.path");
        if (module.isNamed() && modules != null) {
            command.addAll(List.of(FLAG_ACCESS
                + "ringside.toolchain,ringside.emulator,org.jline.terminal.ffm,org.xerial.sqlitejdbc",
                "--module-path", modules,
                "-m", module.getName() + "/" + Main.class.getName()));
        } else {
            command.addAll(List.of(FLAG_ACCESS + "ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Main.class.getName()));
        }
        command.addAll(arguments);
        return command;
    }
}
