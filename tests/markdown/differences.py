"""Both engines give the same page: over the specifications, and over texts made at random (generate.py).

What differs is made as short as it goes, and must be like an entry of differences.list. The texts are the same each
time; SEED (a number, or `random`) and TEXTS in the environment ask for others, and how many.
"""
import concurrent.futures
import os
import random
import re

import texts
import tap
import generate

LIST = os.path.join(texts.HERE, 'differences.list')
TEXTS = int(os.environ.get('TEXTS', 5000))
# To make a text shorter still is more work than it is worth then.
MOST_STEPS = 2000


class Engines:
    def __init__(self):
        self.renderers = [texts.Renderer('md4c'), texts.Renderer('cmark-gfm')]

    def html(self, text):
        return [renderer.html(text) for renderer in self.renderers]

    def differ(self, text):
        one, other = self.html(text)
        return one != other

    def shorten(self, text):
        """The text without all that can go while the engines still differ."""
        steps, size = 0, len(text) // 2
        while size and steps < MOST_STEPS:
            at, cut = 0, False
            while at < len(text):
                shorter = text[:at] + text[at + size:]
                steps += 1
                if shorter.strip() and self.differ(shorter):
                    text, cut = shorter, True
                else:
                    at += size
            if not cut:
                size //= 2
        return text

    def close(self):
        for renderer in self.renderers:
            renderer.close()


def read_list():
    """[(name, pattern, example)]"""
    with open(LIST, encoding='utf-8') as file:
        entries = file.read().split('\n== ')[1:]
    found = []
    for entry in entries:
        name, fields = entry.split('\n', 1)
        fields = dict(re.findall(r'^(reason|like|example): (.*)$', fields, re.M))
        found.append((name, re.compile(fields['like'], re.S), fields['example'].replace('\\n', '\n') + '\n'))
    return found


def check_list(entries):
    engines = Engines()
    wrong = 0
    for name, pattern, example in entries:
        if not engines.differ(example):
            tap.failed('listed difference: ' + name, ['its example differs no more'] + texts.lines('typed', example))
        elif not pattern.search(example.rstrip('\n')):
            tap.failed('listed difference: ' + name, ['its example is not like it'])
        else:
            continue
        wrong += 1
    engines.close()
    if not wrong:
        tap.passed('all %d listed differences between the engines occur' % len(entries))
    return wrong


def look(entries, some):
    """[(text, as short as it goes, the entry's name or '')] of those that differ."""
    engines = Engines()
    found = []
    for text in some:
        if engines.differ(text):
            short = engines.shorten(text)
            like = [name for name, pattern, _ in entries if pattern.search(short.rstrip('\n'))]
            found.append((short, like[0] if like else '', engines.html(short)))
    engines.close()
    return found


def check_texts(entries, what, some):
    """On all cores: each has engines of its own."""
    cores = os.cpu_count() or 1
    with concurrent.futures.ThreadPoolExecutor(cores) as pool:
        found = [result for part in pool.map(lambda part: look(entries, part), [some[i::cores] for i in range(cores)])
                 for result in part]
    others = [result for result in found if not result[1]]
    for short, _, (one, other) in others:
        tap.failed('both engines alike over ' + what,
                   texts.lines('typed', short) + texts.lines('md4c', one) + texts.lines('cmark-gfm', other))
    if not others:
        tap.passed('both engines alike over %s; %d differ as listed' % (what, len(found)))
    return len(others)


def check():
    entries = read_list()
    wrong = check_list(entries)
    specification = [markdown for _, markdown, _ in texts.examples(texts.COMMONMARK)]
    wrong += check_texts(entries, "CommonMark's %d examples" % len(specification), specification)
    path, reason = texts.fetch('gfm')
    if path:
        specification = [markdown for _, markdown, _ in texts.examples(path)]
        wrong += check_texts(entries, "GitHub's %d examples" % len(specification), specification)
    else:
        tap.skipped("both engines over GitHub's examples", reason)
    asked = os.environ.get('SEED', '1')
    seed = random.randrange(1 << 32) if asked == 'random' else int(asked)
    made = [generate.text(seed + number) for number in range(TEXTS)]
    return wrong + check_texts(entries, '%d texts made at random (SEED=%d)' % (TEXTS, seed), made)
