// The search of a built site (tests/sites/search), in Chromium: what a reader types, and what is found first.
//
//   node search.mjs SITE BASE_PATH SCREENSHOTS
//
// Speaks TAP.

import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {axe, launch, noteErrors} from './browser.mjs'
import {serve} from './server.mjs'

const [site, base, screenshots] = process.argv.slice(2)
const server = await serve(site, base)
const browser = await launch()
const page = base + 'search/'

// A tab, what it fetched of the index, and what went wrong in it.
async function open(path, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options})
  const tab = await context.newPage()
  const fetched = []
  const wrong = []
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(`console: ${message.text()}`)
  })
  noteErrors(tab, wrong)
  tab.on('response', (response) => {
    const {pathname} = new URL(response.url())
    if (response.status() >= 400) wrong.push(`${response.status()}: ${pathname}`)
    if (/\/search\/.+\.json$/.test(pathname)) fetched.push(pathname)
  })
  await tab.goto(server.origin + path, {waitUntil: 'networkidle'})
  return {context, tab, fetched, wrong}
}

async function type(tab, text) {
  await tab.fill('input[type=search]', text)
  await tab.waitForFunction((typed) => document.querySelector('form[role=search]').dataset.shown === typed, text)
}

// The groups as they are shown: [heading, first name, ...]
const shown = (tab) => tab.evaluate(() =>
  [...document.querySelectorAll('.finds section')].filter((group) => group.checkVisibility?.() ?? !group.hidden).map((group) =>
    [group.querySelector('h2').textContent, ...[...group.querySelectorAll('a')].map((link) => link.textContent)]))

function same(what, found, wanted) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  return a === b ? [] : [`${what}: ${a}`, `wanted: ${b}`]
}

function tell(name, wrong) {
  console.log((wrong.length > 0 ? 'not ok - ' : 'ok - ') + name)
  for (const line of wrong) console.log('# ' + line.replaceAll('\n', '\n# '))
}

async function test(name, path, run, options) {
  const state = await open(path, options)
  const wrong = await run(state).catch((error) => [error.stack])
  wrong.push(...state.wrong)
  await state.context.close()
  tell(name, wrong)
}

