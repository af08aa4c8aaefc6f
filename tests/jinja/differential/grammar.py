"""Templates of Jinja's language, made at random: what the test beside renders with both engines.

    Case(random).templates       name -> source; "main" is the one to render
    Case(random).settings        the options of Jinja2's Environment

Expressions are made for a kind of value ("int", "strs", ...), so that most templates run to their end; now and then one
of another kind stands there, so that errors are met, too. A name is used where it is known, and sometimes where it
may not be, for the rules of scopes. What is left out, and why, stands in README.md.
"""

import re

DATA = {
    "s": "Hello World", "e": "", "u": "도깨비 OST", "h": "<b>\"x\" & 'y'</b>", "w": "  a b  c\t", "q": "it's 100% {x}",
    "n": 5, "z": 0, "neg": -7, "big": 123456, "f": 3.5, "g": 0.1, "m1": -2.75,
    "t": True, "no": None, "fa": False,
    "ints": [3, 1, 2, 3], "el": [], "fl": [1.5, -2, 0.25], "strs": ["b", "A", "c", "a", "B"],
    "mixed": [1, "a", None, 2.5, True, [1]],
    "m": {"b": 2, "a": 1, "C": 3}, "em": {}, "lists": [[1, 2], [3, 4], [5, 6]],
    "recs": [{"name": "Ann", "age": 30, "c": {"x": 1}, "tags": ["p", "q"]},
             {"name": "bob", "age": 25, "c": {"x": 3}, "tags": []},
             {"name": "Cy", "age": 30, "c": {"x": 2}, "tags": ["<r>"]}],
    "rec": {"name": "Dee", "age": 4, "c": {"x": 9}, "tags": ["z"]},
    "tree": [{"name": "a", "kids": [{"name": "b", "kids": []}, {"name": "c", "kids": [{"name": "d", "kids": []}]}]},
             {"name": "e", "kids": []}],
    "txt": "The quick brown-fox jumps over the lazy dog.\nSecond line here, with a veryveryverylongword inside.\n\nlast",
    "url": "see http://example.com/a?b=1 and www.x.org, (mail me@x.com).",
    "items": [1, 2], "which": "inc0",
}

NAMES = {
    "int": ["n", "z", "neg", "big", "rec.age", "recs[0].age", "rec['c'].x", "m.a", "m['b']"],
    "float": ["f", "g", "m1"],
    "bool": ["t", "fa"],
    "none": ["no"],
    "str": ["s", "e", "u", "h", "w", "q", "rec.name", "recs[1].name", "strs[0]", "txt", "url"],
    "ints": ["ints", "el", "lists[0]"],
    "nums": ["fl", "ints"],
    "strs": ["strs", "rec.tags", "el"],
    "any": ["mixed"],
    "map": ["m", "em", "rec.c"],
    "lists": ["lists"],
    "recs": ["recs"],
    "rec": ["rec", "recs[0]", "recs[-1]"],
    "tree": ["tree"],
    "missing": ["missing", "rec.nothing", "m.nothing", "no_such"],
}
KINDS = list(NAMES)
SCALARS = ["int", "float", "bool", "str"]
LISTS = ["ints", "nums", "strs", "lists", "recs"]
ATTRIBUTES = ["'name'", "'age'", "'c.x'", "'tags'"]
WORDS = ["", "a", "A b", "x-y z", "<i>", "&amp;", "it's", "도깨비", "a\\nb", "1", "12", "3.7", "-4", " pad ", "a,b,c",
         "İß", "é", "{}", "%s", "a/b?c=d e", "\\t", "\\\\", "\\x41", "\\u00e9", "true", "0x1f", "None"]
TEXTS = ["a", " ", "\n", "  ", "\n  ", "<b>", "</b>", "&", "도깨비", "{ ", " }", "%", "#", "\t", "\r\n", "one two", "\n\n",
         "'", '"', "- ", "x\n", "}}", "%}", "#}"]
# Names that any template looks at, and only the main one, outside its macros and blocks, gives a value.
SHARED = ["shared1", "shared2"]
TESTS = {
    "int": ["odd", "even", "divisibleby 2", "divisibleby(3)", "eq 5", "ne 5", "gt 3", "ge 3", "lt 3", "le 3", "in [1, 5]",
            "equalto(5)", "greaterthan 2", "lessthan(2)", "sameas 3",
            "eq n", "ne(z)", "ge neg", "le(big)", "in ints", "divisibleby n"],
    "str": ["lower", "upper", "in 'Hello'", "eq 'a'", "escaped", "filter", "test", "in ['a', 'b']", "lt 'b'"],
    "any": ["boolean", "callable", "defined", "false", "float", "integer", "iterable", "mapping", "none", "number",
            "sequence", "string", "true", "undefined", "escaped"],
}

BEGIN, END = "\x01", "\x02"  # around an expression that may need brackets
MARKED = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}(?=(.?))", re.S)


