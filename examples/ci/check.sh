#!/usr/bin/env bash
# check.sh [GATE...] - the gate on any machine of a build service: finds Ringside, keeps what it downloads, writes reports.
#
#   RINGSIDE        where Ringside is, otherwise ringside/ beside the gate
#   RINGSIDE_CACHE  kept from run to run by the service: the native libraries and built images
#   REPORTS         where reports go, otherwise reports/
#   IMAGE           the kernel, where it is to be built before the check and kept: then also
#   SOURCES         what it is built of, files and directories, and
#   BUILD           how, otherwise make and its name; a change of either, or of TOOLCHAIN, any text, builds again
#
# Ends with the exit code of the check: 3 is a regression, 2 a gate that was not held against anything.
set -euo pipefail
ringside=${RINGSIDE:-ringside}
reports=${REPORTS:-reports}
export RINGSIDE_CACHE=${RINGSIDE_CACHE:-$PWD/.cache/ringside}
mkdir -p "$reports" "$RINGSIDE_CACHE/images"

if [[ -n ${IMAGE:-} ]]; then
    build=${BUILD:-make $IMAGE}
    # Words of a list, as the shell has them.
    # shellcheck disable=SC2086
    key=$({ find ${SOURCES:?says what $IMAGE is built of} -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
        printf '%s\n' "$IMAGE" "$build" "${TOOLCHAIN:-}"; } | sha256sum | cut -d ' ' -f 1)
    kept=$RINGSIDE_CACHE/images/$key
    if [[ ! -f $kept ]]; then
        bash -c "$build"
        cp -- "$IMAGE" "$kept.$$"
        mv -- "$kept.$$" "$kept"
    fi
    cp -- "$kept" "$IMAGE"
fi

status=0
"$ringside/scripts/ringside" check "$@" --markdown "$reports/gate.md" --junit "$reports/gate.xml" \
    --sarif "$reports/gate.sarif" --bmf "$reports/gate.bmf.json" || status=$?
exit "$status"
