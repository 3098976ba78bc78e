# What a test run says about itself besides Maven's own words.

# report_referees - which of the independent tools that tests compare with are here
report_referees() {
    local tool absent=
    for tool in qemu-system-x86_64 bochs grub-mkrescue iasl llvm-mca-19 gdb tmux chromium as objdump addr2line readelf callgrind_annotate go; do
        command -v "$tool" >/dev/null || absent+=${absent:+, }$tool
    done
    if [[ -n $absent ]]; then
        say "not on PATH, so the checks that compare with them are skipped: $absent (Debian: qemu-system-x86 bochs bochs-term grub-pc-bin xorriso mtools acpica-tools llvm-19 gdb tmux chromium binutils valgrind golang-go)"
    fi
}

# report_tests SINCE - totals over the Surefire reports that are newer than the file SINCE, and each skipped test
report_tests() {
    local reports
    reports=$(find "$root" -path '*/target/surefire-reports/TEST-*.xml' -newer "$1" | sort)
    [[ -n $reports ]] || { say "no test ran"; return; }
    # shellcheck disable=SC2086 # one argument a report; the project's own paths hold no blanks
    printf '%s\n' "$reports" | tr '\n' '\0' | xargs -0 awk '
        function value(name,    at) {
            return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, \
                RLENGTH - length(name) - 4) : ""
        }
        function plain(text) {
            gsub(/&#10;.*/, "", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
            gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&amp;/, "\\&", text)
            return text
        }
        /<testsuite / && match($0, / tests="/) { tests += value("tests"); failed += value("failures")
            errors += value("errors"); skipped += value("skipped") }
        /<testcase /  { name = value("classname") "." value("name"); sub(/^ringside\./, "", name) }
        /<skipped/    {
            reason = value("message")
            if (reason == "") {
                # Without one, the reason is the first line of what was thrown, behind the name of its class.
                reason = $0
                sub(/.*<skipped[^>]*>(<!\[CDATA\[)?[A-Za-z0-9_.$]*: /, "", reason)
                sub(/\]\]>.*|<\/skipped>.*/, "", reason)
            }
            why[++n] = plain(name) ": " plain(reason)
        }
        END {
            for (i = 1; i <= n; i++) print "ringside: skipped " why[i]
            printf "ringside: tests run: %d, failures: %d, errors: %d, skipped: %d\n", tests, failed, errors, skipped
        }'
}
