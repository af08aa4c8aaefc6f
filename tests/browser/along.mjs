// Listening along, in Chromium: the tracks of a list one after the other, as their players say that they have ended.
//
//   node along.mjs SITE BASE_PATH PAGE
//
// The players are ours: what is asked of YouTube, SoundCloud and Spotify is answered here by a page that says what
// theirs say. Speaks TAP.

import {axe, launch, noteErrors} from './browser.mjs'
import {serve} from './server.mjs'

const [site, base, page] = process.argv.slice(2)
const server = await serve(site, base)
const browser = await launch()

// A player that notes what it is told, and says what the test wants it to say to the page around it.
const player = `<!doctype html><title>player</title><script>
  window.heard = []
  window.say = (words, to = '*') => parent.postMessage(typeof words === 'string' ? words : JSON.stringify(words), to)
  addEventListener('message', ({data, origin}) => heard.push([data, origin]))
  if (location.host.includes('soundcloud')) setTimeout(() => say({method: 'ready'}), 50)
</script>`

async function open(width = 1280) {
  const context = await browser.newContext({viewport: {width, height: 800}})
  const wrong = []
  await context.route((url) => url.origin !== server.origin, (route) =>
    route.fulfill({contentType: 'text/html', body: player}))
  const tab = await context.newPage()
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(`console: ${message.text()}`)
  })
  noteErrors(tab, wrong)
  await tab.goto(server.origin + base + page, {waitUntil: 'load'})
  return {context, tab, wrong}
}

function same(what, found, wanted) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  return a === b ? [] : [`${what}: ${a}`, `wanted: ${b}`]
}

async function test(name, run, width) {
  const state = await open(width)
  const wrong = await run(state.tab).catch((error) => [error.stack])
  wrong.push(...state.wrong)
  await state.context.close()
  console.log((wrong.length > 0 ? 'not ok - ' : 'ok - ') + name)
  for (const line of wrong) console.log('# ' + line.replaceAll('\n', '\n# '))
}

const bar = (tab) => tab.locator('.queue')
const along = (tab) => tab.getByRole('button', {name: 'Listen along'})
const next = (tab) => tab.getByRole('button', {name: 'Next', exact: true})
const previous = (tab) => tab.getByRole('button', {name: 'Previous', exact: true})
const playing = (tab) => tab.locator('iframe').evaluateAll((all) => all.map((frame) => frame.title))
const told = (tab) => tab.locator('.queue a').innerText()
const pressed = (tab) => along(tab).getAttribute('aria-pressed')

// The frame that plays, when it is there.
async function frame(tab) {
  const element = await tab.locator('iframe').elementHandle()
  const found = await element.contentFrame()
  await found.waitForFunction(() => window.say)
  return found
}
const say = async (tab, words) => (await frame(tab)).evaluate((words) => window.say(words), words)
const plays = (tab, title) => tab.locator(`iframe[title="${title}"]`).waitFor()

await test('a track ends and the next begins, to the last', async (tab) => {
  await along(tab).click()
  const first = [await playing(tab), await told(tab), await pressed(tab)]
  await say(tab, {event: 'infoDelivery', info: {currentTime: 3, playerState: 1}})
  await say(tab, {event: 'infoDelivery', info: {playerState: 0}})
  await plays(tab, 'The Road (SoundCloud)')
  await (await frame(tab)).waitForFunction(() => window.heard.length > 0)
  const subscribed = await (await frame(tab)).evaluate(() => window.heard)
  await say(tab, {method: 'finish'})
  await plays(tab, 'Barred (YouTube)')
  await say(tab, {event: 'onError', info: 150}) // its owner lets it play nowhere else
  await plays(tab, 'Reminiscence (Spotify)')
  const last = await told(tab)
  await next(tab).click()
  return [...same('first', first, [['Overture (YouTube)'], 'Overture', 'true']),
    ...same('subscribed', subscribed, [['{"method":"addEventListener","value":"finish"}', server.origin]]),
    ...same('last', last, 'Reminiscence'), ...same('after', await playing(tab), []),
    ...same('pressed', await pressed(tab), 'false')]
})

