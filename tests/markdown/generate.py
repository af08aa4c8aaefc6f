"""Markdown made at random, from a grammar of its blocks and spans, and of what Liner adds to both."""
import random

WORDS = ('rain', 'Signal', '규현', '노래', 'OST', 'a', 'was', 'don\'t', '은', '10', '노래(song)', 'x_y', '3*4', '"so"', 'é')
SPANS = ('*{}*', '**{}**', '_{}_', '***{}***', '`{}`', '``{} ` b``', '~~{}~~', '[{}](song.md)', '[{}](/x "t")', '[{}][r]', '[r]',
         '![{}](x.jpg)', '<https://example.org/{}>', 'https://example.org/{}', 'www.example.org', 'a@example.org', '[[Signal]]',
         '[[{}|b]]', '||{}||', '=={}==', '%%{}%%', '&amp;', '&copy;', '&#44;', '\\*', '\\[', '<b>{}</b>', '<!-- {} -->', '**{}**은',
         '"{}"', '({})', '*{}', '{}*', '**{}', '`{}', '[{}', '{}]', '_{}', '~{}~', '||{}', '{}  \n{}', '{}\\\n{}', '{}\n{}')
ENDS = ('', '.', ',', '!', ' ')


def span(chance, depth=0):
    if depth > 2 or chance.random() < 0.4:
        return chance.choice(WORDS)
    shape = chance.choice(SPANS)
    return shape.replace('{}', '\0').replace('\0', '%s') % tuple(line(chance, depth + 1) for _ in range(shape.count('{}'))) \
        if '%' not in shape else shape.replace('{}', line(chance, depth + 1))


def line(chance, depth=0):
    return ''.join(span(chance, depth) + chance.choice((' ', ' ', ' ', '')) for _ in range(chance.randint(1, 4))).strip() \
        + chance.choice(ENDS).strip()


def paragraph(chance, depth):
    return '\n'.join(line(chance) for _ in range(chance.randint(1, 3)))


def heading(chance, depth):
    if chance.random() < 0.2:
        return line(chance).split('\n')[0] + '\n' + chance.choice(('===', '---'))
    return '#' * chance.randint(2, 6) + ' ' + line(chance).split('\n')[0] + chance.choice(('', '', ' ##'))


def indented(text, first, rest):
    lines = text.split('\n')
    return '\n'.join([first + lines[0]] + [(rest + following) if following else following for following in lines[1:]])


def quote(chance, depth):
    title = chance.choice(('', '', '', '[!NOTE]\n', '[!SPOILER] Episode 16\n', '[!TIP]- '))
    return indented(title + blocks(chance, depth + 1), '> ', '> ')


def list_(chance, depth):
    sign = chance.choice(('- ', '* ', '+ ', '1. ', '7) '))
    between = chance.choice(('\n', '\n', '\n\n'))
    items = []
    for _ in range(chance.randint(1, 4)):
        task = chance.choice(('', '', '', '[ ] ', '[x] '))
        text = blocks(chance, depth + 1) if chance.random() < 0.3 else line(chance)
        items.append(indented(task + text, sign, ' ' * len(sign)))
    return between.join(items)


def code(chance, depth):
    if chance.random() < 0.3:
        return indented(line(chance), '    ', '    ')
    fence = chance.choice(('```', '~~~', '````'))
    return fence + chance.choice(('', 'c', ' c x')) + '\n' + line(chance) + '\n' + fence


def cell(chance):
    return line(chance, 1).replace('\n', ' ').replace('|', '\\|')


def table(chance, depth):
    columns = chance.randint(1, 3)
    rows = [[cell(chance) for _ in range(columns)] for _ in range(chance.randint(1, 3))]
    rows.insert(1, [chance.choice(('---', ':--', '--:', ':-:')) for _ in range(columns)])
    return '\n'.join('| ' + ' | '.join(row) + ' |' for row in rows)


def embed(chance, depth):
    return '![[Signal / Leon]]' + chance.choice(('', '\n![[Signal]]'))


def html(chance, depth):
    return '<div>\n' + line(chance) + '\n</div>'


def rule(chance, depth):
    return chance.choice(('***', '---', '_ _ _'))


def reference(chance, depth):
    return chance.choice(('[r]: song.md', '[r]: /x "t"', '[r]: <a b>'))


BLOCKS = (paragraph,) * 6 + (heading, quote, list_, list_, code, table, embed, html, rule, reference)


def blocks(chance, depth=0):
    kinds = (paragraph,) if depth > 2 else BLOCKS
    between = '\n\n' if chance.random() < 0.9 else '\n'
    return between.join(chance.choice(kinds)(chance, depth) for _ in range(chance.randint(1, 3)))


def text(seed):
    """The same for the same seed, everywhere."""
    return blocks(random.Random(seed)) + '\n'