// What is typed, in which group the first result stands, and what it is.
const finds = [
  ['박보람', 'Artists', 'Park Boram'],
  ['박보람의', 'Artists', 'Park Boram'],
  ['박 보람', 'Artists', 'Park Boram'],
  ['보람', 'Artists', 'Park Boram'],
  ['박보ㄹ', 'Artists', 'Park Boram'],
  ['박볼', 'Artists', 'Park Boram'],
  ['ㅂㅂㄹ', 'Artists', 'Park Boram'],
  ['bakboram', 'Artists', 'Park Boram'],
  ['park bo ram', 'Artists', 'Park Boram'],
  ['Park Bo-ram', 'Artists', 'Park Boram'],
  ['PARKBORAM', 'Artists', 'Park Boram'],
  ['boram park', 'Artists', 'Park Boram'],
  ['boram', 'Artists', 'Park Boram'],
  ['qkrqhfka', 'Artists', 'Park Boram'],
  ['kyuhyun', 'Artists', 'Kyuhyun'],
  ['Kyuhyn', 'Artists', 'Kyuhyun'],
  ['kyuhun', 'Artists', 'Kyuhyun'],
  ['gyuhyeon', 'Artists', 'Kyuhyun'],
  ['규현', 'Artists', 'Kyuhyun'],
  ['\u1100\u1172\u1112\u1167\u11ab', 'Artists', 'Kyuhyun'],
  ['ㄱㅎ', 'Artists', 'Kyuhyun'],
  ['도영', 'Artists', 'Doyoung'],
  ['ehdud', 'Artists', 'Doyoung'],
  ['doyeong', 'Artists', 'Doyoung'],
  ['거미', 'Artists', 'Gummy'],
  ['V', 'Artists', 'V'],
  ['학교', 'Tracks', 'Conclusive Evidence'],
  ['경찰학교', 'Tracks', 'Conclusive Evidence'],
  ['conclusive', 'Tracks', 'Conclusive Evidence'],
  ['evidence', 'Tracks', 'Conclusive Evidence'],
  ['사랑은 말로', 'Tracks', 'Love beyond words'],
  ['sarangeun mallo', 'Tracks', 'Love beyond words'],
  ['kyuhyun love', 'Tracks', 'Love beyond words'],
  ['chrismas', 'Tracks', 'Christmas Tree'],
  ['시그널', 'Dramas', 'Signal'],
  ['signal 2016', 'Dramas', 'Signal'],
  ['reply', 'Dramas', 'Reply 1988'],
  ['응답', 'Dramas', 'Reply 1988'],
  ['October', 'Reviews', 'Letters in October'],
  ['elan', 'Tags', 'Élan vital'],
  ['strings', 'Tags', 'strings'],
  ['lighthouse', 'Reviews', 'The radio that hums'],
  ['violas', 'Reviews', 'The radio that hums'],
  ['강물', 'Reviews', 'The radio that hums'],
  ['서울', 'Reviews', 'The radio that hums'],
  ['masters chords', 'Reviews', 'The radio that hums'],
  ['signal lighthouse', 'Reviews', 'The radio that hums'],
  ['about', 'Pages', 'About this shelf'],
]
const nothing = ['banana', 'zzzz', 'guitar', 'xylophone', '1999', 'qwerty', 'asdf', 'park jisung', 'signal zebra', 'lovely horse', 'kk', '부산',
  '박지성', '뷁', 'ㅎㅎㅎ', 'ㄱㄴㄷ', '학원', '태연', '!!!', '   ',
  // what spoilers hide
  'lieutenant', 'vanishes', 'walkie', 'changeling', 'submarine']

const one = await open(page) // for all of them: what was typed before must not show
for (const [typed, group, name] of finds) {
  await type(one.tab, typed)
  const [first] = await shown(one.tab)
  tell(`'${typed}' finds ${name} first`, same('first', first?.slice(0, 2), [group, name]))
}
for (const typed of nothing) {
  await type(one.tab, typed)
  const said = await one.tab.textContent('.finds [role=status]')
  tell(`'${typed}' finds nothing`,
    [...same('found', await shown(one.tab), []), ...same('said', said, typed.trim() ? 'Nothing found.' : '')])
}
tell('and nothing went wrong while it was looked for', one.wrong)
await one.context.close()

await test('nothing is fetched before something is typed', page, async ({tab, fetched}) => {
  const before = fetched.length
  await type(tab, '도영')
  const other = await open(base)
  const atHome = other.fetched.length
  await other.context.close()
  return [...same('before, and on the home page', [before, atHome], [0, 0]),
    ...(fetched.length > 0 ? [] : ['nothing was fetched at all'])]
})

await test('results stand in groups, the best first, with what tells them apart', page, async ({tab}) => {
  await type(tab, '박보람')
  const groups = await shown(tab)
  const said = await tab.textContent('.finds [role=status]')
  const item = await tab.evaluate(() => document.querySelector('.finds section:not([hidden]) li').innerHTML)
  return [...same('groups', groups, [['Artists', 'Park Boram'], ['Reviews', 'The radio that hums']]),
    ...same('said', said, '2 results'),
    ...same('item', item, `<a href="${base}artists/park-boram/">Park Boram</a> <i lang="ko">박보람</i>`)]
})

await test('a result leads to its page', page, async ({tab}) => {
  await type(tab, 'ㅂㅂㄹ')
  await tab.press('input[type=search]', 'Enter')
  await tab.waitForURL('**/artists/park-boram/')
  return same('title', await tab.textContent('h1'), 'Park Boram')
})

