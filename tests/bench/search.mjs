// What a first search fetches from a large built site, and how long the next one takes: see tests/bench/search.
//
//   node search.mjs SITE

import {launch} from '../browser/browser.mjs'
import {serve} from '../browser/server.mjs'

const most = 150 * 1024
const queries = ['park', 'Park Bo-ram', '박보람', 'ㅂㅂ', 'until heart', 'ocean', 'ocean river', '구름', '구름 기억', '구르', 'broken train',
  'brokn train', 'kyuhyn', 'girl group', 'signal lighthouse', 'dkssud', '안녕의', 'the', 'love', 'v']
const server = await serve(process.argv[2], '/')
const browser = await launch()

async function type(tab, text) {
  await tab.evaluate((typed) => {
    const field = document.querySelector('input[type=search]')
    const form = document.querySelector('form[role=search]')
    window.took = new Promise((done) => {
      const start = performance.now()
      new MutationObserver(() => form.dataset.shown === typed && done(performance.now() - start)).observe(form, {attributes: true})
    })
    field.value = typed
    field.dispatchEvent(new InputEvent('input', {bubbles: true}))
  }, text)
  return tab.evaluate(() => window.took)
}

// As many bytes as bodies have: this server packs nothing, which most hosts do.
async function first(text) {
  const context = await browser.newContext()
  const tab = await context.newPage()
  await tab.goto(server.origin + '/search/', {waitUntil: 'networkidle'})
  const bodies = []
  const note = (response) => bodies.push(response.body())
  tab.on('response', note)
  const cold = await type(tab, text)
  await tab.waitForLoadState('networkidle')
  tab.off('response', note)
  const sizes = (await Promise.all(bodies)).map((body) => body.length)
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  const found = await tab.textContent('.finds [role=status]')
  await type(tab, text.slice(0, -1))
  const warm = await type(tab, text)
  await context.close()
  console.log(`${bytes <= most ? 'ok' : 'not ok'} - '${text}' fetches ${(bytes / 1024).toFixed(0)} KB in ${sizes.length} files`)
  console.log(`# ${found} in ${cold.toFixed(0)} ms, once loaded in ${warm.toFixed(0)} ms`)
}

for (const text of queries) await first(text)
await browser.close()
server.close()
