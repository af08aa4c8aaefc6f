// node judge.mjs PROGRAM FOLDER: holds `liner schema` against npm's ajv, a validator of JSON Schema, with npm's yaml, which
// is what editors read YAML with:
//   - ajv takes what Liner wrote as a schema of draft-07, in its strict mode;
//   - it takes the example blog's front matter and liner.yaml, and that of tests/sites, read as YAML 1.1 and as 1.2;
//   - it takes and refuses what forms.yaml says, and Liner, asked to build a blog with the same lines, likewise;
//   - every example of a row is one that its field takes.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';

const [program, work] = process.argv.slice(2);
const here = dirname(new URL(import.meta.url).pathname);
const top = dirname(dirname(here));
const FOLDERS = { reviews: 'review', dramas: 'drama', artists: 'artist', tracks: 'track', pages: 'page' };
const VERSIONS = ['1.1', '1.2'];

// A blog without a fault, to put lines into.
const BLOG = {
  settings: ['liner.yaml', { title: 'Notes', url: 'https://example.org/', rating: '{aspects: [music, story]}', theme: 'own' }],
  review: ['content/reviews/signal.md', { title: 'Signal', date: '2016-03-14', drama: 'Signal' }],
  drama: ['content/dramas/signal.md', { title: 'Signal' }],
  artist: ['content/artists/chanyeol.md', { name: 'Chanyeol' }],
  track: ['content/tracks/beautiful.md', { title: 'Beautiful', drama: 'Goblin' }],
  page: ['content/pages/about.md', { title: 'About' }],
  comments: ['content/reviews/signal.comments.yaml', { id: 1, date: '2016-03-15' }],
  theme: ['themes/own/theme.yaml', { name: 'own', parent: 'sleeve' }],
};
// What its fields may name.
const LISTED = [['Goblin', 'Punch - Stay With Me'], ['Stranger', 'Kim Yuna - The Road']];
const OTHERS = Object.fromEntries(LISTED.map(([name, track]) => [
  `content/reviews/${name.toLowerCase()}.md`,
  `---\ntitle: ${name}\ndate: 2016-03-14\ndrama: ${name}\ntracks: ["${track}"]\n---\nText.\n`,
]));
const isWhole = kind => kind === 'settings' || kind === 'theme' || kind === 'comments';
const COMMENTS = '.comments.yaml';

function report(name, problems) {
  console.log((problems.length ? 'not ok - ' : 'ok - ') + name);
  for (const problem of problems.slice(0, 40)) console.log('# ' + problem.replaceAll('\n', '\n# '));
}

function schemaOf(kind, root) {
  return JSON.parse(execFileSync(program, ['schema', kind, '--root', root], { encoding: 'utf8' }));
}

// As an editor sees it: dates that YAML 1.1 made of texts are texts in JSON.
function read(yaml, version) {
  return JSON.parse(JSON.stringify(parse(yaml, { version, logLevel: 'silent' }) ?? {}));
}

// What is wrong with it, by ajv; null when nothing is.
function judge(validate, yaml, version) {
  const value = read(yaml, version);
  if (validate(value)) return null;
  const worst = validate.errors.map(error => `${error.instancePath} ${error.message}`).join('; ');
  return `YAML ${version}: ${worst}\n${yaml}`;
}

function compile(root) {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
  return Object.fromEntries(Object.keys(BLOG).map(kind => [kind, ajv.compile(schemaOf(kind, root))]));
}

function* filesBelow(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.name.endsWith('.md') || entry.name.endsWith(COMMENTS)) yield path;
  }
}

// The YAML between the two lines '---'; null where a file has none.
function frontMatter(text) {
  const found = /^\uFEFF?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$/ms.exec(text);
  return found && found.index === 0 ? found[1] : null;
}

function checkBlog(root, name) {
  const validators = compile(root);
  const problems = [];
  let count = 0;
  const check = (kind, yaml, path) => {
    count++;
    for (const version of VERSIONS) {
      const wrong = judge(validators[kind], yaml, version);
      if (wrong) problems.push(`${path}: ${wrong}`);
    }
  };
  check('settings', readFileSync(join(root, 'liner.yaml'), 'utf8'), 'liner.yaml');
  for (const [folder, kind] of Object.entries(FOLDERS))
    for (const path of filesBelow(join(root, 'content', folder))) {
      const text = readFileSync(path, 'utf8');
      const yaml = path.endsWith(COMMENTS) ? text : frontMatter(text);
      if (yaml !== null) check(path.endsWith(COMMENTS) ? 'comments' : kind, yaml, path);
    }
  report(`${name}: all ${count} files are taken`, count > 1 ? problems : ['only liner.yaml is there']);
}

