# How Ringside's JVM is started.

# java_command - sets java, the command line up to the main class, for the jars in app
java_command() {
    java=("$jdk/bin/java"
        # The JVM's own warnings have no place in a result; its errors go where messages go.
        -Xlog:disable -Xlog:all=error:stderr
        -XX:+UseSerialGC
        --enable-native-access=ringside.toolchain,ringside.emulator,org.jline.terminal.ffm,org.xerial.sqlitejdbc
        --module-path "$app")
}

readonly MAIN=ringside.console/ringside.console.cli.Main

# train - lets the JVM remember what the main job loads, links and finds hot; without it, starts are only slower
train() {
    java_command
    say "preparing quick starts"
    JAVA_TOOL_OPTIONS='' "${java[@]}" -XX:AOTCacheOutput="$app/ringside.aot" -m "$MAIN" bench \
        >"$state/train.log" 2>&1 </dev/null || rm -f -- "$app/ringside.aot"
}

# terminal_columns - sets columns to how wide the terminal is that standard output is, 0 where that is not known
terminal_columns() {
    {
        columns=$(stty size <&3 2>/dev/null) || columns='0 0'
    } 3>&1
    columns=${columns#* }
}

# start_java ARGUMENT... - becomes the command
start_java() {
    local columns
    java_command
    [[ -f $app/ringside.aot ]] && java+=(-XX:AOTCache="$app/ringside.aot")
    # Java cannot tell whether standard error is a terminal, nor how wide one is.
    [[ -t 0 ]] && java+=(-Dringside.in=terminal)
    if [[ -t 1 ]]; then
        terminal_columns
        java+=(-Dringside.out=terminal "-Dringside.columns=$columns")
    fi
    [[ -t 2 ]] && java+=(-Dringside.err=terminal)
    exec "${java[@]}" -m "$MAIN" "$@"
}
