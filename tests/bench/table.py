#!/usr/bin/env python3
"""Print the table of one benchmark:  table.py REVIEWS LOG

LOG holds one JSON object a line, as the bench's measure.py writes them: name, wall (seconds), rss_mib, other (cores
that other processes took meanwhile). All figures are medians; what each is compared with stands beside it.
"""
import json
import os
import statistics
import sys

# What a row is compared with; all others with the copy.
AGAINST = {
    "liner, cold": "cp -r of its site",
    "liner, nothing changed": "find content -type f",
    "liner, one text edited": "liner, nothing changed",
    "find content -type f": "find content -type f",
}
PEERS = ("hugo", "zola")

size, log = int(sys.argv[1]), sys.argv[2]
rows = {}
with open(log, encoding="utf-8") as f:
    for line in f:
        run = json.loads(line)
        rows.setdefault(run["name"], []).append(run)


def median(name, what="wall"):
    return statistics.median(run[what] for run in rows[name])


def compared(name):
    """How many times as long as what."""
    against = "liner, cold" if name in PEERS else AGAINST.get(name, "cp -r of its site")
    return f"{median(name) / median(against):.2f} x {against}" if name != against else ""


print(f"\n{size} reviews, runs of each: {len(rows['liner, cold'])}, in turn, on {os.cpu_count()} cores\n")
print("| command | median | least - most | a review | ratio | peak memory |")
print("| --- | ---: | ---: | ---: | ---: | ---: |")
for name, runs in rows.items():
    walls = [run["wall"] for run in runs]
    print(f"| {name} | {median(name):.3f} s | {min(walls):.3f} - {max(walls):.3f} | "
          f"{median(name) / size * 1e6:.0f} us | {compared(name)} | {median(name, 'rss_mib'):.0f} MiB |")
print(f"\nall cores take {median('liner, cold') / median('liner, cold, --jobs 1'):.2f} of the time of one; "
      f"64 MiB and 8 KiB a review are {64 + size / 128:.0f} MiB")
other = statistics.median(run["other"] for runs in rows.values() for run in runs)
print(f"other processes took {other:.2f} cores meanwhile (median); the figures count only when that is near 0")
