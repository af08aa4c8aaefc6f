// What two judges from npm say of the structured data of pages: the files' names on stdin, a line for each error on
// stdout. Adobe's knows the rules for search results (what it holds against the vocabulary would need the network),
// structured-data-testing-tool those that Google had some years ago.

import {readFileSync} from 'node:fs'
import Validator from '@adobe/structured-data-validator'
import extractor from '@marbec/web-auto-extractor'
import tool from 'structured-data-testing-tool'
import presets from 'structured-data-testing-tool/presets.js'

const Extractor = extractor.default ?? extractor
const validator = new Validator()
let judged = 0

// The second reads no @graph: its nodes one by one.
function apart(html) {
  return html.replace(/(<script type="application\/ld\+json">)([^]*?)<\/script>/g, (_, tag, text) => {
    const {'@context': context, '@graph': nodes} = JSON.parse(text)
    return nodes.map((node) => `${tag}${JSON.stringify({'@context': context, ...node})}</script>`).join('')
  })
}

// It is older than Google's rule of today, by which an article may be without a picture.
const isOfToday = ({test}) => test !== 'BlogPosting[0].image'

for (const file of readFileSync(0, 'utf8').trim().split('\n')) {
  const html = readFileSync(file, 'utf8')
  const found = new Extractor({addLocation: true, embedSource: ['rdfa', 'microdata']}).parse(html)
  for (const {severity, issueMessage, path} of await validator.validate(found)) {
    if (severity === 'ERROR') console.log(`${file}: ${issueMessage}: ${JSON.stringify(path)}`)
  }
  const told = await tool.structuredDataTest(apart(html), {presets: [presets.Google]}).catch((error) => error.res ?? error)
  if (!told.tests) console.log(`${file}: ${told.stack ?? told}`)
  for (const {test, error} of (told.failed ?? []).filter(isOfToday)) console.log(`${file}: ${test}: ${JSON.stringify(error)}`)
  if (!told.schemas?.length) console.log(`${file}: the second judge finds nothing`)
  judged += Object.values(found.jsonld ?? {}).flat().length
}
console.log(`judged ${judged}`)
