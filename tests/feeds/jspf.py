#!/usr/bin/env python3
"""A playlist.jspf is a playlist as xspf.org/jspf has them, and says what the playlist.xspf beside it says.

    tests/feeds/jspf.py FOLDER/playlist.jspf
"""
import json
import sys
import xml.etree.ElementTree as ElementTree

TEXTS = {'title', 'creator', 'annotation', 'info', 'location', 'identifier', 'image', 'date', 'license'}
TRACK_TEXTS = {'title', 'creator', 'annotation', 'info', 'image', 'album'}
XSPF = '{http://xspf.org/ns/0/}'


def one(element, name):
    return element.findtext(XSPF + name)


def several(element, name):
    return [found.text for found in element.findall(XSPF + name)]


def present(pairs):
    return {name: value for name, value in pairs.items() if value not in (None, [])}


def track_of(element):
    """A track of an XSPF file as JSPF has it."""
    duration = one(element, 'duration')
    return present({
        'location': several(element, 'location'), 'identifier': several(element, 'identifier'),
        **{name: one(element, name) for name in TRACK_TEXTS}, 'duration': int(duration) if duration else None})


def problems(path):
    with open(path, encoding='utf-8') as file:
        whole = json.load(file)
    if list(whole) != ['playlist']:
        yield 'holds something besides a playlist'
    playlist = dict(whole['playlist'])
    tracks = playlist.pop('track')
    yield from (f'{name} is not of the format' for name in playlist if name not in TEXTS)
    for track in tracks:
        wrong = [name for name, value in track.items()
                 if not (name in TRACK_TEXTS and isinstance(value, str)
                         or name in ('location', 'identifier') and value and all(isinstance(v, str) for v in value)
                         or name == 'duration' and isinstance(value, int))]
        yield from (f'a track says {name} otherwise than the format does' for name in wrong)
    root = ElementTree.parse(path[:-len('jspf')] + 'xspf').getroot()
    said = present({name: one(root, name) for name in TEXTS})
    said['location'] = said['location'][:-len('xspf')] + 'jspf'
    if playlist != said:
        yield f'says {playlist}, the other {said}'
    if tracks != [track_of(element) for element in root.find(XSPF + 'trackList')]:
        yield 'its tracks are not those of the other'


found = list(problems(sys.argv[1]))
print('\n'.join(found), end='\n' if found else '')
sys.exit(bool(found))
