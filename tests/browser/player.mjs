// The players of a built site, in Chromium: nothing is loaded from elsewhere before a reader asks for it.
//
//   node player.mjs SITE BASE_PATH PAGE
//
// Every request to another host is noted and answered here, so nothing leaves this machine. Speaks TAP.

import {axe, launch, noteErrors} from './browser.mjs'
import {serve} from './server.mjs'

const [site, base, page] = process.argv.slice(2)
const server = await serve(site, base)
const browser = await launch()

// A tab with the page in it, what it asked of other hosts, and what went wrong in it.
async function open(options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options})
  const asked = []
  const wrong = []
  await context.route((url) => url.origin !== server.origin, (route) => {
    asked.push({url: route.request().url(), referer: route.request().headers().referer})
    return route.fulfill({contentType: 'text/html', body: '<!doctype html><title>elsewhere</title>'})
  })
  const tab = await context.newPage()
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(`console: ${message.text()}`)
  })
  noteErrors(tab, wrong)
  await tab.goto(server.origin + base + page, {waitUntil: 'load'})
  return {context, tab, asked, wrong}
}

function same(what, found, wanted) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  return a === b ? [] : [`${what}: ${a}`, `wanted: ${b}`]
}

async function test(name, run, options) {
  const state = await open(options)
  const wrong = await run(state).catch((error) => [error.stack])
  wrong.push(...state.wrong)
  await state.context.close()
  console.log((wrong.length > 0 ? 'not ok - ' : 'ok - ') + name)
  for (const line of wrong) console.log('# ' + line.replaceAll('\n', '\n# '))
}

const frames = (tab) => tab.locator('iframe').evaluateAll((all) => all.map((frame) => frame.src))
const players = (tab) => tab.locator('a[data-player]')
const pressed = (tab) => tab.locator('[aria-pressed="true"]').count()
const started = (tab) => players(tab).first().getAttribute('data-player')

await test('nothing is asked of another host before a click', async ({tab, asked}) => {
  const count = await players(tab).count()
  for (let i = 0; i < count; i++) {
    await players(tab).nth(i).scrollIntoViewIfNeeded()
    await players(tab).nth(i).hover()
    await players(tab).nth(i).focus()
  }
  await tab.waitForTimeout(300)
  return [...(count < 4 ? [`only ${count} players`] : []), ...same('asked', asked, []),
    ...same('frames', await frames(tab), [])]
})

await test('a click puts the frame of the service there', async ({tab, asked}) => {
  const wanted = await started(tab)
  await players(tab).first().click()
  await tab.frameLocator('iframe').locator('html').waitFor({state: 'attached'})
  const frame = tab.locator('iframe')
  return [...same('asked', asked, [{url: wanted, referer: server.origin + '/'}]),
    ...same('frames', await frames(tab), [wanted]),
    ...same('title', await frame.getAttribute('title'), 'YouTube'),
    ...same('policy', await frame.getAttribute('referrerpolicy'), 'strict-origin-when-cross-origin'),
    ...same('allow', /autoplay/.test(await frame.getAttribute('allow')), true),
    ...same('page', tab.url(), server.origin + base + page)]
})

await test('the frame bears the name of what it plays', async ({tab}) => {
  await tab.getByRole('button', {name: '회상 (Reminiscence) Play on Spotify'}).click()
  return same('title', await tab.locator('iframe').getAttribute('title'), '회상 (Reminiscence) (Spotify)')
})

await test('one plays at a time, and the same again stops', async ({tab}) => {
  await players(tab).first().click()
  await players(tab).nth(1).click()
  const second = await frames(tab)
  const wanted = await players(tab).nth(1).getAttribute('data-player')
  const pressedThen = await pressed(tab)
  await players(tab).nth(1).click()
  return [...same('frames', second, [wanted]), ...same('pressed', pressedThen, 1),
    ...same('frames after', await frames(tab), []), ...same('pressed after', await pressed(tab), 0)]
})

