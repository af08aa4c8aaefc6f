// A built site for those who have no mouse, and for those who have no scripts.
//
//   node bare.mjs SITE BASE_PATH OUTPUTS.json       speaks TAP
//
// Without scripts every sort of page says what it is about, none offers what does nothing, and all its links and
// folded parts work as they are. By keyboard alone: the first key leads past the menu, the menu can be walked and
// followed, what is folded opens.

import {readFileSync} from 'node:fs'
import {launch, noteErrors} from './browser.mjs'
import {choosePages} from './pages.mjs'
import {serve} from './server.mjs'

const [site, base, outputs] = process.argv.slice(2)
const server = await serve(site, base)
const browser = await launch()
const pages = choosePages(site, JSON.parse(readFileSync(outputs, 'utf8')))

function tell(name, wrong) {
  console.log((wrong.length > 0 ? 'not ok - ' : 'ok - ') + name)
  for (const line of wrong) console.log('# ' + line)
}

// What is wrong with a page that has no scripts.
async function withoutScripts(tab) {
  const wrong = []
  if ((await tab.locator('h1:visible').count()) !== 1) wrong.push('it has no heading that shows')
  if ((await tab.locator('main').innerText()).trim().length < 20) wrong.push('it says nothing')
  for (const what of ['button', 'input', 'select', 'textarea']) {
    const shown = await tab.locator(`${what}:visible`).count()
    if (shown) wrong.push(`${shown} of ${what}, which do nothing`)
  }
  const dead = await tab.$$eval('a', (links) => links.filter((link) => link.checkVisibility() && !link.getAttribute('href')).map((link) => link.outerHTML))
  return [...wrong, ...dead.slice(0, 3)]
}

const plain = await browser.newContext({javaScriptEnabled: false})
for (const page of pages) {
  const tab = await plain.newPage()
  await tab.goto(server.origin + base + page.path)
  tell(`without scripts: ${page.name} (/${page.path})`, await withoutScripts(tab))
  await tab.close()
}

// ---- By keyboard alone

const wrong = []
const tab = await browser.newPage({viewport: {width: 1280, height: 900}})
noteErrors(tab, wrong)
const focused = () => tab.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.tagName)
const press = async (...keys) => {
  for (const key of keys) await tab.keyboard.press(key)
  return focused()
}
// Whether the ring around what has the focus shows.
const ring = () => tab.evaluate(() => parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2)

async function test(name, run) {
  const before = wrong.length
  const found = await run().catch((error) => [String(error)])
  tell(name, [...found, ...wrong.slice(before)])
}
const same = (what, got, wanted) => (got === wanted ? [] : [`${what} is ${got}, not ${wanted}`])

await test('the first key leads past the menu', async () => {
  await tab.goto(server.origin + base)
  const first = await press('Tab')
  const shows = await tab.isVisible('.skip') && (await tab.locator('.skip').boundingBox()).width > 50
  await press('Enter')
  const next = await press('Tab')
  const inside = await tab.evaluate(() => document.querySelector('main').contains(document.activeElement))
  return [...same('first', first, '#main'), ...same('shown', shows, true), ...same(`next, ${next}, in the text`, inside, true)]
})

await test('the menu is walked in its order, and followed', async () => {
  await tab.goto(server.origin + base)
  const order = await tab.$$eval('.top nav a', (links) => links.map((link) => link.getAttribute('href')))
  await press('Tab', 'Tab')
  const walked = []
  const rings = []
  for (let i = 0; i < order.length; i++) {
    walked.push(await press('Tab'))
    rings.push(await ring())
  }
  await press('Shift+Tab')
  for (let i = walked.indexOf(`${base}charts/`); i < order.length - 2; i++) await press('Shift+Tab')
  await Promise.all([tab.waitForURL('**/charts/'), tab.keyboard.press('Enter')])
  return [...same('order', walked.join(), order.join()), ...same('rings', rings.every(Boolean), true)]
})

await test('what is folded opens with Enter, and closes', async () => {
  const folded = pages.find(({name}) => name === 'charts')
  await tab.goto(server.origin + base + folded.path)
  await tab.focus('summary')
  const rung = await ring()
  await press('Enter')
  const open = await tab.isVisible('details table')
  await press('Enter')
  return [...same('ring', rung, true), ...same('open', open, true), ...same('closed', await tab.isVisible('details table'), false)]
})

await test('a spoiler is folded until it is asked for, by keyboard too', async () => {
  await tab.goto(server.origin + base + 'reviews/hotel-del-luna/')
  const hidden = await tab.locator('.text .spoiler, .text details').first()
  if (!(await hidden.count())) return ['there is none']
  const target = tab.locator('.text .spoiler input, .text .spoiler summary, .text details summary').first()
  await target.focus()
  const before = await hidden.screenshot()
  await press(await target.evaluate((one) => one.tagName === 'SUMMARY') ? 'Enter' : 'Space')
  return before.equals(await hidden.screenshot()) ? ['nothing opened'] : []
})

await browser.close()
server.close()
