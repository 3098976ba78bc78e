# Builds with Maven when a source is another one than the last build that a start used was made of.
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

# build_inputs - sets inputs, what a build reads, below $root
build_inputs() {
    local directory
    inputs=("$root/pom.xml" "$root"/*/pom.xml "$root/.mvn")
    for directory in "$root"/*/src/*/; do
        [[ $directory == */src/test/ ]] || inputs+=("$directory")
    done
}

# build_current - whether current names a build by this JDK of these sources; one fork where none is newer than it
build_current() {
    local built_by built_from newer inputs stamp status=0
    [[ -f $state/current ]] || return 1
    { read -r app && read -r built_by && read -r built_from; } <"$state/current" || return 1
    [[ $built_by == "$jdk $jdk_version" && -d $app ]] || return 1
    build_inputs
    # Directories count too: theirs is the only trace that a deleted file leaves.
    IFS= read -r newer < <(find "${inputs[@]}" -newer "$state/current" -print 2>/dev/null) || return 0
    # A checkout dates every source now, and a cache brings back a build of the past: then what they say decides.
    stamp=$(mktemp "$state/stamp.XXXXXX" 2>/dev/null) || return 1
    { [[ $built_from == "$(sources_hash)" ]] && touch -r "$stamp" "$state/current"; } || status=1
    rm -f -- "$stamp"
    return $status
}

# sources_hash - prints a hash of the names and bytes of all inputs
sources_hash() {
    local sum=(sha256sum)
    command -v sha256sum >/dev/null || sum=(shasum -a 256)
    (cd -- "$root" && find "${inputs[@]#"$root"/}" -type f -print0 2>/dev/null | LC_ALL=C sort -z \
        | xargs -0 "${sum[@]}" | "${sum[@]}" | cut -d ' ' -f 1) || true
}

# build - runs Maven, keeps the jars and trains the start-up cache
build() {
    find_maven
    local next inputs
    next=$(mktemp -d "$state/app.XXXXXX")
    build_inputs
    # Dated before anything is read: what changes during the build is newer than it.
    : >"$next.begun"
    printf '%s\n%s\n%s\n' "$next" "$jdk $jdk_version" "$(sources_hash)" >"$next.current"
    touch -r "$next.begun" "$next.current"
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
