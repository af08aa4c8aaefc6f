"""Hostile Markdown of 64 KB is answered with either engine, soon: with a page or with an error that says what is wrong.

A test of time would fail on a slow machine: here an answer only has to come at all, within ten times what it may
take. tests/bench/markdown prints how long each takes, and how that grows.
"""
import os
import resource
import subprocess

import texts
import tap

BYTES = 64 << 10
MOST_SECONDS = 10
ENGINES = ('md4c', 'cmark-gfm')


def repeat(*parts):
    """A text of the wanted size: each part as often as the others, behind one another."""
    def make(size):
        times = size // len(''.join(parts).encode())
        return ''.join(part * times for part in parts)
    return make


def behind(start, make):
    return lambda size: start + make(size)


def reference(size):
    half = size // 4
    return '[x]: ' + 'x' * half + '\n\n' + '[x]' * half


def stairs(size):
    rows, width = [], 0
    while sum(rows) < size:
        width += 1
        rows.append(width)
    return '\n'.join('`' * row for row in rows)


INPUTS = {
    'brackets, nested, and a reference': lambda size: '[' * (size // 2) + ']' * (size // 2) + '\n\n[a]: /b',
    'brackets that close first': repeat(']([\n'),
    'brackets that open': repeat('['),
    'one reference, named often': reference,
    'pictures in brackets': repeat('![[]()'),
    'starts of addresses': repeat('www._'),
    'an address and its brackets': behind('www.a.com', repeat(')')),
    'an address and its entities': behind('www.a.com', repeat('&a;')),
    'mail addresses': repeat('a.b@c.d '),
    'mail signs': repeat('a@'),
    'CDATA': repeat('x <![CDATA['),
    'instructions': repeat('x <? '),
    'declarations': repeat('x <!A '),
    'comments': repeat('<!-- '),
    'tags on one line': repeat('<b>'),
    'tags, a line each': repeat('<b>a</b>\n'),
    'line of dashes': behind('a\n', repeat('|-')),
    'stars': repeat('*a '),
    'stars and lines': repeat('*a_ '),
    'stars beside Hangul': repeat('**은(a)**는'),
    'lines beside letters': repeat('a_a'),
    'deletions': repeat('~a '),
    'backticks, ever more': stairs,
    'quotes': repeat('>'),
    'lists': repeat('- '),
    'items': repeat('* a\n'),
    'wiki links': repeat('[[a|b]]'),
    'wiki links that open': repeat('[[a|'),
    'embeds': repeat('![[a]]\n'),
    'spoilers': repeat('||a'),
    'marks and spoilers': repeat('||==a'),
    'comments that open': repeat('%%a '),
    'boxes': repeat('> [!NOTE]\n'),
    'footnotes': repeat('[^1]: a\n'),
    'marks of one footnote': behind('[^1]: a\n\n', repeat('[^1]')),
    'marks without a footnote': behind('[^1]: a\n\n', repeat('[^2]')),
    'footnotes in footnotes': behind('[^1]\n\n', repeat('[^1]: [^1]\n')),
    'entities': repeat('&amp;'),
    'backslashes': repeat('\\'),
    'headings of one name': repeat('## a\n'),
    'references': lambda size: '\n'.join('[%d]: /a' % number for number in range(size // 12)),
    'addresses that are refused': repeat('[a](b:c)'),
    'tasks': repeat('- [ ] a\n'),
    'one word': repeat('a'),
    'line ends': repeat('\n'),
    'Hangul and letters': repeat('가a'),
}


def answer(make, size, engine):
    """(seconds of processor time, bytes of HTML, what was said, status); None for no answer."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run([tap.program(), 'markdown', '--engine', engine], input=make(size).encode(),
                              capture_output=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, len(done.stdout), done.stderr.decode(), done.returncode


def check():
    wrong = 0
    for name, make in INPUTS.items():
        for engine in ENGINES:
            got = answer(make, BYTES, engine)
            if not got:
                told = ['no answer within %d s' % MOST_SECONDS]
            elif got[3] not in (0, 1) or (got[3] == 1 and ': error: ' not in got[2]):
                told = ['status %d' % got[3]] + texts.lines('said', got[2])
            elif got[1] > 50 * BYTES + (1 << 20):
                told = ['%d bytes came of %d' % (got[1], BYTES)]
            else:
                continue
            tap.failed('%s, with %s' % (name, engine), told)
            wrong += 1
    if not wrong:
        tap.passed('%d hostile texts of %d KB are answered by both engines' % (len(INPUTS), BYTES >> 10))
    return wrong
