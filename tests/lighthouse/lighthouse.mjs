// Lighthouse over pages of a built site, served on this machine: each page's four scores, and what costs points.
//
//   node lighthouse.mjs SITE BASE_PATH PAGE...       speaks TAP; RUNS=5 looks five times
//
// What a machine that is busy can't change has to be 100: accessibility, best practices, SEO. How fast a page is there
// is printed, the median of the runs: tests/bench/README.md has the figures.

import {launch as launchChrome} from 'chrome-launcher'
import lighthouse from 'lighthouse'
import {serve} from '../browser/server.mjs'

const [site, base, ...pages] = process.argv.slice(2)
const runs = Number(process.env.RUNS ?? 1)
const server = await serve(site, base)
const chrome = await launchChrome({
  chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
})

const categories = ['performance', 'accessibility', 'best-practices', 'seo']
// The address of the pages is not that of the machine they are looked at on.
const settings = {onlyCategories: categories, skipAudits: ['canonical']}

async function look(page) {
  const {lhr} = await lighthouse(server.origin + base + page, {port: chrome.port, output: 'json', logLevel: 'silent'},
    {extends: 'lighthouse:default', settings})
  return lhr
}

function losses(lhr, category) {
  return lhr.categories[category].auditRefs
    .filter(({id, weight}) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({id}) => `${category}: ${id}: ${lhr.audits[id].title} ${JSON.stringify(lhr.audits[id].details?.items?.slice(0, 3) ?? '').slice(0, 600)}`)
}

for (const page of pages) {
  const all = []
  for (let run = 0; run < runs; run++) all.push(await look(page))
  const score = (category) => all.map((lhr) => Math.round(lhr.categories[category].score * 100)).sort((a, b) => a - b)
  const wrong = categories.slice(1).flatMap((category) => losses(all[0], category))
  const full = categories.slice(1).every((category) => score(category)[0] === 100)
  const fast = score('performance')
  console.log(`${full ? 'ok' : 'not ok'} - ${page || 'home'}: ${categories.slice(1).map((c) => `${c} ${score(c)[0]}`).join(', ')}`)
  if (!full) for (const line of wrong) console.log('# ' + line)
  console.log(`# ${page || 'home'}: performance ${fast[fast.length >> 1]} (${fast.join(' ')})`)
  if (fast[fast.length >> 1] < 95) for (const line of losses(all[0], 'performance')) console.log('# ' + line.slice(0, 200))
}
await chrome.kill()
server.close()
