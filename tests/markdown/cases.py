"""Every case of tests/cases/markdown gives the same with the other engine.

What is the library's own is left out, with the reason. A case that is left out must differ.
"""
import glob
import os
import shlex
import subprocess
import tempfile

import texts
import tap

CASES = os.path.join(tap.ROOT, 'tests', 'cases', 'markdown')
LEFT_OUT = {
    'nested_too_deep': 'cmark-gfm knows where the block that is too deep begins, md4c does not',
    'table_as_text': 'cmark-gfm lets a table follow a line of text, md4c does not',
}


def parts(path):
    """[(what, rest, text)] of a case."""
    found = []
    with open(path, encoding='utf-8') as file:
        for line in file:
            if line.startswith('=== '):
                what, _, rest = line[4:].strip().partition(' ')
                found.append([what, rest, ''])
            elif found:
                found[-1][2] += line
    return found


def run(arguments, stdin, folder):
    done = subprocess.run([tap.program()] + arguments, input=stdin.encode(), cwd=folder, capture_output=True, timeout=60)
    return done.stdout.decode(), done.stderr.decode(), done.returncode


def compare(path):
    """What differs: lines."""
    told, stdin = [], ''
    with tempfile.TemporaryDirectory(prefix='liner-case-') as folder:
        sections = parts(path)
        for what, rest, text in sections:
            if what == 'file':
                with open(os.path.join(folder, rest), 'w', encoding='utf-8') as file:
                    file.write(text)
            elif what == 'stdin':
                stdin = text
        for what, _, text in sections:
            arguments = shlex.split(text) if what == 'command' else []
            if arguments[:1] != ['markdown'] or '--engine' in arguments:
                continue
            one, other = (run(arguments + ['--engine', engine], stdin, folder) for engine in ('md4c', 'cmark-gfm'))
            if one != other:
                told += texts.lines('md4c', one[0] + one[1]) + texts.lines('cmark-gfm', other[0] + other[1])
    return told


def check():
    wrong = compared = 0
    for path in sorted(glob.glob(os.path.join(CASES, '*.case'))):
        name = os.path.basename(path)[:-len('.case')]
        told = compare(path)
        compared += not told
        if bool(told) != (name in LEFT_OUT):
            tap.failed('case markdown/%s with both engines' % name, told or ['it is left out, but does not differ'])
            wrong += 1
    if not wrong:
        tap.passed('%d cases of Markdown with both engines' % compared)
    return wrong
