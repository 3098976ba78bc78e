/** Commands, and the only place with a main. */
module ringside.console {
    requires java.compiler;
    requires jdk.jshell;
    requires transitive ringside.fastpath;
    requires info.picocli;
    requires org.jline.reader;
    requires org.jline.terminal;
    // Found as a service by the one before it; how it gets at the terminal.
    requires org.jline.terminal.ffm;
    // Without it JLine's signals, ^C among them, are not those of the process.
    requires jdk.unsupported;
    requires com.fasterxml.jackson.core;
    requires io.github.javadiffutils;
    requires java.sql;
    requires org.xerial.sqlitejdbc;
    requires com.samskivert.jmustache;

    // Snippets of Java that a person writes are in no module.
    exports ringside.console.repl.snippet;

    opens ringside.console.cli to info.picocli;
    opens ringside.console.repl.command to info.picocli;
}