await test('every service may show its frame', async ({tab, asked}) => {
  const count = await players(tab).count()
  const bounds = {}
  for (let i = 0; i < count; i++) {
    await players(tab).nth(i).click()
    await tab.frameLocator('iframe').locator('html').waitFor({state: 'attached'})
    const sandbox = await tab.locator('iframe').getAttribute('sandbox')
    bounds[await players(tab).nth(i).getAttribute('data-service')] = sandbox?.split(' ').length
  }
  return [...same('asked', asked.length, count), ...same('bounds of Apple', bounds['Apple Music'], 6),
    ...same('others with bounds', Object.values(bounds).filter(Boolean).length, 1)]
})

await test('the keyboard reaches, starts and stops it', async ({tab}) => {
  const first = await started(tab)
  let steps = 0
  while (steps++ < 60 && (await tab.evaluate(() => document.activeElement.dataset?.player)) !== first) {
    await tab.keyboard.press('Tab')
  }
  await tab.keyboard.press('Enter')
  const entered = await frames(tab)
  const scrolled = await tab.evaluate(() => scrollY)
  await tab.keyboard.press('Space')
  const spaced = await frames(tab)
  await tab.keyboard.press('Space')
  return [...same('by Enter', entered, [first]), ...same('by Space', spaced, []),
    ...same('by Space again', await frames(tab), [first]),
    ...same('scrolled', await tab.evaluate(() => scrollY), scrolled)]
})

await test('Escape puts back what was there, and leads back to it', async ({tab}) => {
  const first = await started(tab)
  await tab.keyboard.press('Escape')
  await players(tab).first().click()
  await tab.locator('h1').click()
  await tab.evaluate(() => document.activeElement.blur())
  const playing = await frames(tab)
  await tab.keyboard.press('Escape')
  return [...same('playing', playing, [first]), ...same('frames', await frames(tab), []),
    ...same('pressed', await pressed(tab), 0),
    ...same('focus', await tab.evaluate(() => document.activeElement.dataset.player), first)]
})

await test('a screen reader is told of buttons, named after track and service', async ({tab}) => {
  const names = await tab.locator('.player').getByRole('button').evaluateAll((all) => all.map((e) => e.textContent.trim()))
  const wanted = await players(tab).evaluateAll((all) => all.map((e) => e.textContent.trim()))
  const states = await players(tab).evaluateAll((all) => all.map((e) => e.getAttribute('aria-pressed')))
  return [...same('buttons', names, wanted), ...same('states', [...new Set(states)], ['false']),
    ...same('a track of the list', names.includes('Overture Play on Spotify'), true)]
})

await test('axe finds nothing while one plays', async ({tab}) => {
  await players(tab).first().click()
  // axe has to stand in the page, which its policy forbids to all but the debugger
  await tab.evaluate(axe)
  const found = await tab.evaluate(() => window.axe.run(document, {iframes: false, resultTypes: ['violations']}))
  return found.violations.map((v) => `axe ${v.id}: ${v.nodes[0].target.join(' ')}`)
})

await test('a click that wants a tab of its own is left alone', async ({tab}) => {
  // what the page leaves to the browser is seen, and stopped, behind it
  await tab.evaluate(() => window.addEventListener('click', (event) => {
    window.left = !event.defaultPrevented
    event.preventDefault()
  }))
  const wrong = []
  for (const modifier of ['Control', 'Shift', 'Meta', 'Alt']) {
    await players(tab).first().click({modifiers: [modifier]})
    wrong.push(...same(modifier, [await tab.evaluate(() => window.left), ...(await frames(tab))], [true]))
  }
  return wrong
})

await test('without scripts it is a link to the service', async ({tab, asked}) => {
  const href = await players(tab).first().getAttribute('href')
  const before = same('asked', asked, [])
  const links = await tab.getByRole('link', {name: 'Play on YouTube'}).count()
  await players(tab).first().click()
  await tab.waitForURL(href)
  return [...before, ...same('links', links > 0, true), ...same('asked', asked[0]?.url, href)]
}, {javaScriptEnabled: false})

await browser.close()
server.close()
