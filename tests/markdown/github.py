"""The examples of GitHub's specification, with the engine cmark-gfm: all that the library's own renderer gets right.

Those of CommonMark go through `--commonmark`, byte for byte; those of an extension through `--github`, and as pages have
them, with what Liner adds taken away again: classes for `align`, the frame of a table, the label of a task.
"""
import re
import subprocess

import texts
import tap

EXAMPLES = 673
# What a page of Liner's has otherwise; each is held to the truth.
DECIDED = {
    628: 'ftp: is no address that a page may link to',
    653: 'raw HTML is let through as a whole or not at all, as the blog says',
}

TAKEN_AWAY = (
    (r'<div class="table" tabindex="0">(<table>.*?</table>)</div>', r'\1'),
    (r'<(t[hd]) class="(left|right|center)">', r'<\1 align="\2">'),
    (r'<pre tabindex="0">', '<pre>'),
    (r'<li class="task">', '<li>'),
    (r'<label><input type="checkbox" disabled( checked)?>(.*?)</label>',
     lambda found: '<input type="checkbox"%s disabled="" />%s' % (' checked=""' if found[1] else '', found[2])),
    (r'<(hr|br)>', r'<\1 />'),
    (r'<(h\d) id="[^"]*">', r'<\1>'),
    (r' <a class="anchor"[^>]*></a>', ''),
)


def bare(html):
    for pattern, instead in TAKEN_AWAY:
        html = re.sub(pattern, instead, html, flags=re.S)
    return re.sub(r'\s*\n\s*', '\n', html).strip()


def of_library(html):
    """The library writes a checkbox's attributes in another order, and line ends elsewhere."""
    html = re.sub(r'<input type="checkbox"(?: checked="")? disabled="" ?/?>|<input (?:checked="" )?disabled="" type="checkbox">',
                  lambda found: '<input type="checkbox"%s disabled="" />' % (' checked=""' if 'checked=' in found[0] else ''), html)
    html = re.sub(r'(<(?:thead|tbody|tr)>|</t[hd]>)\s*|\s*(</tr>)', lambda found: found[1] or found[2], html)
    return re.sub(r'\s*\n\s*', '\n', html).strip()


def html_of(markdown, *options):
    return subprocess.run([tap.program(), 'markdown', '--engine', 'cmark-gfm'] + list(options), input=markdown.encode(),
                          capture_output=True, timeout=60).stdout.decode()


def check_bare(number, extension, markdown, wanted):
    """1 where the example is wrong."""
    ours = html_of(markdown, '--github' if extension else '--commonmark')
    if of_library(ours) == of_library(wanted) if extension else ours == wanted:
        return 0
    tap.failed('example %d of GitHub' % number, texts.lines('typed', markdown) + texts.lines('wanted', wanted)
               + texts.lines('got', ours))
    return 1


def check_page(number, markdown, wanted):
    """1 where the example is wrong, or not as it is listed."""
    ours = html_of(markdown, '--html')
    is_right = of_library(bare(ours)) == of_library(wanted)
    if is_right == (number in DECIDED):
        told = texts.lines('typed', markdown) + texts.lines('wanted', wanted) + texts.lines('got', ours)
        tap.failed('example %d of GitHub on a page' % number, ['it is listed, but right'] if is_right else told)
        return 1
    return 0


def check():
    name = "the examples of GitHub's specification with cmark-gfm"
    path, reason = texts.fetch('gfm')
    if not path:
        tap.skipped(name, reason)
        return 0
    found = texts.examples(path)
    if len(found) != EXAMPLES:
        tap.failed(name, ['the specification has %d examples' % len(found)])
        return 1
    wrong = pages = 0
    for number, (extension, markdown, wanted) in enumerate(found, 1):
        wrong += check_bare(number, extension, markdown, wanted)
        if extension:
            wrong += check_page(number, markdown, wanted)
            pages += 1
    if not wrong:
        tap.passed("%d of %d examples of GitHub's specification with cmark-gfm" % (EXAMPLES, EXAMPLES))
        tap.passed("the %d of an extension as pages have them, %d otherwise for a reason" % (pages, len(DECIDED)))
    return wrong
