// What the search page's script makes of what is typed, beside what the generator made of it: tests/search/keys.tsv,
// which the unit test of `search` goes through, too.
//
//   node keys.mjs            speaks TAP
//   node keys.mjs --write    writes the table's second and third column anew, as the script has them

import {readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const script = readFileSync(join(here, '../../themes/sleeve/assets/find.js'))
const {fold, hashes, strokes, words} = await import('data:text/javascript;base64,' + script.toString('base64'))
const table = join(here, 'keys.tsv')

function keyOf(text) {
  const joined = words(text).join('')
  const key = /^[\uac00-\ud7a3\u3131-\u3163]/.test(joined) ? '~' + strokes(joined) : fold(joined)
  return [...key].slice(0, 16).join('')
}

const rowOf = (text) => [text, keyOf(text), hashes(text).sort((a, b) => a - b).join(' ')].join('\t')

const lines = readFileSync(table, 'utf8').trimEnd().split('\n')
if (process.argv[2] === '--write') {
  writeFileSync(table, lines.map((line) => (line.startsWith('#') ? line : rowOf(line.split('\t')[0]))).join('\n') + '\n')
} else {
  for (const line of lines.filter((one) => !one.startsWith('#'))) {
    const row = rowOf(line.split('\t')[0])
    console.log(`${row === line ? 'ok' : 'not ok'} - the script reads '${line.split('\t')[0]}' as the generator does`)
    if (row !== line) console.log(`# ${row}\n# wanted: ${line}`)
  }
}
