# Fetches the pinned kernels of others, Debian packages, into a cache of the user's. Nothing of them is ever run on
# the host; what they are and what is compared: docs/foreign-kernels.md.

readonly DEBIAN_MIRRORS=("${RINGSIDE_DEBIAN:-http://deb.debian.org/debian}" http://archive.debian.org/debian)

# need_foreign - sets foreign, a directory with every pinned file; fetches what is missing, or ends
need_foreign() {
    local cache=${RINGSIDE_CACHE:-} name path package member image
    [[ -n $cache ]] || cache=${XDG_CACHE_HOME:+$XDG_CACHE_HOME/ringside}
    [[ -n $cache ]] || cache=${HOME:+$HOME/.cache/ringside}
    [[ -n $cache ]] || fail "no place for the kernels: set HOME, XDG_CACHE_HOME or RINGSIDE_CACHE"
    foreign=$cache/foreign
    mkdir -p -- "$foreign" 2>/dev/null \
        || fail "cannot write $foreign, where the kernels go; RINGSIDE_CACHE may name another place"
    lock "$cache/lock"
    work=$(mktemp -d "$cache/fetch.XXXXXX")
    trap 'rm -rf -- "$work"' EXIT
    while read -r name path package member image; do
        [[ $name == '#'* || -z $name ]] && continue
        if [[ ! -f $foreign/$name || $(sha256_of "$foreign/$name") != "$image" ]]; then
            fetch_package "$path" "$package"
            unpack_member "$name" "$member" "$image"
        fi
    done <"$root/scripts/lib/foreign.lock"
    rm -rf -- "$work"
    trap - EXIT
    unlock
}

# fetch_package PATH SHA256 - leaves the package in work/package, by apt or from a mirror, or ends
fetch_package() {
    local file=${1##*/} found
    say "fetching $file"
    fetch_by_apt "$file" || fetch_by_curl "$1"
    found=$(sha256_of "$work/package")
    [[ $found == "$2" ]] || fail "$file is not the pinned package, and nothing of it was used" \
        "found    $found" "expected $2"
}

# fetch_by_apt FILE - where apt's lists have that version for this machine
fetch_by_apt() {
    local name version architecture
    IFS=_ read -r name version architecture <<<"${1%.deb}"
    command -v apt-get >/dev/null && command -v apt-cache >/dev/null || return 1
    # A file's name leaves the epoch of its version out.
    version=$(apt-cache madison "$name:$architecture" 2>/dev/null | awk -v wanted="$version" \
        '{ plain = $3; sub(/^[0-9]+:/, "", plain); if (plain == wanted) { print $3; exit } }')
    [[ -n $version ]] || return 1
    mkdir -p -- "$work/apt"
    (cd -- "$work/apt" && apt-get download "$name:$architecture=$version") >"$work/log" 2>&1 </dev/null || return 1
    mv -- "$work/apt/${name}_"*.deb "$work/package"
}

# fetch_by_curl PATH - from the first mirror that has it
fetch_by_curl() {
    local mirror
    need_tool curl curl
    for mirror in "${DEBIAN_MIRRORS[@]}"; do
        curl --fail --silent --show-error --location --retry 2 --connect-timeout 20 --max-time 600 \
            --output "$work/package" "$mirror/pool/$1" 2>"$work/log" && return
        rm -f -- "$work/package"
    done
    fail "neither apt nor a mirror has ${1##*/}:" "$(tail -n 1 -- "$work/log")" \
        "RINGSIDE_DEBIAN may name another mirror of Debian 12, such as http://host/debian."
}

# unpack_member NAME MEMBER SHA256 - takes one file out of work/package, unpacked as a loader wants it
unpack_member() {
    local found
    need_tool dpkg-deb dpkg
    rm -rf -- "$work/tree"
    dpkg-deb --extract "$work/package" "$work/tree" || fail "$1: cannot unpack the package"
    case $2 in
        *.gz)
            gzip --decompress --stdout -- "$work/tree/$2" >"$work/image" || fail "$1: cannot unpack $2"
            ;;
        */vmlinuz*)
            need_tool lz4 lz4
            # Linux keeps its ELF file compressed behind the real-mode loader; what follows the file ends lz4's run.
            tail -c "+$(($(payload_offset "$work/tree/$2") + 1))" -- "$work/tree/$2" \
                | lz4 --decompress --stdout >"$work/image" 2>/dev/null || true
            ;;
        *)
            cp -- "$work/tree/$2" "$work/image"
            ;;
    esac
    found=$(sha256_of "$work/image")
    [[ $found == "$3" ]] || fail "$1: $2 is not the pinned file, and it was not used" "found    $found" "expected $3"
    mv -f -- "$work/image" "$foreign/$1"
}

# payload_offset FILE - where a bzImage's payload begins (Linux, Documentation/x86/boot.rst: setup_sects 0x1f1,
# payload_offset 0x248)
payload_offset() {
    local sectors offset
    read -r sectors < <(od -An -t u1 -j $((0x1f1)) -N 1 -- "$1")
    read -r offset < <(od -An -t u4 -j $((0x248)) -N 4 -- "$1")
    printf '%s\n' $(((sectors + 1) * 512 + offset))
}

# need_tool COMMAND PACKAGE - ends where a command is missing
need_tool() {
    command -v "$1" >/dev/null || fail "no $1: looked for it on PATH (Debian: $2)"
}
