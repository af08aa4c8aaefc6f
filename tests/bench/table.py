#!/usr/bin/env python3
"""Print the table of one benchmark:  table.py REVIEWS LOG

LOG holds one JSON object a line, as the bench's measure.py writes them: name, wall (seconds), rss_mib, other (cores
that other processes took meanwhile). Ratios are of medians: builds to `cp -r`, an unchanged build to `find`.
"""
import json
import statistics
import sys

size, log = sys.argv[1:]
rows = {}
with open(log, encoding="utf-8") as f:
    for line in f:
        run = json.loads(line)
        rows.setdefault(run["name"], []).append(run)


def median(name, what="wall"):
    return statistics.median(run[what] for run in rows[name])


print(f"\n{size} reviews, {len(rows['liner, cold'])} runs each, in turn\n")
print("| command | median | least - most | ratio | peak memory |")
print("| --- | ---: | ---: | ---: | ---: |")
for name, runs in rows.items():
    walls = [run["wall"] for run in runs]
    measure = "find content -type f" if name in ("liner, nothing changed", "find content -type f") else "cp -r of its site"
    print(f"| {name} | {median(name):.3f} s | {min(walls):.3f} - {max(walls):.3f} | "
          f"{median(name) / median(measure):.2f} x {measure.split()[0]} | {median(name, 'rss_mib'):.0f} MiB |")
other = statistics.median(run["other"] for runs in rows.values() for run in runs)
print(f"\nother processes took {other:.2f} cores meanwhile (median); the figures count only when that is near 0")
