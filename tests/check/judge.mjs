// node judge.mjs PROGRAM FOLDER: what `liner check` says of the two blogs beside this file, in each of its formats, is what
// want.txt and want-broken.txt say: JSON by `liner schema problems` (npm's ajv), GitHub's workflow commands read back as
// its runner reads them. It writes nothing. What makes it fail is tried out in blogs of its own.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';

const [program, work] = process.argv.slice(2);
const here = dirname(new URL(import.meta.url).pathname);
const top = dirname(dirname(here));
const HEAD = /^[^ ].*: (error|warning): /;
const schema = spawnSync(program, ['schema', 'problems'], { cwd: work, encoding: 'utf8' }).stdout;
const validate = new Ajv({ strict: true }).compile(JSON.parse(schema));

function report(name, problems) {
  console.log((problems.length ? 'not ok - ' : 'ok - ') + name);
  for (const problem of problems.slice(0, 40)) console.log('# ' + problem.replaceAll('\n', '\n# '));
}

function check(root, ...options) {
  return spawnSync(program, ['check', ...options], { cwd: root, encoding: 'utf8' });
}

// The lines that only one of the two has.
function differences(want, got) {
  const missing = want.filter(line => !got.includes(line)).map(line => 'missing: ' + line);
  const others = got.filter(line => !want.includes(line)).map(line => 'unasked: ' + line);
  return [...missing, ...others, ...(got.length === want.length ? [] : [`${got.length} of ${want.length}`])];
}

function headOf({ file, line, column, level, message }) {
  return `${file}${line ? `:${line}:${column}` : ''}: ${level}: ${message}`;
}

// Every file with its size and time.
function* listing(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const { size, mtimeMs } = statSync(path);
    yield `${path} ${size} ${mtimeMs}`;
    if (entry.isDirectory()) yield* listing(path);
  }
}

// As GitHub's runner does (ActionCommand): the percent sign last.
function unescape(text, inValue) {
  const plain = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return (inValue ? plain.replaceAll('%3A', ':').replaceAll('%2C', ',') : plain).replaceAll('%25', '%');
}

function readCommand(line) {
  const found = /^::(error|warning) (.*?)::(.*)$/.exec(line);
  if (!found) return { message: line };
  const values = Object.fromEntries(found[2].split(',').map(pair => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals), unescape(pair.slice(equals + 1), true)];
  }));
  const [message, ...notes] = unescape(found[3], false).split('\n');
  return { level: found[1], file: values.file, line: values.line, column: values.col, message, notes };
}

function checkJson(name, done, lines) {
  const value = JSON.parse(done.stdout);
  const problems = validate(value) ? [] : validate.errors.map(error => `${error.instancePath} ${error.message}`);
  const count = level => value.problems.filter(problem => problem.level === level).length;
  if (value.errors !== count('error') || value.warnings !== count('warning')) problems.push('the sums are wrong');
  report(`${name}: JSON`, [...problems, ...differences(lines, value.problems.map(headOf))]);
  return value;
}

// ---- The blog with the problems, and the example blog ----

function checkBlog(name, wanted) {
  const blog = join(work, name);
  const want = readFileSync(join(here, wanted), 'utf8').trim().split('\n');
  cpSync(join(here, name), blog, { recursive: true });
  const before = [...listing(blog)].join('\n');
  const text = check(blog);
  report(`${name}: ${want.length} problems, each at its line`, differences(want, text.stderr.split('\n').filter(line => HEAD.test(line))));
  report(`${name}: one thread finds the same`, check(blog, '--jobs', '1').stderr === text.stderr ? [] : ['not the same']);
  report(`${name}: problems end it with 1`, text.status === 1 && !text.stdout ? [] : [`${text.status} ${text.stdout}`]);
  const value = checkJson(name, check(blog, '--format', 'json'), want);
  const github = check(blog, '--format', 'github').stdout.trim().split('\n').map(readCommand);
  report(`${name}: GitHub`, differences(want, github.map(headOf)));
  report(`${name}: GitHub has the notes, too`, value.problems.flatMap(({ notes }, index) =>
    notes.join('\n') === github[index].notes.join('\n') ? [] : [github[index].notes.join('\n')]));
  report(`${name}: nothing is written`, [...listing(blog)].join('\n') === before ? [] : [[...listing(blog)].join('\n')]);
  return value;
}

// The schema is no blank cheque: each of these is a little beside what is printed.
function checkRefused(value) {
  const index = value.problems.findIndex(problem => problem.line);
  const wrongs = [
    ...['errors', 'warnings', 'problems'].map(key => [`no ${key}`, all => delete all[key]]),
    ...['level', 'file', 'message', 'notes', 'line', 'column', 'last_column']
      .map(key => [`no ${key} of a problem`, all => delete all.problems[index][key]]),
    ['another key', all => { all.more = 1; }],
    ['another key of a problem', all => { all.problems[index].more = 1; }],
    ['a level that there is not', all => { all.problems[index].level = 'note'; }],
    ['a line 0', all => { all.problems[index].line = 0; }],
    ['a line in quotes', all => { all.problems[index].line = '9'; }],
    ['a file without a name', all => { all.problems[index].file = ''; }],
    ['nothing for a message', all => { all.problems[index].message = null; }],
    ['a note for a list', all => { all.problems[index].notes = 'x'; }],
    ['fewer than no errors', all => { all.errors = -1; }],
  ];
  report(`the schema refuses ${wrongs.length} other things`, wrongs.flatMap(([name, spoil]) => {
    const copy = structuredClone(value);
    spoil(copy);
    return validate(copy) ? [name] : [];
  }));
}

