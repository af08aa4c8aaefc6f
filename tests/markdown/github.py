"""The examples of GitHub's specification, with the engine cmark-gfm: all that the library's own renderer gets right.

Those of CommonMark go through `--commonmark`, and byte for byte. Those of an extension are pages' HTML, with what Liner
adds to it taken away again: classes for `align`, the frame of a table, the label of a task.
"""
import re
import subprocess

import texts
import tap

EXAMPLES = 673
# What Liner does otherwise; each is held to the truth.
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


def compare(extension, markdown, wanted):
    """Whether Liner's HTML is that of the specification, and Liner's."""
    if not extension:
        ours = html_of(markdown, '--commonmark')
        return ours == wanted, ours
    ours = html_of(markdown, '--html')
    return of_library(bare(ours)) == of_library(wanted), ours


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
    wrong = passed = 0
    for number, (extension, markdown, wanted) in enumerate(found, 1):
        is_right, ours = compare(extension, markdown, wanted)
        passed += is_right
        if is_right == (number in DECIDED):
            told = texts.lines('typed', markdown) + texts.lines('wanted', wanted) + texts.lines('got', ours)
            tap.failed('example %d of GitHub' % number, ['it is listed, but right'] if is_right else told)
            wrong += 1
    if not wrong:
        tap.passed("%d of %d examples of GitHub's specification with cmark-gfm, the others for a reason"
                   % (passed, EXAMPLES))
    return wrong
