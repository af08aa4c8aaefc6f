#!/usr/bin/env python3
"""Is the site of a made-up blog right?  check.py BLOG SITE

Every review of the blog has its page, with its title and all its tracks; every drama, artist and tag has one; and the
pages of three artists (the busiest, and two with Hangul names) have a row for each of their tracks. Ends 1 when not.
"""
import glob
import html
import json
import os
import re
import sys
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "links"))
from check import Page, squeeze  # noqa: E402: the page reader of the link checker

blog, site = sys.argv[1:]
wrong = []


def front_matter(path):
    """The fields that are compared. The corpus is made by a script, one field a line, texts as in JSON."""
    with open(path, encoding="utf-8") as f:
        text = f.read().split("\n---\n")[0]
    field = lambda name: json.loads(re.search(rf"(?m)^{name}: (.*)$", text).group(1))
    tracks = [(json.loads(t), json.loads(a)) for t, a in
              re.findall(r'(?m)^  - title: (".*")\n(?:    native: .*\n)?    artists: (\[.*\])$', text)]
    return field("title"), field("drama"), tracks


def read(*path):
    try:
        with open(os.path.join(site, *path, "index.html"), encoding="utf-8") as f:
            return f.read()
    except OSError as error:
        wrong.append(str(error))
        return ""


def words(text):
    """A page's or a title's words without markup, apostrophes and quotes in one shape."""
    return squeeze(html.unescape(re.sub(r"<[^>]*>", " ", text)).replace("’", "'"))


want = json.load(open(os.path.join(blog, "corpus.json"), encoding="utf-8"))
files = sorted(glob.glob(os.path.join(blog, "content/reviews/*.md")))
of_artist = {name: set() for name in want["check_artists"]}
for path in files:
    title, drama, tracks = front_matter(path)
    page = words(read("reviews", unicodedata.normalize("NFC", os.path.basename(path)[:-3])))
    for text in [title, drama] + [t for t, _ in tracks]:
        if words(text) not in page:
            wrong.append(f"the page of {os.path.basename(path)} does not name '{text}'")
    for track, artists in tracks:
        for name in artists:
            if name in of_artist:
                # a track is its drama, title and set of artists: the same one in two reviews is one row
                of_artist[name].add((drama, track, frozenset(artists)))

for kind in ("dramas", "artists", "tags"):
    there = len([d for d in os.listdir(os.path.join(site, kind)) if os.path.isdir(os.path.join(site, kind, d))])
    if there != want[kind]:
        wrong.append(f"{there} pages of {kind} instead of {want[kind]}")

slug = lambda name: re.sub(r"[^0-9a-z가-힣]+", "-", name.lower()).strip("-")
for name, tracks in of_artist.items():
    rows = [row for row, links in Page(read("artists", slug(name))).rows if links]
    rows = [words(row) for row in rows]
    missing = [t for t in tracks if not any(words(t[1]) in row and words(t[0]) in row for row in rows)]
    wrong += [f"the page of {name} has no row for '{t}' of {d}" for d, t, _ in missing]
    print(f"  {name}: {len(tracks)} tracks, {len(tracks) - len(missing)} of them in rows of the page")

for line in wrong[:20]:
    print("  WRONG " + line)
print(f"  {len(files)} reviews: " + (f"{len(wrong)} things are wrong" if wrong else "all have their page, and its tracks"))
sys.exit(bool(wrong))
