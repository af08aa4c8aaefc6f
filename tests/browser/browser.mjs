// The browser that the tests look with: Chromium, which asks nobody but this machine.
//
//   const browser = await launch()      CHROMIUM names the program (default /usr/bin/chromium)
//   await tab.evaluate(axe)             then window.axe is there

import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {chromium} from 'playwright-core'

export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  })
}

// What a script of the page throws goes to `wrong`. That Chromium skips a transition between two pages, because the
// second was shown before the first was ready to fade, is its own affair, and it tells that as an error of the page.
export function noteErrors(tab, wrong) {
  tab.on('pageerror', (error) => {
    if (!String(error).includes('Transition was aborted because of invalid state')) {
      wrong.push(`script: ${error.stack || error}`)
    }
  })
}
