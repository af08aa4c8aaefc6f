// Look at a built site as its readers do: in Chromium, on a phone and on a desk, in light and in dark.
//
//   node check.mjs SITE BASE_PATH OUTPUTS.json SCREENSHOTS
//   node check.mjs SITE BASE_PATH NAME=PATH[,NAME=PATH...] SCREENSHOTS     these pages, and no other
//
// On every page: the console has no error and no warning, no script fails, no request fails or goes to another host,
// nothing scrolls sideways, and axe-core finds no violation. A picture of each goes into the folder SCREENSHOTS.
// Speaks TAP.

import {mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {axe, launch, noteErrors} from './browser.mjs'
import {choosePages} from './pages.mjs'
import {serve} from './server.mjs'

const [site, base, wanted, screenshots] = process.argv.slice(2)
const widths = [360, 1280]
const schemes = ['light', 'dark']

function tell(name, wrong) {
  console.log((wrong.length > 0 ? 'not ok - ' : 'ok - ') + name)
  for (const line of wrong) console.log('# ' + line.replaceAll('\n', '\n# '))
}

// What in the page is wider than its window: runs in the page.
function sideways() {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return []
  const wide = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > room + 0.5)
  const names = wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 100).replaceAll('\n', ' '))
  return [`scrolls sideways, ${document.documentElement.scrollWidth} in ${room} pixels`, ...names]
}

// Every rule of axe: runs in the page.
async function violations() {
  const found = await window.axe.run(document, {resultTypes: ['violations']})
  return found.violations.flatMap((v) =>
    v.nodes.slice(0, 5).map((node) => {
      const reason = [...node.any, ...node.all, ...node.none][0]?.message ?? v.help
      return `axe ${v.id}: ${reason}: ${node.target.join(' ')}`
    }))
}

async function look(browser, server, page, width, scheme) {
  const wrong = []
  const context = await browser.newContext({
    colorScheme: scheme, reducedMotion: 'reduce', viewport: {width, height: width < 600 ? 740 : 900},
  })
  const tab = await context.newPage()
  const address = server.origin + base + page.path
  const status = page.status ?? 200

  tab.on('console', (message) => {
    // the browser itself reports the 404 that was asked for
    const asked = status !== 200 && message.text().includes(`status of ${status}`)
    if (['error', 'warning'].includes(message.type()) && !asked) {
      wrong.push(`console: ${message.text()} (${message.location().url})`)
    }
  })
  noteErrors(tab, wrong)
  tab.on('request', (request) => {
    const {protocol, origin} = new URL(request.url())
    if (protocol !== 'data:' && origin !== server.origin) wrong.push(`asks another host: ${request.url()}`)
  })
  tab.on('requestfailed', (request) => wrong.push(`failed: ${request.url()}: ${request.failure()?.errorText}`))
  tab.on('response', (response) => {
    if (response.status() >= 400 && response.url() !== encodeURI(address)) {
      wrong.push(`${response.status()}: ${response.url()}`)
    }
  })

  const response = await tab.goto(address, {waitUntil: 'load'})
  if (response.status() !== status) wrong.push(`status ${response.status()} instead of ${status}`)
  await tab.screenshot({path: join(screenshots, `${page.name}-${width}-${scheme}.png`), fullPage: true})
  wrong.push(...(await tab.evaluate(sideways)))
  await tab.evaluate(axe)
  wrong.push(...(await tab.evaluate(violations)))
  await context.close()
  tell(`${page.name} at ${width} pixels, ${scheme} (/${page.path})`, wrong)
}

mkdirSync(screenshots, {recursive: true})
const named = wanted.split(',').map((pair) => pair.split('=')).map(([name, path]) => ({name, path}))
const pages = wanted.includes('=') ? named : choosePages(site, JSON.parse(readFileSync(wanted, 'utf8')))
const server = await serve(site, base)
const browser = await launch()
console.log(`# Chromium ${browser.version()}`)
const sorts = 15
if (!wanted.includes('=')) tell(`the site has ${pages.length} sorts of pages`, pages.length < sorts ? ['too few'] : [])
for (const page of pages) {
  for (const width of widths) for (const scheme of schemes) await look(browser, server, page, width, scheme)
}
await browser.close()
server.close()
