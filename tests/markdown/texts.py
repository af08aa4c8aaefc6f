"""What the tests of Markdown share: the examples of a specification, and a process that renders text after text."""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tap

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = re.compile(r'^`{32} example *(\w*)\n(.*?)^\.\n(.*?)^`{32}$', re.S | re.M)
COMMONMARK = os.path.join(tap.ROOT, 'tests', 'node_modules', 'commonmark-spec', 'spec.txt')


def examples(path):
    """[(extension or '', markdown, html)], in their order."""
    with open(path, encoding='utf-8') as file:
        return [tuple(part.replace('→', '\t') for part in example) for example in EXAMPLE.findall(file.read())]


def fetch(what):
    """(path, '') of what tests/markdown/fetch fetches, or ('', why not)."""
    done = subprocess.run([os.path.join(HERE, 'fetch'), what], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.stdout.decode().strip(), done.stderr.decode().strip()


def lines(name, text):
    return [name + ': ' + line for line in text.replace('\t', '→').split('\n')]


class Renderer:
    """tests/markdown/batch.c."""

    def __init__(self, *arguments):
        program = os.path.join(tap.ROOT, 'out', tap.MODE, 'tests', 'markdown_batch')
        self.process = subprocess.Popen([program] + list(arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def html(self, markdown):
        body = markdown.encode()
        self.process.stdin.write(b'%d\n%s' % (len(body), body))
        self.process.stdin.flush()
        length = int(self.process.stdout.readline())
        return self.process.stdout.read(length).decode()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def compile_renderer():
    done = subprocess.run(['make', '-s', 'MODE=' + tap.MODE, 'markdown-batch'],
                          cwd=tap.ROOT, stdout=sys.stderr)
    if done.returncode:
        tap.failed('tests/markdown/batch.c compiles')
        sys.exit(1)
