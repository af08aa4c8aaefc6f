"""Hostile YAML of 64 KB is answered soon: taken, or refused with an error that says where and why.

A test of time would fail on a slow machine: here an answer only has to come at all, within ten times what it may
take. tests/bench/yaml prints how long each takes, and how that grows.
"""
import json
import os
import resource
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tap

BYTES = 64 << 10
MOST_SECONDS = 10
HEAD = 'title: One\ndate: 2017-01-22\ndrama: Goblin\n'


def repeat(part, start='', end=''):
    """A part as often as it fits, between what stands once."""
    def make(size):
        room = size - len((start + end).encode())
        return start + part * (room // len(part.encode())) + end
    return make


def numbered(form, start='', end=''):
    """A part for each number, up to the size."""
    def make(size):
        parts, room = [], size - len(start + end)
        while True:
            part = form.replace('N', str(len(parts)))
            room -= len(part)
            if room < 0:
                return start + ''.join(parts) + end
            parts.append(part)
    return make


def halves(left, right, start=''):
    def make(size):
        times = (size - len(start)) // len(left + right)
        return start + left * times + right * times
    return make


def doublings(size):
    """Each item holds the one before it nine times."""
    rows = ['- &a0 x\n']
    while sum(map(len, rows)) < size - 100:
        rows.append('- &a%d [%s]\n' % (len(rows), ', '.join(['*a%d' % (len(rows) - 1)] * 9)))
    return 'tags:\n' + ''.join(rows)


INPUTS = {
    'lists that open': repeat('[', 'tags: '),
    'lists in lists': halves('[', ']', 'tags: '),
    'maps that open': repeat('{a: ', 'tags: '),
    'keys that open': repeat('? '),
    'items in items': repeat('- ', 'tags:\n  '),
    'keys of maps that open': repeat('{? ', 'tags: '),
    'anchors': numbered('- &aN x\n', 'tags:\n'),
    'aliases of aliases': doublings,
    'aliases of one anchor': repeat('- *a\n', 'tags:\n- &a x\n'),
    'a tag for each item': repeat('- !a x\n', 'tags:\n'),
    'lists in a list of tags': repeat('[a],', 'tags: [', ']'),
    'links in a list of tags': repeat('[[a]],', 'tags: [', ']'),
    'maps in a list of tags': repeat('- a: b\n', 'tags:\n'),
    'tags': numbered('tN,', 'tags: [', ']'),
    'one tag, often': repeat('a,', 'tags: [', ']'),
    'fields that nobody knows': numbered('titel_N: x\n'),
    'one field, often': repeat('title: x\n'),
    'keys that start with a dash': numbered('  -aN: 1\n', 'x:\n'),
    'items without a blank': repeat('  -a\n', 'tags:\n'),
    'items behind signs': repeat('  - "a" #b\n', 'tags:\n'),
    'texts of two lines behind signs': repeat('- "a\nb" #c\n', 'tags:\n'),
    'texts in brackets behind signs': repeat('a #b\n ,', 'tags: [', ']'),
    'quotes that close in a text': repeat("'a'b,", 'tags: [', ']'),
    'brackets in quotes': repeat('"[",', 'tags: [', '"a"b]'),
    'brackets and a text behind them': repeat('[a]b,', 'tags: [', "'a'b]"),
    'quotes that open': repeat('"', 'tags: '),
    'quotes that open, a line each': repeat('- "a\n', 'tags:\n'),
    'single quotes': repeat("'", 'tags: '),
    'apostrophes': repeat("'a", 'tags: '),
    'codes': repeat('\\q', 'summary: "', '"'),
    'lines of a text and a fault': repeat(' a\n', 'summary: a\n', ' b: c\n'),
    'lines of a text and a fault in the last': repeat(' a\n', 'summary: a\n', ' b c: d\n'),
    'lines of a text, not indented': repeat('a\n', 'summary: a\n', 'b: c: d\n'),
    'empty lines and a fault': repeat('\n', 'summary: a\n', ' b: c\n'),
    'tabs': repeat('\t', 'tags:\n', 'a: b\n'),
    'lines of tabs': repeat('\ta: b\n', 'tags:\n'),
    'colons': repeat('a: ', 'summary: '),
    'signs': repeat(' #', 'summary: a'),
    'comments': repeat('#\n', '', 'a: b: c\n'),
    'one long key': repeat('a', '', ': b\n'),
    'one word': repeat('a', 'summary: '),
    'a word a line': repeat('a\n'),
    'Hangul': repeat('가', 'summary: '),
    'bytes that are no text': repeat('\x01', 'summary: '),
    'dashes': repeat('-', 'summary: '),
    'documents': repeat('--- a\n... \n'),
    'a text of lines': repeat('  a\n', 'summary: |\n'),
    'tracks': repeat('  a - b\n', 'tracks: |\n'),
    'tracks that nobody can read': repeat('  |\n', 'tracks: |\n'),
    'handles of tags': numbered('%TAG !tN! tag:example.org,2000:\n', '...\n', '---\ntitle: One\n'),
    'one handle of tags': repeat('%TAG ! tag:example.org,2000:\n', '...\n', '---\ntitle: One\n'),
    'a long handle of tags': repeat('a', '...\n%TAG !', '! tag:example.org\n---\ntitle: One\n'),
    'a tag of a handle for each item': repeat('- !t!a x\n', 'tags:\n'),
    'versions': repeat('%YAML 1.1\n', '...\n', '---\ntitle: One\n'),
    'dates': repeat('2017-01-22,', 'recommended: [', ']'),
}


# Where YAML is read: the file, what it needs, and how it is written.
SETTINGS = 'title: Notes\nurl: https://example.org/\n'
PLACES = {
    'front matter': ('content/reviews/hostile.md', HEAD, '---\n%s\n---\nText.\n'),
    'liner.yaml': ('liner.yaml', SETTINGS, '%s\n'),
    'theme.yaml': ('themes/own/theme.yaml', 'name: own\nparent: sleeve\n', '%s\n'),
    'comments': ('content/reviews/hostile.comments.yaml', '', '%s\n'),
}


def write(root, path, text):
    os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
    with open(os.path.join(root, path), 'w', encoding='utf-8') as file:
        file.write(text)


def blog(root, place='front matter'):
    """A blog of which one file takes its YAML from each text in turn."""
    write(root, 'liner.yaml', SETTINGS + ('theme: own\n' if place == 'theme.yaml' else ''))
    write(root, PLACES['front matter'][0], PLACES['front matter'][2] % HEAD)
    return root


def text_of(make, size, head=HEAD):
    """As many bytes as asked for at most, the needed fields among them: longer front matter isn't read at all."""
    return head + make(size - len(head) - 1) if size else head


def answer(root, make, size, place='front matter'):
    """(seconds of processor time, the problems told, status); None for no answer."""
    path, head, form = PLACES[place]
    write(root, path, form % text_of(make, size, head))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run([tap.program(), 'check', '--root', root, '--jobs', '1', '--format', 'json', '--quiet'],
                              capture_output=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    try:
        problems = json.loads(done.stdout)['problems']
    except ValueError:
        problems = None
    return seconds, problems, done.returncode


def complaint(got, path, first_line):
    """What is wrong with an answer, as lines; none when it is a good one."""
    if not got:
        return ['no answer within %d s' % MOST_SECONDS]
    _, problems, status = got
    if problems is None or status not in (0, 1) or (status == 1) != any(p['level'] == 'error' for p in problems):
        return ['status %d' % status, str(problems)[:200]]
    lost = [p for p in problems if p['file'] != path or p.get('line', 0) < first_line]
    return ['a problem without its line: %s' % lost[0]] if lost else []


def check(work):
    for place, (path, _, _) in PLACES.items():
        root, wrong = blog(os.path.join(work, place.replace(' ', '-')), place), 0
        for name, make in INPUTS.items():
            told = complaint(answer(root, make, BYTES, place), path, 2 if place == 'front matter' else 1)
            if told:
                tap.failed('hostile YAML in %s: %s' % (place, name), told)
                wrong += 1
        if not wrong:
            tap.passed('%d hostile texts of %d KB in %s are answered' % (len(INPUTS), BYTES >> 10, place))