await test('the player of YouTube is asked how it fares, until it answers', async (tab) => {
  await along(tab).click()
  const inside = await frame(tab)
  const url = new URL(inside.url())
  await inside.waitForFunction(() => window.heard.length > 1)
  const heard = await inside.evaluate(() => window.heard[0])
  await inside.evaluate(() => window.say({event: 'initialDelivery', info: {playerState: -1}}))
  await tab.waitForTimeout(200)
  const count = await inside.evaluate(() => window.heard.length)
  await tab.waitForTimeout(1200)
  return [...same('heard', heard, ['{"event":"listening"}', server.origin]),
    ...same('asked again', await inside.evaluate(() => window.heard.length), count),
    ...same('parameters', [url.searchParams.get('enablejsapi'), url.searchParams.get('origin')], ['1', server.origin])]
})

await test('what others say is not listened to', async (tab) => {
  await along(tab).click()
  await frame(tab)
  const ended = JSON.stringify({event: 'onStateChange', info: 0})
  await tab.evaluate((words) => window.postMessage(words, '*'), ended) // the page itself, not the player
  for (const words of ['', 'null', '{', '[0]', '"onError"', '{"info":{}}', '{"event":"onReady","info":null}']) await say(tab, words)
  await (await frame(tab)).evaluate(() => parent.postMessage({event: 'onError'}, '*'))
  await tab.waitForTimeout(200)
  return same('playing', await playing(tab), ['Overture (YouTube)'])
})

await test('next, previous and stop', async (tab) => {
  await along(tab).click()
  await next(tab).click()
  const second = await playing(tab)
  await previous(tab).click()
  const first = await playing(tab)
  await next(tab).click()
  await along(tab).click()
  return [...same('second', second, ['The Road (SoundCloud)']), ...same('first', first, ['Overture (YouTube)']),
    ...same('after', await playing(tab), []), ...same('pressed', await pressed(tab), 'false')]
})

await test('a track that is pressed meanwhile goes on from there', async (tab) => {
  await along(tab).click()
  await tab.getByRole('button', {name: 'Barred Play on YouTube'}).click()
  const there = [await playing(tab), await told(tab)]
  await say(tab, {event: 'onStateChange', info: 0})
  await plays(tab, 'Reminiscence (Spotify)')
  return same('there', there, [['Barred (YouTube)'], 'Barred'])
})

await test('alone a track plays as ever, and nothing follows it', async (tab) => {
  await tab.locator('.album').getByRole('button', {name: 'Overture Play on YouTube'}).click()
  const url = new URL((await frame(tab)).url())
  await say(tab, {event: 'onStateChange', info: 0})
  await tab.waitForTimeout(200)
  return [...same('playing', await playing(tab), ['Overture (YouTube)']),
    ...same('parameters', url.searchParams.has('enablejsapi'), false), ...same('pressed', await pressed(tab), 'false'),
    ...same('bar', await next(tab).isVisible(), false)]
})

await test('Escape ends it, and leads back to its button', async (tab) => {
  await along(tab).click()
  await next(tab).focus()
  await tab.keyboard.press('Escape')
  return [...same('playing', await playing(tab), []), ...same('pressed', await pressed(tab), 'false'),
    ...same('focus', await along(tab).evaluate((button) => button === document.activeElement), true)]
})

await test('the bar leads to what plays, and covers no more than a strip', async (tab) => {
  await along(tab).click()
  await tab.evaluate(() => scrollTo(0, 0))
  const box = await bar(tab).boundingBox()
  await bar(tab).getByRole('link').click()
  const shown = await tab.locator('iframe').evaluate((frame) => {
    const {top, bottom} = frame.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  return [...same('at the bottom', Math.round(box.y + box.height), 800), ...same('low', box.height < 120, true),
    ...same('shown', shown, true), ...same('sideways', wide, false)]
}, 360)

await test('axe finds nothing in the bar', async (tab) => {
  await along(tab).click()
  await tab.evaluate(axe)
  const found = await tab.evaluate(() => window.axe.run(document, {iframes: false, resultTypes: ['violations']}))
  return found.violations.map((v) => `axe ${v.id}: ${v.nodes[0].target.join(' ')}`)
})

await test('one track alone has no queue', async (tab) => {
  await tab.goto(server.origin + base + 'reviews/one/')
  return [...same('players', await tab.locator('.album a[data-player]').count(), 1),
    ...same('bar', await bar(tab).isVisible(), false)]
})

await browser.close()
server.close()
