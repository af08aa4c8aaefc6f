#!/bin/sh
# Prints the files of a folder as a C source: embed.sh FOLDER NAME, for `const struct base_embedded NAME_files[]` and
# NAME_count. Files whose name begins with a dot are left out. Only what POSIX has is used, since this runs on a bare system.
set -eu
cd "$1"
echo '/* Made by generator/embed.sh. */'
echo '#include "base/base.h"'
files=$(find . -type f ! -name '.*' | LC_ALL=C sort)
number=0
for file in $files; do
    printf 'static const unsigned char file_%d[] = {\n' "$number"
    od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
    echo '0};'
    number=$((number + 1))
done
echo "extern const struct base_embedded $2_files[];"
echo "extern const size_t $2_count;"
echo "const struct base_embedded $2_files[] = {"
number=0
for file in $files; do
    printf '    {"%s", file_%d, sizeof file_%d - 1},\n' "${file#./}" "$number" "$number"
    number=$((number + 1))
done
echo '    {0},'
echo '};'
echo "const size_t $2_count = $number;"
