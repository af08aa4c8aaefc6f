#!/usr/bin/env python3
"""One feed.json keeps the rules of JSON Feed 1.1 and says what the feed.xml beside it says: json_feed.py FILE"""
import json
import os
import re
import sys
import xml.etree.ElementTree as tree

MOMENT = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$')
ADDRESS = re.compile(r'^https?://[^\s/]+(/\S*)?$')
ATOM = '{http://www.w3.org/2005/Atom}'
# What each part may hold, and as what; those with a '!' it has to.
FEED = {'version': str, 'title!': str, 'home_page_url': ADDRESS, 'feed_url': ADDRESS, 'description': str,
        'language': str, 'authors': list, 'items!': list}
ITEM = {'id!': str, 'url': ADDRESS, 'title': str, 'content_html!': str, 'summary': str, 'image': ADDRESS,
        'date_published': MOMENT, 'date_modified': MOMENT, 'authors': list, 'tags': list, 'attachments': list}
AUTHOR = {'name!': str, 'url': ADDRESS}
ATTACHMENT = {'url!': ADDRESS, 'mime_type!': re.compile(r'^\w+/[\w.+-]+$'), 'size_in_bytes': int}


def check(what, value, rules):
    rules = {name.rstrip('!'): (kind, name.endswith('!')) for name, kind in rules.items()}
    for name, (_, is_needed) in rules.items():
        if is_needed and name not in value:
            yield '%s lacks %s' % (what, name)
    for name, found in value.items():
        kind = rules.get(name, (None,))[0]
        if kind is None:
            yield '%s has %s' % (what, name)
        elif isinstance(kind, type):
            if not isinstance(found, kind):
                yield '%s.%s is no %s' % (what, name, kind.__name__)
        elif not isinstance(found, str) or not kind.match(found):
            yield '%s.%s: %r' % (what, name, found)


def problems_of(feed):
    yield from check('feed', feed, FEED)
    if feed['version'] != 'https://jsonfeed.org/version/1.1':
        yield 'version: %r' % feed['version']
    ids = [item['id'] for item in feed['items']]
    if len(ids) != len(set(ids)):
        yield 'an id stands twice'
    for part in [feed] + feed['items']:
        for author in part.get('authors', []):
            yield from check('author', author, AUTHOR)
    for item in feed['items']:
        yield from check('item', item, ITEM)
        for attachment in item.get('attachments', []):
            yield from check('attachment', attachment, ATTACHMENT)


def from_atom(path):
    """(id, title, when it changed, enclosures) of each entry, as the other feed has them."""
    for entry in tree.parse(path).getroot().iter(ATOM + 'entry'):
        enclosures = [link.get('href') for link in entry.iter(ATOM + 'link') if link.get('rel') == 'enclosure']
        yield tuple(entry.find(ATOM + name).text for name in ('id', 'title', 'updated')) + (enclosures,)


def main():
    path = sys.argv[1]
    with open(path, encoding='utf-8') as file:
        feed = json.load(file)
    told = list(problems_of(feed))
    same = [(item['id'], item.get('title'), item.get('date_modified'), [one['url'] for one in item.get('attachments', [])])
            for item in feed['items']]
    other = list(from_atom(os.path.join(os.path.dirname(path), 'feed.xml')))
    if same != other:
        told.append('its items are not the entries of feed.xml: %r and %r' % (same, other))
    print('\n'.join(told))
    return 1 if told else 0


if __name__ == '__main__':
    sys.exit(main())
