// The index of tracks of a built site, in Chromium: other orders, and only what is looked for, over all its pages.
//
//   node tracks.mjs SITE BASE_PATH        the site of tests/sites/tracks-many   Speaks TAP.

import {axe, launch, noteErrors} from './browser.mjs'
import {serve} from './server.mjs'

const [site, base] = process.argv.slice(2)
const server = await serve(site, base)
const browser = await launch()
const wrong = []
const tab = await browser.newPage({viewport: {width: 1280, height: 900}})
noteErrors(tab, wrong)
await tab.goto(server.origin + base + 'tracks/', {waitUntil: 'networkidle'})

async function rows(options) {
  await tab.fill('.order [name=text]', options.text ?? '')
  for (const name of ['by', 'kind']) await tab.selectOption(`.order [name=${name}]`, options[name] ?? '')
  await tab.waitForTimeout(300)
  return tab.$$eval('.ordered:not([hidden]) li > a', (links) => links.map((link) => link.textContent))
}

async function test(name, options, wanted, count) {
  const got = (await rows(options)).slice(0, wanted.length)
  const said = await tab.textContent('.order [role=status]')
  const good = JSON.stringify(got) === JSON.stringify(wanted) && said === count
  console.log(`${good ? 'ok' : 'not ok'} - ${name}`)
  if (!good) console.log(`# ${JSON.stringify(got)}, ${said}; wanted ${JSON.stringify(wanted)}, ${count}`)
}

await test('the best first, whatever page they are on', {by: 'rating'}, ['Zenith', 'Amber', 'Blue 001'], '403 tracks')
await test('the newest first, what has no year last', {by: 'year'}, ['Zenith', 'Blue 001'], '403 tracks')
await test('by artist', {by: 'artist', text: 'zenith'}, ['Zenith'], '1 track')
await test('only what is instrumental', {kind: 'i'}, ['Amber'], '1 track')
await test('picks by a part of the drama', {kind: 'p', text: 'LATE hou'}, ['Zenith'], '1 track')
await test('all again, in bands', {}, [], '')
console.log(await tab.isVisible('.bands') && await tab.isVisible('.letters') ? 'ok - the bands are back' : 'not ok - the bands are back')
await rows({by: 'rating'})
await tab.evaluate(axe)
const found = await tab.evaluate(() => window.axe.run().then((result) => result.violations.map((one) => one.id)))
console.log(`${found.length + wrong.length ? 'not ok' : 'ok'} - nothing is wrong with the page`)
for (const line of [...found, ...wrong]) console.log('# ' + line)
await browser.close()
server.close()
