# What the shell tests share. A test begins with:  . "$(dirname "$0")/../lib.sh"
#
# It then stands in the repository's root; $program is the program under test; and it tells its results as TAP
# lines on stdout, which tests/run counts:
#
#   check 'a sitemap is well-formed' xmllint --noout sitemap.xml     ok when the command ends 0
#   passed 'NAME'    failed 'NAME' 'detail'    skipped 'NAME' 'reason'
#
# Everything that a test writes is under $work, which is out/tests/NAME for tests/NAME/run, emptied first.
# shellcheck shell=sh
set -eu
test_folder=$(cd "$(dirname "$0")" && pwd)
cd "$test_folder/../.."
program=$PWD/out/${MODE:-release}/liner
work=out/tests/$(basename "$test_folder")
rm -rf "$work"
mkdir -p "$work"

# details: every line of stdin as one of TAP's; of more than 60 the first 20 and the last 40, where a compiler's
# errors stand.
details() {
    awk '{ line[NR] = $0 }
        END { for (i = 1; i <= NR; i++) if (NR <= 60 || i <= 20 || i > NR - 40) print "# " line[i]
                                        else if (i == 21) print "# ..." }'
}

passed() { echo "ok - $1"; }
failed() { echo "not ok - $1"; [ $# -lt 2 ] || printf '%s\n' "$2" | details; }
skipped() { echo "ok - $1 # SKIP $2"; }

# check NAME COMMAND...: one test; what the command prints is shown only when it fails. Ends as the command did.
check() {
    check_name=$1; shift
    check_status=0
    "$@" >"$work/check.log" 2>&1 || check_status=$?
    if [ "$check_status" -eq 0 ]; then
        passed "$check_name"
    else
        failed "$check_name (ended $check_status)" "$(cat "$work/check.log")"
    fi
    return "$check_status"
}

# example FOLDER [OPTION...]: build the example blog, which this repository is, into FOLDER.
example() {
    example_into=$1; shift
    "$program" build --root . --output "$example_into" "$@"
}

if [ ! -x "$program" ]; then
    make -s MODE="${MODE:-release}" >&2 || { failed "the program compiles"; exit 1; }
fi
