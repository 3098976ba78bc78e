#!/usr/bin/env bash
# check.sh [GATE...] - the gate on any machine of a build service: finds Ringside, keeps what it downloads, writes reports.
#
#   RINGSIDE        where Ringside is, otherwise ringside/ beside the gate
#   RINGSIDE_CACHE  kept from run to run by the service: the native libraries
#   REPORTS         where reports go, otherwise reports/
#
# Ends with the exit code of the check: 3 is a regression, 2 a gate that was not held against anything.
set -euo pipefail
ringside=${RINGSIDE:-ringside}
reports=${REPORTS:-reports}
export RINGSIDE_CACHE=${RINGSIDE_CACHE:-$PWD/.cache/ringside}
mkdir -p "$reports" "$RINGSIDE_CACHE"
status=0
"$ringside/scripts/ringside" check "$@" --markdown "$reports/gate.md" --junit "$reports/gate.xml" \
    --sarif "$reports/gate.sarif" --bmf "$reports/gate.bmf.json" || status=$?
exit "$status"