await test('arrow keys go through the results, Escape back to the field', page, async ({tab}) => {
  await type(tab, '박보람')
  const at = () => tab.evaluate(() => document.activeElement.textContent || document.activeElement.name)
  const seen = [await at()]
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Escape']) {
    await tab.keyboard.press(key)
    seen.push(await at())
  }
  return same('focus', seen, ['q', 'Park Boram', 'The radio that hums', 'The radio that hums', 'Park Boram', 'q'])
})

await test('the key "/" leads to the search page, and there to the field', base, async ({tab}) => {
  await tab.keyboard.press('/')
  await tab.waitForURL('**/search/')
  await tab.waitForSelector('input[type=search]:focus')
  await tab.evaluate(() => document.querySelector('.ways a').focus())
  await tab.keyboard.press('/')
  await tab.keyboard.type('a/b')
  return same('typed', await tab.inputValue('input[type=search]'), 'a/b')
})

await test('the address keeps what was typed', page, async ({tab}) => {
  await type(tab, '규현')
  const {search} = new URL(tab.url())
  const other = await open(page + search)
  await other.tab.waitForSelector('.finds a')
  const found = await shown(other.tab)
  await other.context.close()
  return same('found', [search, found[0]], ['?q=' + encodeURIComponent('규현'), ['Artists', 'Kyuhyun']])
})

await test('what is typed is never markup', page + '?q=' + encodeURIComponent('<img src=x onerror=alert(1)>'), async ({tab}) => {
  await type(tab, '"><b>박보람</b><script>alert(1)</script>')
  await type(tab, '<img src=x onerror=alert(1)>')
  return same('elements', await tab.evaluate(() => document.querySelectorAll('.finds img, .finds b, .finds script').length), 0)
})

await test('what is typed while an older answer is under way counts', page, async ({tab}) => {
  await tab.route('**/names/*.json', async (route) => {
    await new Promise((ready) => setTimeout(ready, 300))
    await route.continue()
  })
  await tab.fill('input[type=search]', '규현')
  await type(tab, '도영')
  await tab.waitForTimeout(500)
  return same('found', (await shown(tab))[0], ['Artists', 'Doyoung'])
})

await test('where the index can\'t be reached, that is said', page, async (state) => {
  await state.tab.route('**/names/*.json', (route) => route.fulfill({status: 200, body: 'x'}))
  await state.tab.fill('input[type=search]', '도영')
  await state.tab.waitForFunction(() => document.querySelector('.finds [role=status]').textContent)
  const broken = await state.tab.textContent('.finds [role=status]')
  await state.tab.unroute('**/names/*.json')
  await type(state.tab, '규현')
  return [...same('said', broken, "The search can't be reached just now."),
    ...same('later', (await shown(state.tab))[0], ['Artists', 'Kyuhyun'])]
})

await test('without scripts the page says so, and offers the lists', page, async ({tab}) => {
  const said = await tab.textContent('noscript')
  const links = await tab.evaluate(() => [...document.querySelectorAll('.ways a')].map((link) => link.textContent))
  const form = await tab.isVisible('form')
  return [...(said.includes("doesn't run") ? [] : [said]),
    ...same('links', links, ['Reviews', 'Dramas', 'Artists', 'Tracks', 'Tags']), ...same('form', form, false)]
}, {javaScriptEnabled: false})

mkdirSync(screenshots, {recursive: true})
for (const width of [360, 1280]) {
  for (const colorScheme of ['light', 'dark']) {
    const options = {colorScheme, reducedMotion: 'reduce', viewport: {width, height: width < 600 ? 740 : 900}}
    await test(`results are readable at ${width} pixels, ${colorScheme}`, page, async ({tab}) => {
      await type(tab, '박보람')
      await tab.screenshot({path: join(screenshots, `search-${width}-${colorScheme}.png`), fullPage: true})
      await tab.evaluate(axe)
      const found = await tab.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}))
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      return [...found.violations.flatMap((v) => v.nodes.map((node) => `axe ${v.id}: ${node.target.join(' ')}`)), ...same('sideways', wide, 0)]
    }, options)
  }
}

await browser.close()
server.close()
