# Builds with Maven when a source is newer than the last build that a start used.
#
# A start uses its own copy of the jars, target/launcher/app.XXXXXX; target/launcher/current names it. So a build,
# by us or by hand, never pulls a jar from under a running command.

# need_build - sets app, a directory of jars; builds when there is none or when it is out of date
need_build() {
    build_current && return
    mkdir -p -- "$state" 2>/dev/null || fail "cannot write $state, where the build goes"
    lock "$state/lock"
    build_current || build
    unlock
}

# build_current - whether current names a build by this JDK that is as new as every source; one fork
build_current() {
    local built_by newer directory inputs=("$root/pom.xml" "$root"/*/pom.xml "$root/.mvn")
    [[ -f $state/current ]] || return 1
    { read -r app && read -r built_by; } <"$state/current" || return 1
    [[ $built_by == "$jdk $jdk_version" && -d $app ]] || return 1
    for directory in "$root"/*/src/*/; do
        [[ $directory == */src/test/ ]] || inputs+=("$directory")
    done
    # Directories count too: theirs is the only trace that a deleted file leaves.
    ! IFS= read -r newer < <(find "${inputs[@]}" -newer "$state/current" -print 2>/dev/null)
}

# build - runs Maven, keeps the jars and trains the start-up cache
build() {
    find_maven
    local next
    next=$(mktemp -d "$state/app.XXXXXX")
    # Dated before Maven reads anything: what changes during the build is newer than it.
    printf '%s\n%s\n' "$next" "$jdk $jdk_version" >"$next.current"
    local began=$SECONDS
    say "building (the first time takes a minute or two, and the network)"
    # A jar of an older version would be a second module of the same name.
    rm -rf -- "$root/console/target/dist"
    run_maven -Dmaven.test.skip=true package
    cp -- "$root"/console/target/dist/*.jar "$next/"
    app=$next
    train
    mv -f -- "$next.current" "$state/current"
    find "$state" -mindepth 1 -maxdepth 1 -name 'app.*' ! -path "$app" -exec rm -rf -- {} +
    say "built in $((SECONDS - began)) s"
}

# run_maven ARGUMENT... - quiet but for one line a module; ends with what went wrong
run_maven() {
    local line log=$state/build.log
    set +e
    (cd -- "$root" && JAVA_HOME=$jdk exec "$maven" --batch-mode --no-transfer-progress "$@" </dev/null 2>&1) \
        | while IFS= read -r line; do
            printf '%s\n' "$line"
            case $line in
                *"Building Ringside: "*"["*"]"*)
                    line=${line##*Building Ringside: }
                    say "building ${line%% *} ${line##* }" ;;
            esac
        done >"$log"
    local status=${PIPESTATUS[0]}
    set -e
    [[ $status == 0 ]] || explain_maven "$log"
}

find_maven() {
    maven=$(command -v mvn) || fail "no Maven: looked for mvn on PATH. It builds Ringside from its sources." \
        "Install Maven 3.8.1 or newer (Debian: maven), or put its bin directory on PATH."
}

# explain_maven LOG - ends with the one thing that the build stumbled over
explain_maven() {
    local text
    text=$(<"$1")
    case $text in
        *"Unknown host"* | *"Connection refused"* | *"Connection timed out"* | *"Connect timed out"* | \
            *"Network is unreachable"* | *"Temporary failure in name"* | *"No route to host"* | \
            *"Connection reset"* | *"Could not transfer artifact"* | *"Read timed out"*)
            fail "Maven cannot fetch its plugins and our dependencies: is there a network, a proxy, a mirror?" \
                "$(grep -m 1 -oE '(Could not transfer|Unknown host|Connect)[^[]*' "$1" | cut -c 1-220)" \
                "Maven reads proxies and mirrors from ~/.m2/settings.xml. The whole log: $1"
            ;;
        *)
            fail "the build failed:" "$(grep -E '^\[ERROR\]' "$1" | grep -v -E 'Help 1|re-run Maven|^\[ERROR\] *$' \
                | head -n 8 | cut -c 9-300 | sed '2,$s/^/  /')" "The whole log: $1"
            ;;
    esac
}
