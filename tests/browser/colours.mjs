// Light or dark by the system and by choice, in Chromium.
//
//   node colours.mjs SITE BASE_PATH PAGE OTHER_PAGE       speaks TAP

import {launch, noteErrors} from './browser.mjs'
import {serve} from './server.mjs'

const [site, base, page, other] = process.argv.slice(2)
const server = await serve(site, base)
const browser = await launch()

const same = (what, found, wanted) => {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  return a === b ? [] : [`${what}: ${a}`, `wanted: ${b}`]
}

async function test(name, options, run) {
  const context = await browser.newContext(options)
  const tab = await context.newPage()
  const noted = []
  noteErrors(tab, noted)
  const go = (path) => tab.goto(server.origin + base + path, {waitUntil: 'load'})
  await go(page)
  const wrong = await run(tab, go).catch((error) => [error.stack])
  wrong.push(...noted)
  await context.close()
  console.log((wrong.length > 0 ? 'not ok - ' : 'ok - ') + name)
  for (const line of wrong) console.log('# ' + line.replaceAll('\n', '\n# '))
}

// What is seen: the paper, an accent, the bar of the browser, and what fields and scrollbars are drawn for.
const seen = (tab) => tab.evaluate(() => {
  const style = getComputedStyle(document.documentElement)
  const bar = [...document.querySelectorAll('meta[name=theme-color]')].find((meta) => matchMedia(meta.media).matches)
  return [style.backgroundColor, style.getPropertyValue('--accent').trim(), bar?.content, style.colorScheme]
})
const choose = (tab, choice) => tab.getByLabel('Colours').selectOption(choice)

let light, dark
await test('the system says which', {colorScheme: 'dark'}, async (tab) => {
  dark = (await seen(tab)).slice(0, 3)
  await tab.emulateMedia({colorScheme: 'light'})
  light = (await seen(tab)).slice(0, 3)
  return [...light.flatMap((value, i) => value === dark[i] || !value ? [`both are ${value}`] : []),
    ...same('chosen', await tab.getByLabel('Colours').inputValue(), '')]
})

for (const [system, choice] of [['light', 'dark'], ['dark', 'light']]) {
  await test(`${choice} by choice, where the system is ${system}`, {colorScheme: system}, async (tab, go) => {
    const [chosen, given] = choice === 'dark' ? [dark, light] : [light, dark]
    await choose(tab, choice)
    const now = await seen(tab)
    await go(other) // kept, also on another page and after it was loaded again
    const later = await seen(tab)
    const field = await tab.getByLabel('Colours').inputValue()
    await choose(tab, '')
    const back = await seen(tab)
    await go(page)
    return [...same('now', now, [...chosen, choice]), ...same('later', later.slice(2), [chosen[2], choice]),
      ...same('field', field, choice), ...same('back', back.slice(2), [given[2], 'light dark']),
      ...same('reloaded', (await seen(tab)).slice(0, 3), given)]
  })
}

await test('what is chosen is there before anything is painted', {colorScheme: 'light'}, async (tab, go) => {
  await choose(tab, 'dark')
  await tab.addInitScript(() => {
    new MutationObserver(() => {
      if (document.body && !window.first) window.first = getComputedStyle(document.documentElement).backgroundColor
    }).observe(document, {childList: true, subtree: true})
  })
  await go(other)
  return same('when the body begins', await tab.evaluate(() => window.first), dark[0])
})

await test('paper stays light', {colorScheme: 'light'}, async (tab) => {
  await choose(tab, 'dark')
  await tab.emulateMedia({media: 'print'})
  return same('paper', (await seen(tab))[0], light[0])
})

await test('a browser that keeps nothing can choose for a page', {colorScheme: 'light'}, async (tab, go) => {
  await tab.addInitScript(() => Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('no', 'SecurityError') },
  }))
  await go(page)
  await choose(tab, 'dark')
  return same('paper', (await seen(tab)).slice(0, 3), dark)
})

await test('without scripts there is no choice to make', {javaScriptEnabled: false}, async (tab) =>
  same('shown', await tab.locator('.colours').isVisible(), false))

await browser.close()
server.close()
