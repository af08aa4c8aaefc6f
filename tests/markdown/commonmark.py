"""The examples of the CommonMark specification, 0.31.2, through `liner markdown --commonmark`.

Each gives the HTML of the specification with md4c 0.5.3, where Debian offers it. With the libraries of Debian 12 too, but
for those below, which they get wrong themselves; both give the same, but where only one of them is wrong.
"""
import concurrent.futures
import os
import subprocess

import texts
import tap

EXAMPLES = 652
ENGINES = ('md4c', 'cmark-gfm')

OLDER = 'the library is older than this rule of 0.31: '
WRONG_IN_BOTH = {
    171: OLDER + '<textarea> did not keep its blank lines',
    354: OLDER + 'currency signs were no punctuation',
    625: OLDER + 'a comment could not hold --',
    626: OLDER + 'a comment could not be <!--> or <!--->',
}
WRONG = {
    'md4c': WRONG_IN_BOTH,
    'cmark-gfm': {**WRONG_IN_BOTH, 28: 'the library takes a number of eight digits for an entity: seven are the most'},
}


def html_of(markdown, engine, environment=None):
    done = subprocess.run([tap.program(), 'markdown', '--commonmark', '--engine', engine], input=markdown.encode(),
                          capture_output=True, timeout=60, env=environment)
    said = done.stderr.decode()
    return done.stdout.decode() if not done.returncode and not said else 'status %d: %s' % (done.returncode, said)


def told(markdown, wanted, got):
    return texts.lines('typed', markdown) + texts.lines('wanted', wanted) + texts.lines('got', got)


def compare(number, _, markdown, wanted):
    """What is wrong with an example: [(engine, lines)]."""
    got = {engine: html_of(markdown, engine) for engine in ENGINES}
    wrong = []
    for engine in ENGINES:
        is_right = got[engine] == wanted
        if not is_right and number not in WRONG[engine]:
            wrong.append((engine, told(markdown, wanted, got[engine])))
        if is_right and number in WRONG[engine]:
            wrong.append((engine, ['is right, though it is listed as wrong: ' + WRONG[engine][number]]))
    if got['md4c'] != got['cmark-gfm'] and all((number in WRONG[engine]) == (number in WRONG['md4c'])
                                               for engine in ENGINES):
        wrong.append(('both alike', texts.lines('md4c', got['md4c']) + texts.lines('cmark-gfm', got['cmark-gfm'])))
    return wrong


def each(work, found):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(lambda item: work(item[0], *item[1]), enumerate(found, 1)))


def check_installed(found):
    wrong = 0
    for number, problems in enumerate(each(compare, found), 1):
        for what, lines in problems:
            tap.failed('example %d of CommonMark, %s' % (number, what), lines)
            wrong += 1
    for engine in ENGINES if not wrong else ():
        tap.passed('%d of %d examples of CommonMark with %s, the others as its library has them'
                   % (EXAMPLES - len(WRONG[engine]), EXAMPLES, engine))
    return wrong


def check_newer(found):
    """All of them with a newer md4c, which takes the place of the one that is installed."""
    name = 'all %d examples of CommonMark with md4c 0.5.3' % EXAMPLES
    folder, reason = texts.fetch('md4c')
    if not folder:
        tap.skipped(name, reason)
        return 0
    environment = dict(os.environ, LD_LIBRARY_PATH=folder)
    libraries = subprocess.run(['ldd', tap.program()], env=environment, capture_output=True).stdout.decode()
    if os.path.join(folder, 'libmd4c.so.0') not in libraries:
        tap.failed(name, ['the program does not take the library in ' + folder])
        return 1

    def judge(number, _, markdown, wanted):
        got = html_of(markdown, 'md4c', environment)
        if got != wanted:
            tap.failed('example %d of CommonMark with md4c 0.5.3' % number, told(markdown, wanted, got))
        return got != wanted

    wrong = sum(each(judge, found))
    if not wrong:
        tap.passed(name)
    return wrong


def check():
    found = texts.examples(texts.COMMONMARK)
    if len(found) != EXAMPLES:
        tap.failed('the specification has %d examples' % EXAMPLES, ['found %d' % len(found)])
        return 1
    return check_installed(found) + check_newer(found)
