"""The rules for what pages say of themselves in JSON-LD, and for each a fault that breaks it.

Sources: Google's pages on review snippets, articles and breadcrumbs; schema.org's definitions of types. Where Google only
recommends, Liner always writes it, so it is a rule here.
"""
import re
import urllib.parse

REVIEWED = {'MusicAlbum', 'MusicRecording', 'TVEpisode', 'TVSeries', 'Movie'}
NAMED = REVIEWED | {'MusicGroup', 'MusicComposition', 'Person', 'Organization', 'WebSite', 'CollectionPage', 'WebPage'}
LONGEST_NAME = 100
DAY = r'\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)?)?$'


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def review(node):
    item, rating, authors = node.get('itemReviewed', {}), node.get('reviewRating', {}), node.get('author') or []
    if item.get('@type') not in REVIEWED:
        yield 'reviews a %s' % item.get('@type')
    if not item.get('name'):
        yield 'reviews what has no name'
    if rating.get('@type') != 'Rating':
        yield 'has no rating'
    if not authors:
        yield 'has no author'
    if not node.get('datePublished'):
        yield 'has no day'


def rating(node):
    missing = [name for name in ('ratingValue', 'bestRating', 'worstRating') if not is_number(node.get(name))]
    if missing:
        yield 'has no number as %s' % ', '.join(missing)
    elif not node['worstRating'] <= node['ratingValue'] <= node['bestRating']:
        yield 'is off its bounds'


def piece(node):
    if not node.get('headline'):
        yield 'has no headline'
    if not re.match(DAY, node.get('datePublished', '')):
        yield 'was published on no day'
    if 'dateModified' in node and not re.match(DAY, node['dateModified']):
        yield 'was changed on no day'
    if any(author.get('@type') not in ('Person', 'Organization') for author in node.get('author', [])):
        yield 'was written by nobody'


def author_name(node):
    if len(node.get('name', '')) >= LONGEST_NAME:
        yield 'has a name that is too long'


def steps(node):
    items = node.get('itemListElement', [])
    if [item.get('position') for item in items] != list(range(1, len(items) + 1)):
        yield 'counts otherwise than 1, 2, 3'
    if any(item.get('@type') != 'ListItem' for item in items):
        yield 'holds what is no ListItem'


def trail(node):
    items = node.get('itemListElement', [])
    if len(items) < 2:
        yield 'has one step'
    if any(not item.get('name') for item in items):
        yield 'has a step without a name'
    if any(not item.get('item') for item in items[:-1]):
        yield 'has a step that leads nowhere'


def target(item):
    return item.get('url') or (item.get('item') or {}).get('url')


def things(node):
    items = node.get('itemListElement', [])
    if not all(target(item) for item in items):
        yield 'has something without an address'
    elif len({urllib.parse.urlsplit(target(item)).netloc for item in items}) > 1:
        yield 'leads to several hosts'
    if len({(item.get('item') or {}).get('@type') for item in items}) > 1:
        yield 'has things of several types'
    if node.get('numberOfItems') != len(items):
        yield 'miscounts its things'


def named(node):
    is_reference = '@id' in node and not set(node) - {'@type', '@id'}
    if not is_reference and not node.get('name'):
        yield 'has no name'


def recording(node):
    if 'duration' in node and not re.match(r'PT(\d+H)?(\d+M)?(\d+S)?$', node['duration']):
        yield 'lasts no time'
    if 'isrcCode' in node and not re.match(r'[A-Z]{2}[A-Z0-9]{3}\d{7}$', node['isrcCode']):
        yield 'has no ISRC'


def any_node(node):
    if 'aggregateRating' in node:
        yield 'has a mean rating, by one writer'
    if 'review' in node or 'reviewRating' in node and node['@type'] != 'Review':
        yield 'is rated and is no review'


RULES = {
    'Review': (review, piece), 'BlogPosting': (piece,), 'Rating': (rating,), 'Person': (author_name,),
    'BreadcrumbList': (steps, trail), 'ItemList': (steps, things), 'MusicRecording': (recording,)}


def problems_of(node):
    kind = node['@type']
    rules = RULES.get(kind, ()) + (any_node,) + ((named,) if kind in NAMED else ())
    return ['%s %s' % (kind, problem) for rule in rules for problem in rule(node)]


def without(name):
    return lambda node: node.pop(name)


def with_(**values):
    return lambda node: node.update({name.replace('at_', '@'): value for name, value in values.items()})


def inside(name, spoil):
    return lambda node: spoil(node[name][0] if isinstance(node[name], list) else node[name])


# What spoils a node of a type.
FAULTS = [
    ('Review', 'a group is reviewed', inside('itemReviewed', with_(at_type='MusicGroup'))),
    ('Review', 'a composition is reviewed', inside('itemReviewed', with_(at_type='MusicComposition'))),
    ('Review', 'a list is reviewed', inside('itemReviewed', with_(at_type='ItemList'))),
    ('Review', 'nothing is reviewed', without('itemReviewed')),
    ('Review', 'what is reviewed has no name', inside('itemReviewed', without('name'))),
    ('Review', 'no rating', without('reviewRating')),
    ('Review', 'no author', without('author')),
    ('Review', 'an author of no kind', inside('author', without('@type'))),
    ('Review', 'no day', without('datePublished')),
    ('Review', 'a day in words', with_(datePublished='May 2, 2022')),
    ('Review', 'no headline', without('headline')),
    ('Rating', 'no value', without('ratingValue')),
    ('Rating', 'a value with a comma', with_(ratingValue='8,5')),
    ('Rating', 'no best', without('bestRating')),
    ('Rating', 'no worst', without('worstRating')),
    ('Rating', 'above the best', with_(ratingValue=1000)),
    ('Person', 'no name', without('name')),
    ('Person', 'a name of a hundred letters', with_(name='x' * LONGEST_NAME)),
    ('BlogPosting', 'no headline', without('headline')),
    ('BlogPosting', 'no day', without('datePublished')),
    ('BlogPosting', 'a rating', with_(reviewRating={'@type': 'Rating'})),
    ('BreadcrumbList', 'one step', lambda node: node['itemListElement'].pop()),
    ('BreadcrumbList', 'a step without a place', inside('itemListElement', without('position'))),
    ('BreadcrumbList', 'a step without a name', inside('itemListElement', without('name'))),
    ('BreadcrumbList', 'a step without an address', inside('itemListElement', without('item'))),
    ('BreadcrumbList', 'a step of another type', inside('itemListElement', with_(at_type='WebPage'))),
    ('ItemList', 'a place twice', inside('itemListElement', with_(position=2))),
    ('ItemList', 'a thing on another host', inside('itemListElement', with_(url='https://example.net/'))),
    ('ItemList', 'a thing of another type', inside('itemListElement', with_(item={'@type': 'Movie', 'url': '/'}))),
    ('ItemList', 'a wrong count', with_(numberOfItems=0)),
    ('MusicAlbum', 'no name', without('name')),
    ('MusicRecording', 'no name', without('name')),
    ('MusicRecording', 'a length as on a sleeve', with_(duration='3:45')),
    ('MusicRecording', 'an ISRC that is too short', with_(isrcCode='KRA38160012')),
    ('MusicGroup', 'no name', without('name')),
    ('TVSeries', 'no name', without('name')),
    ('TVEpisode', 'no name', without('name')),
    ('TVSeries', 'a mean rating', with_(aggregateRating={'@type': 'AggregateRating', 'ratingValue': 8, 'ratingCount': 1})),
]
