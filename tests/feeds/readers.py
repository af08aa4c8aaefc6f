#!/usr/bin/python3
"""Two readers of feeds that know nothing of each other read the same in every Atom feed below a folder: Debian's
feedparser and npm's rss-parser. In the JSON feed beside it stands that, too.

    readers.py SITE
"""
import calendar
import glob
import json
import os
import subprocess
import sys
import time

import feedparser

feedparser.SANITIZE_HTML = feedparser.RESOLVE_RELATIVE_URIS = 0
HERE = os.path.dirname(os.path.abspath(__file__))


def moment(text):
    return calendar.timegm(time.strptime(text.replace('.000Z', 'Z'), '%Y-%m-%dT%H:%M:%SZ'))


def by_feedparser(path):
    feed = feedparser.parse(path)
    if feed.bozo:
        return str(feed.bozo_exception)
    entries = [(one.id, one.title, one.link, calendar.timegm(one.published_parsed), one.content[0].value.strip())
               for one in feed.entries]
    return feed.feed.title, feed.feed.link, entries


def by_rss_parser(line):
    feed = json.loads(line)
    entries = [(number, title, link, moment(day), text.strip()) for number, title, link, day, text in feed['entries']]
    return feed['title'], feed['link'], entries


def by_json(path):
    with open(path, encoding='utf-8') as file:
        feed = json.load(file)
    return feed['title'], feed['home_page_url'], [(one['id'], one['title'], one['url'], moment(one['date_published']),
                                                   one['content_html'].strip()) for one in feed['items']]


def main():
    paths = sorted(glob.glob(os.path.join(sys.argv[1], '**', 'feed.xml'), recursive=True))
    done = subprocess.run(['node', os.path.join(HERE, 'rss_parser.mjs')], input='\n'.join(paths), text=True,
                          capture_output=True, check=True)
    bad = not paths
    for path, line in zip(paths, done.stdout.splitlines()):
        wanted = by_feedparser(path)
        for name, got in (('rss-parser', by_rss_parser(line)), ('feed.json', by_json(path[:-3] + 'json'))):
            if got != wanted:
                print('%s: feedparser has %.300r, %s %.300r' % (path, wanted, name, got))
                bad = True
    return 1 if bad or len(paths) != len(done.stdout.splitlines()) else 0


if __name__ == '__main__':
    sys.exit(main())
