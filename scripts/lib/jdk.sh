# Finds a JDK 25 by reading the file "release" of each candidate, so that no wrong Java is ever started.

readonly JDK_FEATURE=25

# Where installers and people put JDKs; JAVA_HOME and PATH come first.
jdk_places=(/usr/lib/jvm/* /opt/java/* /opt/*jdk* /usr/local/*jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.local/share/mise/installs/java/*)

# find_jdk - sets jdk (a directory) and jdk_version, or ends
find_jdk() {
    jdk_seen=()
    local candidate
    [[ -n ${JAVA_HOME:-} ]] && accept_jdk "$JAVA_HOME" "JAVA_HOME" && return
    if candidate=$(command -v java); then
        [[ -L $candidate ]] && candidate=$(readlink -f "$candidate")
        accept_jdk "${candidate%/bin/java}" "java on PATH" && return
    fi
    for candidate in "${jdk_places[@]}"; do
        [[ -d $candidate ]] && accept_jdk "$candidate" "" && return
    done
    fail "no JDK $JDK_FEATURE on this machine. Looked at:" "${jdk_seen[@]:-JAVA_HOME (not set), PATH (no java)}" \
        "and else in /usr/lib/jvm, /opt, /usr/local, ~/.sdkman, ~/.jdks" \
        "Install a JDK $JDK_FEATURE (for example Eclipse Temurin) in one of these places, or let JAVA_HOME name it."
}

# accept_jdk DIRECTORY HOW - takes it if it is a whole JDK of the right version; remembers what it saw otherwise
accept_jdk() {
    local directory=$1 how=$2 key value
    jdk_version=
    if [[ -r $directory/release ]]; then
        while IFS='=' read -r key value; do
            [[ $key == JAVA_RUNTIME_VERSION || ($key == JAVA_VERSION && -z $jdk_version) ]] && jdk_version=${value//\"/}
        done <"$directory/release"
    fi
    case $jdk_version in
        "$JDK_FEATURE" | "$JDK_FEATURE"[.+-]*)
            if [[ -x $directory/bin/java && -x $directory/bin/javac ]]; then
                jdk=$directory
                return 0
            fi
            jdk_seen+=("$directory${how:+ ($how)}: Java $jdk_version without javac")
            ;;
        *)
            # Unnamed candidates are worth a line only if they are a Java at all.
            if [[ -n $how || -n $jdk_version ]]; then
                jdk_seen+=("$directory${how:+ ($how)}: ${jdk_version:+Java }${jdk_version:-no JDK}")
            fi
            ;;
    esac
    return 1
}