class Case:
    def __init__(self, random):
        self.random = random
        self.settings = {
            "autoescape": random.random() < 0.5,
            "trim_blocks": random.random() < 0.3,
            "lstrip_blocks": random.random() < 0.3,
            "keep_trailing_newline": random.random() < 0.3,
            "strict_undefined": random.random() < 0.2,
        }
        self.oddness = random.choice([0, 0, 0, 0.004, 0.02])  # how often a value of another kind stands somewhere
        self.numbers = {}
        self.scopes = [{}]
        self.unit = 0  # of templates and blocks: each has names of its own
        self.known = ["x0_1", "i0_1"]  # names ever given a value: they may be out of sight
        self.loops = 0
        self.parts = []
        self.libraries = []
        self.new_blocks = []  # that a template which extends another adds
        self.blocks = []
        self.in_macro = False
        self.is_base = False  # a template that others extend
        self.can_jump = True  # by break and continue, out of a loop without an else
        self.in_autoescape = False
        self.shares = False  # may give the names that all templates look at a value
        self.in_buffer = False  # the text becomes a value: in macros, calls, filter and set blocks
        self.templates = {}
        self.make()

    # ---- Choosing ------------------------------------------------------------------------------------------

    def pick(self, *options):
        return self.random.choice(options)

    def chance(self, of_one):
        return self.random.random() < of_one

    def fresh(self, prefix):
        """A name that was not used, or one that was."""
        self.numbers[prefix] = self.numbers.get(prefix, 0) + 1
        return f"{prefix}{self.numbers[prefix]}"

    def new_name(self, prefix):
        prefix = f"{prefix}{self.unit}_"
        own = [n for n in self.known if n.startswith(prefix)]
        name = self.random.choice(own) if own and self.chance(0.4) else self.fresh(prefix)
        if self.chance(0.04) and prefix[0] in "ij":
            name = self.pick("s", "n", "ints", "m")  # hides one of the data
        self.known.append(name)
        return name

    def see(self, name, kind):
        self.scopes[-1][name] = kind

    def seen(self, kind):
        names = {}
        for scope in self.scopes:
            names.update(scope)
        return [name for name, its in names.items() if its == kind]

    # ---- Expressions -----------------------------------------------------------------------------------------

    def value(self, kind, depth):
        """An expression whose value is, mostly, of that kind."""
        if self.chance(self.oddness):
            kind = self.random.choice(KINDS)
        own = self.seen(kind)
        if own and self.chance(0.35):
            return self.random.choice(own)
        if depth <= 0 or self.chance(0.25):
            return self.leaf(kind)
        return BEGIN + getattr(self, "make_" + kind)(depth - 1) + END

    def bracketed(self, text):
        """The marks of expressions as brackets: where they are needed, and in most other places, too."""
        def settle(match):
            inside, behind = match.groups()
            odds = 0.85 if " " in inside else 0.3 if "|" in inside else 0
            return f"({inside})" if (behind and behind in ".[(") or self.chance(odds) else inside
        while BEGIN in text:
            text = MARKED.sub(settle, text)
        return text

    def leaf(self, kind):
        random = self.random
        if kind in ("int", "float", "str", "bool") and self.chance(0.5):
            if kind == "int":
                return random.choice(["0", "1", "2", "3", "7", "10", "-1", "1_0", "0x1F", "0b101", "0o17", "42"])
            if kind == "float":
                return random.choice(["0.5", "1.0", "2.25", "1e3", "-0.125", "1.5e-5", "100.0", "3.14159", "1e16"])
            if kind == "bool":
                return random.choice(["true", "false", "True", "False"])
            return self.text()
        if kind == "none":
            return self.pick("none", "None", "no")
        return random.choice(NAMES[kind])

    def text(self):
        word = self.random.choice(WORDS)
        if '"' in word or ("'" not in word and self.chance(0.5)):
            return f"'{word}'"
        return f'"{word}"'

    def wrapped(self, text):
        return f"({text})" if self.chance(0.8) else text

    def name_of_missing(self):
        return self.random.choice(NAMES["missing"])

    def choice_of(self, kind, depth):
        """What any kind may be made of."""
        a, b = self.value(kind, depth), self.value(kind, depth)
        return self.pick(
            lambda: f"({a} if {self.value('bool', depth)} else {b})",
            lambda: f"({self.name_of_missing()}|default({a}))",
            lambda: f"({a} or {b})",
            lambda: f"({a} and {b})",
            lambda: f"[{a}, {b}][{self.pick(0, 1, -1)}]",
            lambda: f"({a}, {b})|{self.pick('first', 'last')}",
            lambda: "{'k': " + a + "}" + self.pick(".k", "['k']", ".get('k')"),
            lambda: f"dict(k={a}).k",
        )()

    def make_int(self, depth):
        value = self.value
        number = lambda: value("int", depth)
        string = lambda: value("str", depth)
        many = lambda: value(self.random.choice(LISTS), depth)
        return self.pick(
            lambda: self.wrapped(f"{number()} {self.pick('+', '-', '*', '//', '%')} {number()}"),
            lambda: self.wrapped(f"{number()} {self.pick('+', '-')} {number()}"),
            lambda: f"({number()})**{self.pick(0, 1, 2)}",
            lambda: f"(-{number()})", lambda: f"(+{number()})",
            lambda: f"({number()})|abs",
            lambda: f"{string()}|length", lambda: f"{many()}|{self.pick('length', 'count')}",
            lambda: f"{string()}|wordcount",
            lambda: f"{string()}|int({number()})", lambda: f"{string()}|int(0, {self.pick(2, 8, 10, 16, 0)})",
            lambda: f"{value('float', depth)}|int", lambda: f"{value('float', depth)}|round|int",
            lambda: f"{value('ints', depth)}|sum", lambda: f"{value('ints', depth)}|{self.pick('max', 'min')}|default(0)",
            lambda: f"{value('recs', depth)}|sum(attribute={self.pick(repr('age'), repr('c.x'))})",
            lambda: f"{value('ints', depth)}|sum(start={number()})",
            lambda: f"{string()}.{self.pick('count', 'find', 'rfind')}({string()})",
            lambda: f"{value('ints', depth)}.count({number()})",
            lambda: f"{value('map', depth)}.get({self.text()}, {number()})",
            lambda: f"{value('ints', depth)}[{self.pick(0, 1, -1, 5)}]",
            lambda: f"{value('ints', depth)}|{self.pick('first', 'last')}",
            lambda: f"range({self.pick('3', 'n', '1, 20, 3', 'neg')})|length",
            lambda: self.choice_of("int", depth),
            lambda: f"{value('bool', depth)} + 1",
            lambda: self.loop_value() or number(),
        )()

    def loop_value(self):
        if not self.loops:
            return None
        return "loop." + self.pick("index", "index0", "revindex", "revindex0", "length", "depth", "depth0")

    def make_float(self, depth):
        value = self.value
        number = lambda: value(self.pick("int", "float"), depth)
        return self.pick(
            lambda: f"({number()} / {number()})",
            lambda: f"({value('float', depth)} {self.pick('+', '-', '*', '//', '%')} {number()})",
            lambda: f"{number()}|float", lambda: f"{value('str', depth)}|float({self.pick('', '1.5', '0')})",
            lambda: f"({number()})|round{self.rounding()}",
            lambda: f"({value('float', depth)})|abs",
            lambda: f"{value('nums', depth)}|sum",
            lambda: f"({self.pick('2', '4', '2.5')})**{self.pick('0.5', '-1', '-2', '2')}",
            lambda: self.choice_of("float", depth),
        )()

    def rounding(self):
        return self.pick("", "(1)", "(2)", "(0, 'floor')", "(1, 'ceil')", "(-1)", "(method='ceil')", "(precision=1)",
                         "(2, 'floor')", "(-1, 'floor')")

    def make_bool(self, depth):
        value = self.value
        kind = self.random.choice(SCALARS)
        other = self.pick("int", "str")
        return self.pick(
            lambda: f"{value(kind, depth)} {self.pick('==', '!=')} {value(self.pick(kind, kind, 'none', 'str'), depth)}",
            lambda: f"({value(other, depth)} {self.pick('<', '<=', '>', '>=')} {value(other, depth)})",
            lambda: f"({value('int', depth)} {self.pick('<', '<=')} {value('int', depth)} {self.pick('<', '>=', '!=')} "
                    f"{value('int', depth)})",
            lambda: f"(not {value(self.random.choice(KINDS), depth)})",
            lambda: f"({value('bool', depth)} {self.pick('and', 'or')} {value('bool', depth)})",
            lambda: f"({value('str', depth)} {self.pick('in', 'not in')} {value(self.pick('str', 'strs', 'map'), depth)})",
            lambda: f"({value('int', depth)} {self.pick('in', 'not in')} {value('ints', depth)})",
            lambda: f"({value('ints', depth)} {self.pick('==', '!=', '<', '>=')} {value('ints', depth)})",
            lambda: f"({value('map', depth)} {self.pick('==', '!=')} {value('map', depth)})",
            lambda: f"({value('int', depth)} {self.pick('is', 'is not')} {self.random.choice(TESTS['int'])})",
            lambda: f"({value('str', depth)} {self.pick('is', 'is not')} {self.random.choice(TESTS['str'])})",
            lambda: f"({value(self.random.choice(KINDS), depth)} {self.pick('is', 'is not')} "
                    f"{self.random.choice(TESTS['any'])})",
            lambda: f"({self.random.choice(self.known)} is {self.pick('defined', 'undefined', 'not defined')})",
            lambda: f"{value('str', depth)}.{self.pick('startswith', 'endswith')}({self.text()})",
            lambda: f"{value('str', depth)}.{self.pick('isdigit', 'isalpha', 'isalnum', 'isspace')}()",
            lambda: (f"loop.{self.pick('first', 'last')}" if self.loops else "true"),
            lambda: (f"loop.changed({value('int', depth)})" if self.loops else "false"),
            lambda: self.choice_of("bool", depth),
        )()

    def make_none(self, depth):
        return self.pick(lambda: "none", lambda: f"{self.value('map', depth)}.get('nothing')",
                         lambda: self.choice_of("none", depth))()

    def make_missing(self, depth):
        return self.pick(
            lambda: self.name_of_missing(),
            lambda: f"{self.value('map', depth)}.{self.pick('nothing', 'zz')}",
            lambda: f"{self.value('ints', depth)}[{self.pick(9, -9)}]",
            lambda: f"({self.value('str', depth)} if false)",
            lambda: f"{self.value('str', depth)}.nothing",
            lambda: self.random.choice(self.known))()

    def make_any(self, depth):
        return self.value(self.random.choice([k for k in KINDS if k != "any"]), depth)

    def make_str(self, depth):
        value = self.value
        string = lambda: value("str", depth)
        number = lambda: value("int", depth)
        small = lambda: str(self.random.randrange(0, 30))
        plain = lambda: value(self.random.choice(SCALARS + ["none"]), depth)
        many = lambda: value(self.pick("strs", "ints", "nums"), depth)
        return self.pick(
            lambda: f"({string()} ~ {value(self.random.choice(KINDS), depth)})",
            lambda: f"({plain()} ~ {plain()} ~ {string()})",
            lambda: f"({string()} + {string()})",
            lambda: f"({string()} * {self.pick(0, 1, 2, 3)})",
            lambda: f"{string()}|{self.pick('upper', 'lower', 'capitalize', 'title', 'trim', 'string', 'striptags')}",
            lambda: f"{string()}|{self.pick('escape', 'e', 'safe', 'forceescape', 'urlencode', 'string|reverse', 'safe')}",
            lambda: f"{string()}|trim({self.pick(self.text(), repr('ab<>'), 'chars=' + self.text())})",
            lambda: f"{string()}|replace({self.text()}, {string()}{self.pick('', ', 1', ', 0', ', count=2')})",
            lambda: f"{string()}|truncate({small()}{self.pick('', ', true', ', false, ' + repr('>'), ', true, ' + repr('...') + ', 0', ', leeway=2', ', end=' + repr('')) })",
            lambda: f"{string()}|wordwrap({self.random.randrange(1, 30)}{self.pick('', ', false', ', true, ' + repr('|'), ', wrapstring=' + repr('<br>'), ', wrapstring=' + repr('<br>') + '|safe', ', break_on_hyphens=false')})",
            lambda: f"{string()}|indent{self.pick('', '(2)', '(2, true)', '(width=3, blank=true)', '(' + repr('> ') + ')', '(1, first=true, blank=true)')}",
            lambda: f"{string()}|center({small()})",
            lambda: f"{string()}|urlize{self.pick('', '(10)', '(nofollow=true)', '(target=' + repr('_blank') + ')', '(rel=' + repr('me') + ')', '(5, true)')}",
            lambda: f"{value('map', depth)}|{self.pick('urlencode', 'xmlattr', 'xmlattr(false)')}",
            lambda: f"{many()}|join({self.pick('', self.text(), string(), 'd=' + self.text())})",
            lambda: f"{value('recs', depth)}|join({self.text()}, attribute={self.random.choice(ATTRIBUTES)})",
            lambda: f"{value(self.random.choice(KINDS), depth)}|{self.pick('string', 'pprint', 'escape')}",
            lambda: f"{value(self.pick('int', 'str', 'float', 'strs', 'map', 'recs', 'none', 'bool', 'lists'), depth)}|tojson{self.pick('', '', '(2)', '(indent=1)')}",
            lambda: f"{value(self.pick('int', 'float'), depth)}|filesizeformat{self.pick('', '(true)', '(binary=false)')}",
            lambda: f"{value('strs', depth)}|{self.pick('first', 'last', 'max', 'min', 'min(case_sensitive=true)')}",
            lambda: f"{string()}|{self.pick('first', 'last')}",
            lambda: f"{string()}[{self.slice()}]",
            lambda: f"{string()}[{self.pick(0, 1, -1, 40)}]",
            lambda: self.method(depth),
            lambda: self.percent(depth),
            lambda: self.braces(depth),
            lambda: f"{self.text()}.join({value('strs', depth)})",
            lambda: self.choice_of("str", depth),
            lambda: f"({string()}|default({self.text()}, true))",
            lambda: f"{value('strs', depth)}[{self.pick(0, 1, -1)}]",
            lambda: f"{value('rec', depth)}|attr('name')|default({string()})",
            lambda: (f"loop.cycle({string()}, {string()})" if self.loops else string()),
            lambda: (f"loop.{self.pick('previtem', 'nextitem')}|string" if self.loops else string()),
            lambda: (f"{self.random.choice(self.seen('macro1'))}({string()})" if self.seen("macro1") else string()),
            lambda: (f"{self.random.choice(self.seen('cycler'))}.{self.pick('next()', 'current', 'next()')}"
                     if self.seen("cycler") else string()),
            lambda: (f"{self.random.choice(self.seen('joiner'))}()" if self.seen("joiner") else string()),
        )()

    def method(self, depth):
        string, text = self.value("str", depth), self.text
        width = self.random.randrange(0, 15)
        return self.pick(
            lambda: f"{string}.{self.pick('upper', 'lower', 'capitalize', 'title', 'strip', 'swapcase', 'casefold')}()",
            lambda: f"{string}.{self.pick('strip', 'lstrip', 'rstrip')}({self.pick('', text(), repr('abc '))})",
            lambda: f"{string}.replace({text()}, {text()}{self.pick('', ', 1')})",
            lambda: f"{string}.{self.pick('ljust', 'rjust', 'center')}({width}{self.pick('', ', ' + repr('*'))})",
            lambda: f"{string}.zfill({width})",
            lambda: f"{string}.{self.pick('removeprefix', 'removesuffix')}({text()})",
            lambda: f"{string}.{self.pick('split', 'rsplit')}({self.pick('', repr(' '), repr(',') + ', 1', repr('o'))})|string",
            lambda: f"{string}.{self.pick('partition', 'rpartition')}({self.pick(repr(' '), repr('o'))})|string",
            lambda: f"{string}.splitlines({self.pick('', 'true')})|string",
        )()

    def percent(self, depth):
        """A text with % fields, by operator or filter."""
        fields, values, safe = [], [], self.pick("", "", "|safe")
        for _ in range(self.random.randrange(0, 4)):
            flags = self.pick("", "", "-", "0", "+", " ", "#", "-0", "+0")
            width = self.pick("", "", "", "", "5", "5", "8", "8", "12", "*")
            if width == "*":
                values.append(self.pick("5", "0", "-9", "true", "n", "neg", "'5'", "no", "loop.index" if self.loops else "z"))
            kind = self.pick("s", "s", "r", "d", "i", "u", "f", "e", "g", "x", "X", "o", "c", "a", "F", "E", "G")
            exact = self.pick("", "", ".2", ".0", ".10")
            if kind == "c":
                exact = flags = ""
            fields.append("%" + flags + width + exact + kind)
            if kind in "sra":
                values.append(self.value(self.random.choice(SCALARS + ["none", "ints", "strs"]), depth))
            elif kind == "c":
                values.append(self.pick("65", "'x'", "0x1F600", "54620"))
            elif kind in "xXo":
                values.append(self.value("int", depth))
            else:
                values.append(self.value(self.pick("int", "float"), depth))
        text = "".join(f + self.pick("", " ", "|", "%%", "<") for f in fields)
        if self.chance(0.5):
            return f"({text!r}{safe}|format({', '.join(values)}))"
        return f"({text!r}{safe} % ({', '.join(values)}{',' if len(values) == 1 else ''}))"

    def braces(self, depth):
        """A text with {} fields, and the call that fills them."""
        fields, values, safe = [], [], self.pick("", "", "|safe")
        numbered, named = self.chance(0.3), self.chance(0.3)
        for i in range(self.random.randrange(0, 4)):
            kind = self.random.choice(SCALARS)
            fill = self.pick("", "", "*<", "<", ">", "^", "#^", "0>")
            width = self.pick("", "6", "11")
            spec = fill + width
            if kind in ("int", "float") and self.chance(0.6):
                sign = self.pick("", "+", " ", "-")
                zero = self.pick("", "0") if not fill else ""
                comma = self.pick("", "", ",", "_")
                zero = self.pick("", "", "#") + zero
                if kind == "int":
                    of = self.pick("", "d", "n", "f", "e", "%", "x", "b", "o", "X", "#x")
                    if of == "#x":
                        of = "x"
                    if of in ("x", "b", "o", "X", "n"):
                        comma = "_" if comma and of != "n" else ""
                    exact = self.pick("", ".2") if of in ("f", "e", "%") else ""
                else:
                    of, exact = self.pick("", "f", "e", "g", "%", "E", "G", "F"), self.pick("", ".1", ".3", ".0")
                spec = fill + sign + zero + width + comma + exact + of
            elif kind == "str" and self.chance(0.3):
                spec += ".3"
            name = f"k{i}" if named else str(i) if numbered else ""
            turn = self.pick("", "", "", "", "!r", "!s", "!a") if kind != "float" else ""
            if turn:
                spec = fill + width
            if not turn and not named and not numbered and self.chance(0.1):
                spec = "{}"
            if kind == "bool":
                spec = "" if not turn else spec
            fields.append("{" + name + turn + (":" + spec if spec else "") + "}")
            values.append((f"k{i}=" if named else "") + self.value(kind, depth))
            if spec == "{}":
                values.append(self.pick("'>9'", "'^7'", "4", "12"))
        text = "".join(f + self.pick("", " ", "|", "{{", "}}", "<") for f in fields)
        start = f"({text!r}{safe})" if safe else repr(text)
        return f"{start}.format({', '.join(values)})"

    def slice(self):
        bound = lambda: self.pick("", "", "0", "1", "2", "-1", "-2", "5", "n", "none")
        step = self.pick("", "", ":", ":1", ":2", ":-1", ":-2")
        return f"{bound()}:{bound()}{step}"

    def make_ints(self, depth):
        value = self.value
        ints = lambda: value("ints", depth)
        number = lambda: value("int", depth)
        end = self.pick("|list", "|list", "|list", "|list|list")
        return self.pick(
            lambda: "[" + ", ".join(number() for _ in range(self.random.randrange(0, 4))) + "]",
            lambda: "(" + "".join(number() + ", " for _ in range(self.random.randrange(1, 4))) + ")",
            lambda: f"range({self.pick('3', '1, 4', '5, 0, -2', '0', '1, 9, 3')}){self.pick('', '|list')}",
            lambda: f"({ints()}|list + {ints()}|list)",
            lambda: f"({ints()} * {self.pick(0, 1, 2)})",
            lambda: f"{ints()}[{self.slice()}]",
            lambda: f"{ints()}|sort{self.pick('', '(true)', '(reverse=true)')}",
            lambda: f"{ints()}|unique{end}", lambda: f"{ints()}|reverse{end}", lambda: f"{ints()}|list",
            lambda: f"{ints()}|{self.pick('select', 'reject')}{self.pick('', '(' + repr('odd') + ')', '(' + repr('gt') + ', 1)', '(' + repr('in') + ', [1, 2])', '(' + repr('divisibleby') + ', 2)')}{end}",
            lambda: f"{ints()}|map('{self.pick('abs', 'int', 'abs')}'){end}",
            lambda: f"{value('strs', depth)}|map('length'){end}",
            lambda: f"{value('recs', depth)}|map(attribute={self.pick(repr('age'), repr('c.x'))}){end}",
            lambda: f"{value('map', depth)}.values(){end}",
            lambda: self.choice_of("ints", depth),
            lambda: f"{value('lists', depth)}|{self.pick('first', 'last')}",
            lambda: f"{value('lists', depth)}|sum(start=[])",
            lambda: f"{value('lists', depth)}|map('{self.pick('first', 'sum', 'length', 'last', 'max')}'){end}",
        )()

    def make_nums(self, depth):
        return self.pick(
            lambda: "[" + ", ".join(self.value(self.pick("int", "float"), depth) for _ in range(3)) + "]",
            lambda: f"{self.value('nums', depth)}|sort",
            lambda: f"{self.value('nums', depth)}|map('round', {self.pick('1', '0, ' + repr('floor'))})|list",
            lambda: f"{self.value('strs', depth)}|map('float')|list",
            lambda: self.value("ints", depth))()

    def make_strs(self, depth):
        value = self.value
        strs = lambda: value("strs", depth)
        string = lambda: value("str", depth)
        case = self.pick("", "(case_sensitive=true)", "(case_sensitive=false)")
        return self.pick(
            lambda: "[" + ", ".join(string() for _ in range(self.random.randrange(0, 4))) + "]",
            lambda: "(" + "".join(string() + ", " for _ in range(self.random.randrange(1, 3))) + ")",
            lambda: f"({strs()}|list + {strs()}|list)",
            lambda: f"{strs()}[{self.slice()}]",
            lambda: f"{strs()}|sort{self.pick(case, '(true)', '(reverse=true, case_sensitive=true)')}",
            lambda: f"{strs()}|unique{case}|list", lambda: f"{strs()}|reverse|list", lambda: f"{string()}|list",
            lambda: f"{string()}.{self.pick('split', 'rsplit')}({self.pick('', repr(' '), repr(' ') + ', 1', repr('l'))})",
            lambda: f"{string()}.{self.pick('partition', 'rpartition')}({self.pick(repr(' '), repr('l'))})",
            lambda: f"{string()}.splitlines()",
            lambda: f"{strs()}|map('{self.pick('upper', 'title', 'trim', 'escape', 'safe', 'striptags', 'reverse', 'string', 'first', 'urlencode', 'capitalize')}')|map('string')|list",
            lambda: f"{strs()}|map('replace', {self.text()}, {self.text()})|list",
            lambda: f"{strs()}|map('truncate', {self.pick(3, 5)}, true, '')|list",
            lambda: f"{strs()}|{self.pick('select', 'reject')}({self.pick(repr('lower'), repr('upper'), repr('string'), repr('eq') + ', ' + repr('a'), repr('in') + ', ' + repr('abc'))})|list",
            lambda: f"{value('ints', depth)}|map('string')|list",
            lambda: f"{value('recs', depth)}|map(attribute={self.pick(repr('name'), repr('nothing') + ', default=' + self.text())})|list",
            lambda: f"{value('map', depth)}.keys()|list", lambda: f"{value('map', depth)}|list",
            lambda: self.choice_of("strs", depth),
        )()

    def make_map(self, depth):
        value = self.value
        pair = lambda: f"{self.text()}: {value('int', depth)}"
        return self.pick(
            lambda: "{" + ", ".join(pair() for _ in range(self.random.randrange(0, 4))) + "}",
            lambda: f"dict({', '.join(k + '=' + value('int', depth) for k in self.random.sample(['a', 'b', 'zz', 'C'], self.random.randrange(0, 3)))})",
            lambda: f"dict({value('map', depth)}, b={value('int', depth)})",
            lambda: f"dict({value('map', depth)}|dictsort)",
            lambda: f"{value('map', depth)}.copy()",
            lambda: self.choice_of("map", depth))()

    def make_lists(self, depth):
        value = self.value
        return self.pick(
            lambda: f"[{value('ints', depth)}, {value('ints', depth)}]",
            lambda: f"{value('ints', depth)}|batch({self.pick(1, 2, 3)}{self.pick('', ', 0', ', fill_with=9')})|list",
            lambda: f"{value('ints', depth)}|slice({self.pick(1, 2, 3)}{self.pick('', ', 0', ', fill_with=9')})|list",
            lambda: f"{value('lists', depth)}|sort", lambda: f"{value('lists', depth)}[{self.slice()}]",
            lambda: f"{value('lists', depth)}|map('list')|list",
            lambda: f"{value('lists', depth)}|map('{self.pick('sort', 'reverse', 'unique', 'select')}')|map('list')|list",
            lambda: self.choice_of("lists", depth))()

    def make_recs(self, depth):
        value = self.value
        return self.pick(
            lambda: f"{value('recs', depth)}|sort(attribute={self.pick(repr('age'), repr('name'), repr('c.x'), repr('age,name'))}{self.pick('', ', reverse=true', ', case_sensitive=true')})",
            lambda: f"{value('recs', depth)}|{self.pick('selectattr', 'rejectattr')}({self.pick(repr('age'), repr('tags'), repr('age') + ', ' + repr('gt') + ', 26', repr('c.x') + ', ' + repr('odd'), repr('name') + ', ' + repr('lower'), repr('nothing') + ', ' + repr('defined'), repr('name') + ', ' + repr('in') + ', strs')})|list",
            lambda: f"{value('recs', depth)}|unique(attribute={self.pick(repr('age'), repr('name'))})|list",
            lambda: f"{value('recs', depth)}[{self.slice()}]", lambda: f"{value('recs', depth)}|reverse|list",
            lambda: f"[{value('rec', depth)}, rec]",
            lambda: self.choice_of("recs", depth))()

    def make_rec(self, depth):
        value = self.value
        return self.pick(
            lambda: f"{{'name': {value('str', depth)}, 'age': {value('int', depth)}, 'c': {{'x': 1}}, 'tags': {value('strs', depth)}}}",
            lambda: f"{value('recs', depth)}|{self.pick('first', 'last', 'max(attribute=' + repr('age') + ')', 'min(attribute=' + repr('name') + ')')}|default(rec)",
            lambda: self.choice_of("rec", depth))()

    def make_tree(self, depth):
        return self.pick("tree", "tree[0].kids", "tree[:1]", "tree|list")

    # ---- Tags -------------------------------------------------------------------------------------------------

    def tag(self, inside):
        inside = self.bracketed(inside)
        left = self.pick("", "", "", "", "", "-", "+") if self.chance(0.5) else ""
        right = self.pick("", "", "", "", "", "-", "+") if self.chance(0.5) else ""
        space = self.pick(" ", " ", " ", "  ", "\n", "") if not left or left == "-" else " "
        if space == "" and inside[:1] in "-+":
            space = " "
        return "{%" + left + space + inside + self.pick(" ", " ", " ", "  ", "\n") + right + "%}"

    def output(self, inside):
        inside = self.bracketed(inside)
        left = "-" if self.chance(0.06) else ""
        right = "-" if self.chance(0.06) else ""
        return "{{" + left + " " + inside + " " + right + "}}"

    def plain(self):
        return "".join(self.random.choice(TEXTS) for _ in range(self.random.randrange(0, 4)))

    def body(self, depth):
        """Statements with a scope of their own."""
        self.scopes.append({})
        text = self.statements(depth)
        self.scopes.pop()
        return text

    def buffered(self, depth):
        was, self.in_buffer = self.in_buffer, True
        text = self.body(depth)
        self.in_buffer = was
        return text

    def statements(self, depth):
        count = self.random.randrange(1, 4 if depth < 3 else 6)
        return "".join(self.statement(depth) for _ in range(count))

    def statement(self, depth):
        if depth <= 0 or self.chance(0.35):
            return self.simple()
        return self.random.choices(self.weighted()[0], self.weighted()[1])[0](depth - 1)

    def weighted(self):
        table = [
            (self.make_if, 5), (self.make_for, 7), (self.make_set, 5), (self.make_set_block, 2), (self.make_with, 2),
            (self.make_macro, 3), (self.make_call, 2), (self.make_filter, 2), (self.make_autoescape, 2),
            (self.make_raw, 1), (self.make_comment, 1), (self.make_namespace, 2), (self.make_own, 2),
            (self.make_recursive, 2), (self.make_block, 2), (self.make_include, 3), (self.make_import, 3),
            (self.make_print, 1), (self.make_chain, 2), (self.make_safe_text, 2), (self.make_named, 2),
            (self.make_turns, 1), (self.make_groups, 2), (self.make_scope_probe, 3), (self.make_jump, 1),
        ]
        return [row[0] for row in table], [row[1] for row in table]

    def simple(self):
        if self.chance(0.4):
            return self.plain()
        kind = self.random.choice(KINDS + ["str"] * 6 + ["int"] * 3)
        return self.output(self.printable(kind))

    def printable(self, kind):
        """An expression whose text says nothing of Python's insides."""
        value = self.value(kind, 3)
        return f"{value}|length" if kind == "tree" else value

    def make_scope_probe(self, depth):
        if self.chance(0.4):
            return self.output(self.pick(*SHARED) + self.pick("", "|default('-')", " is defined", "|e"))
        name = self.random.choice(self.known)
        return self.output(self.pick(f"{name} is defined", f"{name}|default('?')|string|length",
                                     f"{name} is callable or {name} is defined"))

    def make_if(self, depth):
        text = self.tag("if " + self.value("bool" if self.chance(0.7) else self.random.choice(KINDS), 2)) + self.body(depth)
        for _ in range(self.pick(0, 0, 1, 2)):
            text += self.tag("elif " + self.value("bool", 2)) + self.body(depth)
        if self.chance(0.4):
            text += self.tag("else") + self.body(depth)
        return text + self.tag("endif")

    def make_for(self, depth):
        kind, target, sees = self.pick(
            ("ints", None, "int"), ("ints", None, "int"), ("strs", None, "str"), ("recs", None, "rec"), ("nums", None, "float"),
            ("lists", None, "ints"), ("nest", "nest", "int"), ("str", None, "str"), ("pairs", "two", "int"), ("lists", "pair", "int"), ("missing", None, "any"))
        name = self.new_name("i")
        names = [(name, sees)]
        if kind == "pairs":
            over = self.value("map", 2) + self.pick(".items()", "|dictsort", "|items", "|dictsort(by='value')", "|dictsort(true)")
        elif target == "nest":
            over = self.pick("[(1, (2, 3)), (4, [5, 6])]", "[[1, [2, 3]]]", "[[1, 'ab']]", "[(n, lists[0])]")
        elif target == "pair":
            over = self.pick("lists", "[[1, 2], (3, 4)]", "lists|reverse", "ints|batch(2)")
        else:
            over = self.value(kind, 2)
        if target:
            second = self.new_name("j")
            names = [(name, "str" if kind == "pairs" else "int"), (second, "int")]
        if target == "nest":
            names.append((self.fresh("i"), "any"))
            self.known.append(names[-1][0])
        written = ", ".join(n for n, _ in names)
        if target == "nest":
            written = f"{names[0][0]}, ({names[1][0]}, {names[2][0]})"
        if target and self.chance(0.2):
            written = f"({written})"
        self.scopes.append({})
        for n, k in names:
            self.see(n, k)
        test = f" if {self.value('bool', 2)}" if self.chance(0.2) and not self.loops else ""
        if test and "loop" in test:
            test = ""
        self.loops += 1
        has_else, jumps = self.chance(0.2), self.can_jump
        self.can_jump = not has_else
        inside = self.statements(depth)
        self.can_jump = jumps
        if self.chance(0.3):
            inside += self.output(self.loop_value())
        self.loops -= 1
        self.scopes.pop()
        text = self.tag(f"for {written} in {over}{test}") + inside
        if has_else:
            text += self.tag("else") + self.body(depth)
        return text + self.tag("endfor")

    def make_jump(self, depth):
        if not self.loops or not self.can_jump:
            return self.simple()
        return self.tag("if " + self.value("bool", 2)) + self.tag(self.pick("break", "continue")) + self.tag("endif")

    def make_recursive(self, depth):
        name = self.new_name("i")
        self.scopes.append({name: "any"})
        self.loops += 1
        before, between = self.plain(), self.simple()
        self.loops -= 1
        self.scopes.pop()
        depths = self.pick("", "{{ loop.depth }}", "{{ loop.depth0 }}.{{ loop.index }}", "{{ loop.last }}")
        inner = self.pick(
            "{{ loop(%s.kids) }}" % name,
            "{%% if %s.kids %%}({{ loop(%s.kids) }}){%% endif %%}" % (name, name),
            "{{ loop(%s.kids|reverse)|replace('a', '<') }}{{ loop.depth }}" % name,
            "{%% for i8 in %s.kids %%}{{ i8.name }}{{ loop.depth }}{%% endfor %%}{{ loop(%s.kids)|trim }}" % (name, name),
            "{%% if loop.depth < 3 %%}{{ loop(%s.kids) ~ '<' }}{%% endif %%}{{ loop.previtem is defined }}" % name,
            "{%% set x9 = loop(%s.kids) %%}{{ x9|length }}{{ x9 }}{{ loop.revindex }}" % name,
            "{%% if %s.kids %%}{%% set x9 %%}{{ loop(%s.kids)|upper }}{%% endset %%}{{ x9 }}{%% endif %%}" % (name, name),
        )
        test = self.pick("", "", "", f" if {name}.name != 'b'", f" if ({name}.kids or depth is not defined)")
        text = self.tag(f"for {name} in {self.value('tree', 1)}{test} recursive")
        other = self.tag("else") + "none" if self.chance(0.15) else ""
        return text + before + "{{ %s.name }}" % name + depths + inner + between + other + self.tag("endfor")

    def make_set(self, depth):
        kind = self.random.choice(KINDS[:-1])
        if self.shares and not self.in_macro and self.chance(0.3):
            return self.tag(f"set {self.pick(*SHARED)} = {self.value(self.pick('int', 'str'), 2)}")
        if self.chance(0.15):
            first, second = self.new_name("x"), self.new_name("x")
            if first == second:
                second = self.fresh("x")
                self.known.append(second)
            values = f"{self.value('int', 2)}, {self.value('str', 2)}"
            self.see(first, "int")
            self.see(second, "str")
            return self.tag(f"set {first}, {second} = {values}")
        value = self.value(kind, 3)
        name = self.new_name("x")
        self.see(name, kind)
        return self.tag(f"set {name} = {value}")

    def make_set_block(self, depth):
        chain = self.pick("", "", "|upper", "|trim|title", "|escape", "|safe", "|replace('a', '<')")
        inside = self.buffered(depth)
        name = self.new_name("x")
        self.see(name, "str")
        return self.tag(f"set {name}{self.pick('', ' ') if chain else ''}{chain}") + inside + self.tag("endset")

    def make_with(self, depth):
        pairs = []
        for _ in range(self.random.randrange(0, 3)):
            kind = self.random.choice(SCALARS + ["ints", "strs"])
            pairs.append((self.new_name("x"), self.value(kind, 2), kind))
        self.scopes.append({name: kind for name, _, kind in pairs})
        inside = self.statements(depth)
        self.scopes.pop()
        return self.tag("with " + ", ".join(f"{n} = {v}" for n, v, _ in pairs)) + inside + self.tag("endwith")

    def make_macro(self, depth):
        """A macro and a few calls of it."""
        if self.in_macro:
            return self.simple()
        name = self.fresh("f")
        parameters = [self.new_name("p") for _ in range(self.random.randrange(0, 4))]
        parameters = list(dict.fromkeys(parameters))
        required = self.random.randrange(0, len(parameters) + 1)
        written = [p if i < required else f"{p}={self.pick(self.leaf('str'), self.leaf('int'), parameters[0] if i else '1')}"
                   for i, p in enumerate(parameters)]
        outer, self.scopes = self.scopes, self.scopes + [{p: "str" for p in parameters}]
        self.in_macro, loops, self.loops = True, self.loops, 0
        extra, calls_caller = self.pick("", "", "{{ varargs }}", "{{ kwargs }}", "{{ varargs|length }}{{ kwargs|length }}"), self.chance(0.2)
        inside = self.buffered(depth) + extra
        if calls_caller:
            inside += self.pick("{{ caller() if caller }}", "{% if caller is defined %}[{{ caller() }}]{% endif %}",
                                "{{ caller is defined }}")
        self.scopes, self.in_macro, self.loops = outer, False, loops
        text = self.tag(f"macro {name}({', '.join(written)})") + inside + self.tag("endmacro")
        self.known.append(name)
        if required <= 1 and parameters:
            self.see(name, "macro1")
        for _ in range(self.random.randrange(0, 3)):
            text += self.output(self.call_of(name, parameters, "varargs" in extra, "kwargs" in extra))
        return text

    def call_of(self, name, parameters, more, named):
        given = [self.value("str", 2) for _ in range(self.random.randrange(0, len(parameters) + 1))]
        rest = [f"{p}={self.value('str', 1)}" for p in parameters[len(given):] if self.chance(0.5)]
        if more and len(given) == len(parameters):
            given += [self.pick("1", "'more'", "*[1, 2]", "*ints")]
        if named and self.chance(0.5):
            rest += [self.pick("other=1", "**{'zz': 2}", "**{}")]
        return f"{name}({', '.join(given + rest)})"

    def make_call(self, depth):
        """A macro with a caller, and the block that calls it."""
        if self.in_macro:
            return self.simple()
        name = self.fresh("f")
        takes = self.pick("", "", "p1", "p1, p2=2", "p1, p2=s, p3=p1")
        gives = "" if not takes else self.pick("1", "'<a>'", "h", "s|safe")
        self.in_macro, loops, self.loops = True, self.loops, 0
        outer, self.scopes = self.scopes, self.scopes + [{"p1": "str"}]
        before, after = self.simple(), self.simple()
        self.scopes, self.in_macro, self.loops = outer, False, loops
        text = self.tag(f"macro {name}(p1='d')") + before + self.pick(
            "{{ caller(%s) }}", "<{{ caller(%s)|upper }}>", "{%% for i8 in [1, 2] %%}{{ caller(%s) }}{%% endfor %%}",
            "{%% set x8 = caller(%s) %%}{{ x8 ~ x8 }}", "{%% for i8 in 'ab' %%}{%% if loop.last %%}{{ caller(%s) }}{%% endif %%}{%% endfor %%}") % gives
        text += after + self.tag("endmacro")
        self.scopes.append({"p1": "str"} if takes else {})
        inside = self.buffered(depth)
        self.scopes.pop()
        given = self.pick("", self.value("str", 1), "p1=" + self.value("str", 1))
        return text + self.tag(f"call{'(' + takes + ')' if takes else ''} {name}({given})") + inside + self.tag("endcall")

    def make_filter(self, depth):
        chain = self.pick("upper", "lower|title", "replace('a', '<')", "trim", "escape", "indent(2)", "wordwrap(10)",
                          "striptags", "truncate(9)", "center(20)|upper", "safe", "forceescape", "urlencode")
        return self.tag(f"filter {chain}") + self.buffered(depth) + self.tag("endfilter")

    def make_autoescape(self, depth):
        was, self.in_autoescape = self.in_autoescape, True
        jumps, self.can_jump = self.can_jump, False
        self.scopes.append({name: "hidden" for name in self.seen("macro1")})
        inside = self.body(depth)
        self.scopes.pop()
        self.in_autoescape, self.can_jump = was, jumps
        return self.tag("autoescape " + self.pick("true", "false")) + inside + self.tag("endautoescape")

    def make_raw(self, depth):
        return self.tag("raw").replace("+%}", "%}") + self.pick("{{ x }}", "{% if %}", "{# a #}", " a ", "\n{% raw %}\n", "") + self.tag("endraw")

    def make_comment(self, depth):
        left, right = self.pick("", "", "-", "+"), self.pick("", "", "-", "+")
        return "{#" + left + self.pick(" c ", " {{ x }} ", " {% if %} ", "\n", " a\nb ") + right + "#}" + self.pick("", "\n", " ")

    def make_namespace(self, depth):
        name = self.new_name("ns")
        if not name.startswith("ns"):
            return self.simple()
        text = self.tag(f"set {name} = namespace({self.pick('a=0', 'a=1, b=' + self.text(), '{' + repr('a') + ': 2}')})")
        if self.chance(0.3):
            text += self.tag(f"set {name}.{self.pick('a', 'c')}{self.pick('', ' | upper')}") + self.simple() + self.tag("endset") + self.output(f"{name}.c|default('-')")
            return text + self.output(f"{name}.a")
        text += self.tag("for i8 in ints") + self.tag(f"set {name}.a = {name}.a + {self.pick('i8', '1', 'loop.index')}")
        if self.chance(0.3):
            text += self.tag("if i8 > 1") + self.tag(f"set {name}.b = i8") + self.tag("endif") + self.pick("", self.output(f"{name}.b"))
        return text + self.tag("endfor") + self.output(f"{name}.a") + self.pick("", self.output(f"{name}.b|default('-')"))

    def make_print(self, depth):
        return self.tag("print " + self.printable(self.random.choice(SCALARS)))

    def make_chain(self, depth):
        """Operators in a row, without brackets: what binds how tight."""
        text = self.pick("", "", "", "not ") + self.operand()
        for _ in range(self.random.randrange(1, 6)):
            operator = self.pick("+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", "<=", ">", ">=", "and", "or", "and not", "or not",
                                 "in", "not in", "~", "+", "-", "and", "or", "** 2 *", "is odd or", "is not none and")
            text += f" {operator} {self.operand()}"
        if self.chance(0.3):
            return self.tag("if " + text) + "yes" + self.tag("else") + "no" + self.tag("endif")
        if self.chance(0.2):
            text += f" if {self.operand()} {self.pick('', '> ' + self.operand())} {self.pick('', 'else ' + self.operand())}"
        if self.chance(0.1):
            text += ", " + self.operand()
        return self.output(text)

    def operand(self):
        sign = self.pick("", "", "-", "+") if self.chance(0.5) else ""
        behind = self.pick("", "", "", "|string", "|int", "|abs", "|length", "|default(2)", "[0]", "[-1:]", ".0", "|first", "|e", "|float|round(1)",
                           "|upper") if self.chance(0.4) else ""
        value = self.pick("n", "z", "f", "neg", "1", "2", "3", "0.5", "1.5", "s", "h", "'1'", "'a' 'b'", "ints", "[1, 2]", "(1,)", "m", "m.a", "t",
                          "no", "missing", "''", "[]", "(n, s)", "{'a': 1}", "true", "strs", "lists", "lists[0]", "h|safe")
        if value == "h|safe" and behind[:1] in (".", "["):  # `h|safe[0]` is no expression
            value = f"({value})"
        return sign + value + behind

    def make_safe_text(self, depth):
        """What operators, methods and filters make of safe texts and others."""
        string = lambda: self.value("str", 1)
        safe = lambda: self.pick("(h|safe)", "(h|e)", "('<i>'|safe)", "('a&b<c'|e)", f"({string()}|safe)", f"({string()}|e)")
        text = self.pick(
            lambda: f"{safe()} {self.pick('+', '~')} {string()}", lambda: f"{string()} {self.pick('+', '~')} {safe()}",
            lambda: f"{safe()} * {self.pick(0, 2)}", lambda: f"{self.pick(0, 2)} * {safe()}",
            lambda: f"{safe()}[{self.slice()}] ~ '<'", lambda: f"{safe()}[{self.pick(0, -1, 1)}] ~ '<'",
            lambda: f"{safe()}.{self.pick('upper', 'lower', 'title', 'capitalize', 'strip', 'swapcase', 'casefold')}() ~ '<'",
            lambda: f"{safe()}.replace({self.text()}, {self.text()}) + '>'", lambda: f"{safe()}.join(['<', {safe()}, {string()}]) + '>'",
            lambda: f"({safe()}, {string()})|join({self.pick(string(), safe())})",
            lambda: f"{safe()}.{self.pick('split', 'rsplit', 'splitlines')}()", lambda: f"{safe()}.{self.pick('partition', 'rpartition')}('b')|last ~ '<'",
            lambda: f"{safe()}.{self.pick('ljust', 'rjust', 'center')}(9, '<') ~ '>'", lambda: f"{safe()}.{self.pick('lstrip', 'rstrip', 'strip')}('<>&') ~ '>'",
            lambda: f"{safe()}|{self.pick('upper', 'lower', 'title', 'capitalize', 'trim', 'reverse', 'string', 'striptags', 'escape', 'forceescape', 'first', 'last', 'list', 'length', 'center(9)', 'indent', 'wordwrap(3)', 'truncate(3, true)', 'replace(' + self.text() + ', ' + repr('<') + ')', 'urlize', 'pprint', 'tojson', 'urlencode', 'wordcount', 'default(1)', 'format', 'sort', 'unique|list', 'batch(2)|list')} ~ '<'",
            lambda: f"{safe()} {self.pick('==', '!=', '<', 'in', '>=')} {string()}", lambda: f"{string()} {self.pick('==', 'in', 'not in')} {safe()}",
            lambda: f"{safe()} is {self.pick('escaped', 'string', 'lower', 'upper', 'iterable', 'sequence', 'mapping', 'sameas h')}",
            lambda: f"[{safe()}, {string()}]|{self.pick('sort', 'max', 'min', 'unique|list', 'join', 'map(' + repr('upper') + ')|join', 'string')} ~ '<'",
            lambda: f"{safe()} if {safe()} else {string()}", lambda: f"{safe()} or {string()}", lambda: f"{{{safe()}: 1}}[{safe()}]",
            lambda: f"{{{safe()}: {safe()}}}|{self.pick('xmlattr', 'urlencode', 'tojson', 'items|list')}",
            lambda: f"{safe()}.{self.pick('zfill(9)', 'removeprefix(' + repr('<') + ')', 'removesuffix(' + repr('>') + ')', 'count(' + repr('b') + ')', 'find(' + repr('b') + ')', 'isalpha()', 'startswith(' + repr('<') + ')')} ~ '<'",
        )()
        return self.output(text) if self.chance(0.7) else self.tag(f"set x7 = {text}") + self.output(self.pick("x7", "x7 ~ '<'", "x7|e"))

    def make_named(self, depth):
        """Filters and functions, their arguments by name and in any order."""
        def named(**values):
            chosen = self.random.sample(sorted(values), self.random.randrange(0, len(values) + 1))
            return ", ".join(f"{key}={self.pick(*values[key])}" for key in chosen)
        yes = ["true", "false"]
        text = self.pick(
            lambda: f"{self.value('str', 1)}|indent({named(width=['2', repr('- ')], first=yes, blank=yes)})",
            lambda: f"{self.value('str', 1)}|truncate({named(length=['5', '12'], killwords=yes, end=[repr(''), repr('>')], leeway=['0', '3'])})",
            lambda: f"{self.value('str', 1)}|wordwrap({named(width=['5', '12'], break_long_words=yes, wrapstring=[repr('|')], break_on_hyphens=yes)})",
            lambda: f"{self.value('str', 1)}|center({named(width=['5', '40'])})",
            lambda: f"{self.value('str', 1)}|int({named(default=['1', 'no'], base=['2', '16', '8'])})",
            lambda: f"{self.value('str', 1)}|float({named(default=['1', 'no'])})",
            lambda: f"{self.value('float', 1)}|round({named(precision=['1', '0', '-1'], method=[repr('ceil'), repr('floor'), repr('common')])})",
            lambda: f"{self.value(self.pick('missing', 'str', 'none'), 1)}|{self.pick('default', 'd')}({named(default_value=['1', 'h'], boolean=yes)})",
            lambda: f"{self.value('strs', 1)}|join({named(d=[repr('<'), 'h'])})",
            lambda: f"{self.value('recs', 1)}|join({named(d=[repr('<')], attribute=ATTRIBUTES)})|length",
            lambda: f"{self.value('strs', 1)}|sort({named(reverse=yes, case_sensitive=yes)})",
            lambda: f"{self.value('recs', 1)}|sort({named(reverse=yes, case_sensitive=yes)})|length",
            lambda: f"{self.value('recs', 1)}|sort(attribute={self.pick(repr('age,name'), repr('name'), repr('c.x,age'), repr('tags'))})|map(attribute='name')|list",
            lambda: f"{self.value('map', 1)}|dictsort({named(case_sensitive=yes, by=[repr('key'), repr('value')], reverse=yes)})",
            lambda: f"{self.value('recs', 1)}|groupby(attribute={self.pick(repr('age'), repr('name'), repr('c.x'))}, {named(case_sensitive=yes, default=['0'])})|map(attribute='grouper')|list",
            lambda: f"{self.value('recs', 1)}|sum(attribute={self.pick(repr('age'), repr('c.x'))}, {named(start=['1', '0.5', 'n'])})",
            lambda: f"{self.value('recs', 1)}|map(attribute={self.pick(*ATTRIBUTES)}, {named(default=['0', repr('<')])})|list",
            lambda: f"{self.value('ints', 1)}|batch(linecount={self.pick(1, 2, 3)}, {named(fill_with=['0', repr('x')])})|list",
            lambda: f"{self.value('ints', 1)}|slice(slices={self.pick(1, 2, 3)}, {named(fill_with=['0', repr('x')])})|list",
            lambda: f"{self.value('strs', 1)}|{self.pick('max', 'min')}({named(case_sensitive=yes)})",
            lambda: f"({self.value('recs', 1)}|{self.pick('max', 'min')}(attribute={self.pick(repr('age'), repr('name'))})).name",
            lambda: f"{self.value('strs', 1)}|unique({named(case_sensitive=yes)})|list",
            lambda: f"{self.value('str', 1)}|urlize({named(trim_url_limit=['5', '50'], nofollow=yes, target=[repr('_top')], rel=[repr('me a')], extra_schemes=['[' + repr('ftp:') + ']'])})",
            lambda: f"{self.value('map', 1)}|tojson({named(indent=['0', '2'])})",
            lambda: f"{self.value('map', 1)}|xmlattr({named(autospace=yes)})",
            lambda: f"{self.value('int', 1)}|filesizeformat({named(binary=yes)})",
            lambda: f"{self.value('str', 1)}|trim({named(chars=[repr('ab'), 'no'])})",
            lambda: f"{self.value('str', 1)}|replace(new='<', old='a', {named(count=['1', '0', 'no'])})",
            lambda: f"{self.value('rec', 1)}|attr(name='name')|string|length",
            lambda: f"{self.value('ints', 1)}|{self.pick('select', 'reject')}({self.pick(repr('eq') + ', 1', repr('sameas') + ', 1', repr('<') + ', 2', repr('>=') + ', 2', repr('=='), repr('even'), repr('defined'), repr('none'))})|list",
            lambda: f"dict({named(a=['1'], b=['h'], **{'class_': ['2']})})", lambda: f"namespace({named(a=['1'], b=['h'])}).a",
        )()
        return self.output(text)

    def make_own(self, depth):
        """A list or a map of the template's own that changes."""
        name = self.fresh("own")
        self.known.append(name)
        if self.chance(0.6):
            start = self.pick("[]", "[1, 2]", "['a']", "ints|list")
            changes = ["append(%s)" % self.value("int", 1), "extend(%s)" % self.value("ints", 1), "insert(0, 'z')", "pop()",
                       "pop(0)", "append('b')", "insert(-1, 5)"]
        else:
            start = self.pick("{}", "{'a': 1}", "dict(b=2)", "m.copy()")
            changes = ["update(a=3)", "update({'q': 4})", "setdefault('a', 9)", "pop('a', 0)", "setdefault('n')",
                       "update([('l', 1)])", "pop('zz', none)"]
        text = self.tag(f"set {name} = {start}")
        for _ in range(self.random.randrange(0, 4)):
            change = self.random.choice(changes)
            text += self.tag(f"do {name}.{change}") if self.chance(0.6) else self.output(f"{name}.{change}")
        return text + self.output(name)

    def make_turns(self, depth):
        if self.chance(0.5):
            name = self.fresh("c")
            self.see(name, "cycler")
            return self.tag(f"set {name} = cycler({self.text()}, {self.value('str', 1)})") + self.output(f"{name}.next()")
        name = self.fresh("d")
        self.see(name, "joiner")
        return self.tag(f"set {name} = joiner({self.pick('', self.text())})") + self.output(f"{name}()")

    def make_groups(self, depth):
        name = self.new_name("i")
        by = self.pick("'age'", "'c.x'", "'name'", "'tags'", "attribute='age'", "'nothing', default='none'",
                       "'name', case_sensitive=true")
        if self.chance(0.3):
            return self.output(f"{self.value('recs', 2)}|groupby({by})|length")
        text = self.tag(f"for {name} in {self.value('recs', 2)}|groupby({by})")
        text += self.output(f"{name}.grouper") + self.output(f"{name}.list|map(attribute='name')|join(',')")
        return text + self.pick("", "{{ loop.index }}") + self.tag("endfor")

    # ---- More than one template ---------------------------------------------------------------------------------------

    def make_block(self, depth):
        if self.in_macro or self.in_autoescape or len(self.blocks) > 6:
            return self.simple()
        name = self.fresh("b")
        scoped = self.chance(0.3)
        self.blocks.append(name)
        outer, loops, unit = self.scopes, self.loops, self.unit
        self.unit = max(self.unit + 1, self.unit * 100)
        if not scoped:
            self.scopes, self.loops = [self.scopes[0]], 0
        shares, self.shares = self.shares, False
        inside = self.body(depth)
        self.scopes, self.loops, self.unit, self.shares = outer, loops, unit, shares
        required = self.is_base and self.chance(0.15)
        if required:
            inside = self.pick("", " ", "\n", "{# a #}")
        words = self.pick(" scoped required", " required scoped") if required and scoped else " required" if required else " scoped" if scoped else ""
        text = self.tag(f"block {name}{words}") + inside
        text += self.tag("endblock" + self.pick("", " " + name))
        if self.chance(0.2):
            text += self.output(f"self.{name}()")
        return text

    def make_include(self, depth):
        if not self.parts:
            return self.simple()
        name = self.random.choice(self.parts)
        named = self.pick(f"'{name}'", f"'{name}'", f"['nowhere', '{name}']", f"('{name}', 'nowhere')", "which" if "inc0" in self.parts else f"'{name}'",
                          f"'{name[:2]}' ~ '{name[2:]}'", "'nowhere' ignore missing",
                          "['nowhere', 'neither'] ignore missing", f"'{name}' ignore missing")
        context = self.pick("", "", " with context", "" if self.in_buffer else " without context")
        return self.tag(f"include {named}{context}")

    def make_import(self, depth):
        if not self.libraries:
            return self.simple()
        library, (macros, variables) = self.random.choice(self.libraries)
        context = self.pick("", "", " with context", " without context")
        if self.chance(0.5):
            name = self.fresh("lib")
            self.known.append(name)
            text = self.tag(f"import '{library}' as {name}{context}")
            prefix = name + "."
        else:
            variables = [v for v in variables if not v.startswith("_")]
            picks = self.random.sample(macros + variables, min(len(macros + variables), 2)) + (["nothing"] if self.chance(0.1) else [])
            if not picks:
                return self.simple()
            aliases = {p: self.fresh("a") if self.chance(0.4) else p for p in picks}
            self.known += aliases.values()
            text = self.tag(f"from '{library}' import " + ", ".join(p if a == p else f"{p} as {a}" for p, a in aliases.items()) + context)
            macros, variables = [aliases[m] for m in macros if m in aliases], [aliases[v] for v in variables if v in aliases]
            prefix = ""
        for macro in macros[:2]:
            text += self.output(f"{prefix}{macro}({self.pick('', self.value('str', 1))})")
            if self.chance(0.3):
                text += self.make_set(1) + self.output(f"{prefix}{macro}()")
            if self.chance(0.15):
                text += self.tag(f"for i7 in {self.value('ints', 1)}") + self.output(f"{prefix}{macro}(i7)") + self.tag("endfor")
        for variable in variables[:2]:
            text += self.output(f"{prefix}{variable}")
        return text

    def start(self):
        """Begins another template: nothing of the last one is in sight."""
        self.scopes, self.blocks, self.loops, self.in_macro = [{}], [], 0, False
        self.unit += 1

    def library(self, index):
        self.start()
        macros, variables, text = [], [], self.plain()
        for _ in range(self.random.randrange(1, 3)):
            name = self.fresh("g")
            self.in_macro = True
            outer, self.scopes = self.scopes, self.scopes + [{"p1": "str"}]
            text += self.tag(f"macro {name}(p1={self.pick('1', 's', repr('<d>'))})") + self.buffered(2) + "{{ p1 }}" + self.pick("", "", "{{ shared1 }}", "{{ shared2|default('-') }}{{ caller is defined }}") + self.tag("endmacro")
            self.scopes, self.in_macro = outer, False
            macros.append(name)
        for _ in range(self.random.randrange(0, 2)):
            name = self.pick(self.fresh("v"), self.fresh("_v"))
            text += self.tag(f"set {name} = {self.value('str', 2)}")
            variables.append(name)
        if self.chance(0.3):
            text += self.statements(2)
        self.templates[f"lib{index}"] = text
        self.libraries.append((f"lib{index}", (macros, variables)))

    def parents(self):
        """A template with blocks, perhaps one between, and what the main one then is."""
        self.start()
        self.is_base = True
        self.templates["base"] = "".join(self.pick(self.plain(), self.simple()) + self.make_block(2) for _ in range(3)) + self.statements(1)
        self.is_base = False
        blocks, parent = list(self.blocks), "base"
        for name in ["middle", "upper"]:
            if self.chance(0.4):
                self.templates[name] = self.child(parent, blocks)
                blocks += self.new_blocks
                parent = name
        return self.child(parent, blocks)

    def child(self, parent, blocks):
        self.start()
        self.scopes[0] = {}
        named = self.pick(f"'{parent}'", f"'{parent}'", f"'{parent}'", f"'{parent[:1]}' ~ '{parent[1:]}'")
        self.new_blocks = []
        text = self.pick("", self.plain()) + self.tag(f"extends {named}")
        for _ in range(self.random.randrange(0, 3)):
            text += self.pick(self.make_set, self.make_macro, self.make_import, lambda d: self.plain())(2)
        for name in blocks:
            if self.chance(0.5):
                continue
            self.blocks = [name] * 9  # no further blocks in it
            self.unit += 1
            inside = self.body(2)
            if self.chance(0.4):
                inside += self.pick("{{ super() }}", "{{ super()|upper }}", "[{{ super() }}]", "{{ super() ~ '<' }}",
                                    "{% set x8 = super() %}{{ x8|length }}", "{% if super() %}{{ super() }}{% endif %}",
                                    "{% for i8 in [1, 2] %}{{ super() }}{% endfor %}", "{{ super.super() }}")
            if self.chance(0.15):
                inside += self.output(f"self.{self.random.choice([b for b in blocks if b != name] or [name])}()") if name != blocks[0] else ""
            if self.chance(0.2):
                new = self.fresh("b")
                self.new_blocks.append(new)
                inside += self.tag(f"block {new}{self.pick('', ' scoped')}") + self.simple() + self.tag("endblock")
            text += self.tag(f"block {name}{self.pick('', '', ' scoped')}") + inside + self.tag("endblock") + self.plain()
        return text

    def make(self):
        if self.chance(0.3):
            for index in range(self.random.randrange(1, 3)):
                self.library(index)
        if self.chance(0.3):
            for index in range(self.random.randrange(1, 3)):
                self.start()
                made = self.statements(2)
                self.templates[f"inc{index}"] = made
                self.parts.append(f"inc{index}")
        if self.chance(0.3):
            self.templates["main"] = self.parents()
        else:
            self.start()
            self.shares = True
            self.templates["main"] = self.statements(4) + self.statements(3)
