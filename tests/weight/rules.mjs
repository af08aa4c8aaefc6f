// Two stylesheets have the same rules, as Chromium reads them.
//
//   node rules.mjs LEFT.css RIGHT.css       speaks TAP

import {readFileSync} from 'node:fs'
import {launch} from '../browser/browser.mjs'

const browser = await launch()
const tab = await browser.newPage()

function rulesOf(file) {
  return tab.evaluate((css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    return [...sheet.cssRules].map((rule) => rule.cssText)
  }, readFileSync(file, 'utf8'))
}

// A custom property and what `@supports` asks for are told as they were written.
const plain = (rule) => rule.replace(/\s+/g, ' ').replace(/ ?([,{}/]) ?|(:) /g, '$1$2')

const [left, right] = await Promise.all(process.argv.slice(2, 4).map(rulesOf))
await browser.close()
const wrong = left.filter((rule, i) => plain(rule) !== plain(right[i] ?? ''))
const same = left.length > 100 && left.length === right.length && wrong.length === 0
console.log(`${same ? 'ok' : 'not ok'} - the stylesheet of the site has the ${left.length} rules of the theme's`)
if (!same) console.log(`# ${right.length} rules; ${wrong.length} differ; the first: ${wrong[0]}\n# ${right[left.indexOf(wrong[0])]}`.replaceAll("\n  ", " "))
