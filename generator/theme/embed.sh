#!/bin/sh
# Prints the files of a theme as a C source: embed.sh themes/sleeve > embedded_theme.c
# Only what POSIX has is used, since this runs on a bare system.
set -eu
cd "$1"
echo '/* Made by generator/theme/embed.sh: the theme inside the program. */'
echo '#include "theme/theme.h"'
files=$(find . -type f ! -name '.*' | LC_ALL=C sort)
number=0
for file in $files; do
    printf 'static const unsigned char file_%d[] = {\n' "$number"
    od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
    echo '0};'
    number=$((number + 1))
done
echo 'const struct theme_embedded theme_embedded_files[] = {'
number=0
for file in $files; do
    printf '    {"%s", file_%d, sizeof file_%d - 1},\n' "${file#./}" "$number" "$number"
    number=$((number + 1))
done
echo '    {0},'
echo '};'
echo "const size_t theme_embedded_count = $number;"
