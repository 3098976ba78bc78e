# Messages and small tools that the scripts share. Sourced, never run.
# Standard output belongs to the command that is being started: everything here is said on standard error.

readonly HOST_FAULT=5

# say TEXT - one line of progress
say() {
    printf 'ringside: %s\n' "$*" >&2
}

# fail TEXT... - says why this machine cannot do it, and ends; further arguments are further lines
fail() {
    say "$1"
    shift
    local line
    for line in "$@"; do
        printf '  %s\n' "$line" >&2
    done
    exit "$HOST_FAULT"
}

# go_home SCRIPTS - sets root and state from the directory of the scripts; stays where it is, and forks nothing
go_home() {
    local here=$PWD
    cd -P -- "$1/.."
    root=$PWD
    cd -- "$here"
    state=$root/target/launcher
}

# lock FILE - waits for its turn; held until the process ends or unlock
lock() {
    exec 9>>"$1" || fail "cannot write $1, where starts wait for each other"
    if command -v flock >/dev/null; then
        flock -n 9 || { say "waiting for another start that is setting up"; flock 9; }
    fi
}

unlock() {
    exec 9>&-
}

# sha256_of FILE - prints the SHA-256 of a file in hexadecimal
sha256_of() {
    local sum
    if command -v sha256sum >/dev/null; then
        sum=$(sha256sum -- "$1")
    else
        sum=$(shasum -a 256 -- "$1")
    fi
    printf '%s\n' "${sum%% *}"
}
