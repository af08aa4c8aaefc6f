#!/usr/bin/env python3
"""Is every string in the feed what it was, and nothing else?   feed.py FEED HARMLESS-FEED STRINGS.json

TAP on stdout. The parser is expat. XML itself makes a line end of "\\r", and blanks of line ends in attributes.
"""
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree as tree

ATOM = "{http://www.w3.org/2005/Atom}"


def shape(node):
    return node.tag, sorted(node.attrib), [shape(child) for child in node]


def main():
    page, harmless = (tree.parse(path).getroot() for path in sys.argv[1:3])
    with open(sys.argv[3], encoding="utf-8") as file:
        strings = json.load(file)["strings"]
    wrong = []
    for entry, s in zip(page, strings):
        title, link, content = entry
        as_xml = re.sub("\r\n?", "\n", s)
        quoted = urllib.parse.parse_qs(urllib.parse.urlsplit(link.get("href")).query, keep_blank_values=True)["q"][0]
        escaped = re.sub("\r\n?", "\n", s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                         .replace('"', "&#34;").replace("'", "&#39;"))
        for got, wanted in ((title.text or "", as_xml), (link.get("title"), re.sub("[\n\t]", " ", as_xml)), (quoted, s),
                            (content.text, f"<p>{escaped}</p>")):
            if got != wanted:
                wrong.append(f"{wanted!r} is {got!r}")
    same = shape(page) == shape(harmless) and len(page) == len(strings)
    print(f"{'ok' if same else 'not ok'} - {len(strings)} strings leave the feed's shape alone")
    print(f"{'not ok' if wrong else 'ok'} - all come back from the feed")
    for line in wrong[:10]:
        print("#", line)
    return 1 if wrong or not same else 0


sys.exit(main())