checkRefused(checkBlog('blog', 'want.txt'));
checkBlog('broken', 'want-broken.txt');

const example = check(top, '--strict');
report('the example blog has none', example.status === 0 && example.stderr === 'liner: nothing wrong\n' ? [] : [example.stderr]);
checkJson('the example blog', check(top, '--format', 'json'), []);
report('the example blog: GitHub', check(top, '--format', 'github').stdout === '' ? [] : ['there is something']);

// ---- What only some blogs have ----

function makeBlog(files) {
  const root = mkdtempSync(join(work, 'small-'));
  const all = {
    'liner.yaml': 'title: Notes\nurl: https://example.org/\n',
    'content/pages/about.md': '---\ntitle: About\n---\nText.\n',
    ...files,
  };
  for (const [path, contents] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), contents);
  }
  return root;
}

const page = body => ({ 'content/pages/about.md': `---\ntitle: About\n---\n${body}\n` });
const statuses = [
  ['nothing wrong', {}, [], 0],
  ['a warning', page('<b>Loud</b>'), [], 0],
  ['a warning that is let fail', page('<b>Loud</b>'), ['--strict'], 1],
  ['a warning that is let fail, as JSON', page('<b>Loud</b>'), ['--strict', '--format', 'json'], 1],
  ['an error, for GitHub', page('[[Nobody]]'), ['--format', 'github'], 1],
  ['a format that there is not', {}, ['--format', 'xml'], 2],
  ['what only rendering finds', { 'themes/sleeve/templates/document.html': '{{ 1 / (document.title | length - 5) }}' }, [], 1],
  ['a draft that nobody asks for', { 'content/pages/b.md': '---\ntitle: B\ndraft: yes\n---\n[x](/nowhere/)\n' }, [], 0],
  ['a draft', { 'content/pages/b.md': '---\ntitle: B\ndraft: yes\n---\n[x](/nowhere/)\n' }, ['--drafts'], 1],
  ['addresses that lead somewhere', page('[a](/about/) [b](/about) [c](/) [d](/feed.xml?x=1) [e](https://example.org/about/#)'), ['--strict'], 0],
  ['a file that is linked to', { ...page('[a](a%20b.pdf)'), 'content/pages/a b.pdf': '' }, ['--strict'], 0],
  ['a file from the root', { ...page('![Words](/img/x.jpg)'), 'content/img/x.jpg': '', 'content/CNAME': '' }, ['--strict'], 0],
  ['a picture that is there, with words', { 'content/dramas/s.md': '---\ntitle: S\nposter: s.jpg\nposter_alt: A desk\n---\n', 'content/dramas/s.jpg': '' }, ['--strict'], 0],
];
for (const [name, files, options, status] of statuses) {
  const done = check(makeBlog(files), ...options);
  report(`${name}: ends with ${status}`, done.status === status ? [] : [`${done.status}\n${done.stderr}${done.stdout}`]);
}

// Each sign that means something in a command, in the name of a file and in what is said of it.
const odd = makeBlog({ 'content/pages/a, 100%: b.md': '---\ntitle: Odd\n---\n[[50% off: a, b]]\n' });
const [command] = check(odd, '--format', 'github').stdout.split('\n');
report('GitHub: the signs that mean something to it', command.startsWith(
  "::error file=content/pages/a%2C 100%25%3A b.md,line=4,col=1,endColumn=17::nothing on this blog is called '50%25 off: a, b'%0A")
  ? [] : [command]);
const SIGNS = '%,:\r\n';
const names = [...SIGNS].flatMap(sign => [`a${sign}b`, `${sign}${sign}0A`]).concat('::error::x', '%25%0D%3A', 'a=b,line=7');
const signs = makeBlog(Object.fromEntries(names.map((name, index) => [
  `content/pages/${name}-${index}.md`, `---\ntitle: Odd\n${JSON.stringify(name)}: x\n---\nText.\n`])));
const asJson = JSON.parse(check(signs, '--format', 'json').stdout).problems;
const asCommands = check(signs, '--format', 'github').stdout.trimEnd().split('\n');
report(`GitHub: ${names.length} files and messages with such signs`, [
  ...(validate({ errors: asJson.length, warnings: 0, problems: asJson }) ? [] : [JSON.stringify(validate.errors)]),
  ...(asJson.length === names.length && asCommands.length === names.length ? [] : [`${asJson.length} ${asCommands.length}`]),
  ...asCommands.flatMap((line, index) => {
    const found = /^::error (.*?)::(.*)$/.exec(line);
    const { file, message, notes } = asJson[index];
    const got = readCommand(line);
    const said = unescape(found?.[2] ?? '', false);
    return found && !/[\r\n]/.test(line) && got.file === file && got.line === '3' &&
      said === [message, ...notes].join('\n') ? [] : [line];
  }),
]);
const below = spawnSync(program, ['check', '--format', 'github', '--root', odd.split('/').pop()], { cwd: dirname(odd), encoding: 'utf8' });
report('GitHub: a blog in a folder', below.stdout.startsWith(`::error file=${odd.split('/').pop()}/content/`) ? [] : [below.stdout]);