// The lines of the file, but for those whose field `lines` gives; of a list, its first item, and the second is there too.
function put(kind, lines) {
  const yaml = putFields(BLOG[kind][1], lines);
  return kind === 'comments' ? `- {id: 2, date: 2016-03-14}\n- ${yaml.trimEnd().replaceAll('\n', '\n  ')}\n` : yaml;
}

function putFields(fields, lines) {
  const given = new Set(lines.split('\n').map(line => line.split(':')[0]));
  if (given.has('dramas')) given.add('drama');
  const others = Object.entries(fields).filter(([name]) => !given.has(name));
  return others.map(([name, value]) => `${name}: ${value}\n`).join('') + lines.replace(/\n*$/, '\n');
}

// A blog of its own with these lines in its file of that kind, and others in its settings.
function makeBlog(kind, lines, settings = '') {
  const root = mkdtempSync(join(work, 'blog-'));
  for (const [name, [path]] of Object.entries(BLOG)) {
    const yaml = put(name, name === kind ? lines : name === 'settings' ? settings : '');
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), isWhole(name) ? yaml : `---\n${yaml}---\nText.\n`);
  }
  for (const [path, text] of Object.entries(OTHERS)) writeFileSync(join(root, path), text);
  return root;
}

function build(root) {
  return spawnSync(program, ['build', '--root', root, '--quiet'], { encoding: 'utf8' });
}

// A document that YAML itself refuses is refused.
function schemaTakes(validate, yaml, version) {
  try {
    return judge(validate, yaml, version);
  } catch (error) {
    return String(error);
  }
}

function checkForms(validatorsOfAll) {
  const forms = parse(readFileSync(join(here, 'forms.yaml'), 'utf8'));
  for (const [name, { kind = name, settings, accepted, refused }] of Object.entries(forms)) {
    const problems = [];
    const validators = settings ? compile(makeBlog('settings', settings)) : validatorsOfAll;
    for (const lines of [...accepted, ...refused]) {
      const wanted = accepted.includes(lines);
      const yaml = put(kind, lines);
      for (const version of wanted ? VERSIONS : ['1.2']) { // a reader of 1.1 makes 2 March of 30 February
        const wrong = schemaTakes(validators[kind], yaml, version);
        if (wanted && wrong) problems.push(`the schema refuses: ${wrong}`);
        if (!wanted && !wrong) problems.push(`the schema takes: ${lines}`);
      }
      const built = build(makeBlog(kind, lines, settings));
      if ((built.status === 0) !== wanted)
        problems.push(`Liner ${wanted ? 'refuses' : 'takes'}: ${lines}\n${built.stderr}`);
    }
    report(`${name}: ${accepted.length} forms are taken, ${refused.length} refused`, problems);
  }
}

// Every field of every map in the schema that has an example.
function* examplesIn(schema, path) {
  if (schema === null || typeof schema !== 'object') return;
  if (Array.isArray(schema.examples) && path.at(-2) === 'properties')
    yield { path, examples: schema.examples };
  for (const [key, value] of Object.entries(schema)) yield* examplesIn(value, [...path, key]);
}

function checkExamples(root) {
  const problems = [];
  let count = 0;
  for (const kind of Object.keys(BLOG)) {
    const schema = schemaOf(kind, root);
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    ajv.addSchema(schema, 'root');
    for (const { path, examples } of examplesIn(schema, [])) {
      const pointer = path.map(key => encodeURIComponent(key)).join('/');
      for (const example of examples) {
        count++;
        if (!ajv.validate({ $ref: `root#/${pointer}` }, example))
          problems.push(`${kind}/${pointer}: ${JSON.stringify(example)}: ${ajv.errorsText()}`);
      }
    }
  }
  report(`all ${count} examples of rows are taken by their fields`, count > 30 ? problems : [`only ${count}`]);
}

// A vault's notes are called what their files are called, which front matter alone does not tell.
const sites = readdirSync(join(top, 'tests/sites')).filter(name => name !== 'vault').map(name => join('tests/sites', name));
for (const site of ['.', ...sites.filter(name => existsSync(join(top, name, 'liner.yaml')))])
  checkBlog(join(top, site), site === '.' ? 'the example blog' : site);
const base = makeBlog('page', '');
const built = build(base);
report('the blog without a fault is without a fault', built.status === 0 ? [] : [built.stderr]);
checkForms(compile(base));
checkExamples(base);
