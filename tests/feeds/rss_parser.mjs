// What npm's rss-parser makes of Atom feeds: the files' names on stdin, a line of JSON for each on stdout.

import {readFileSync} from 'node:fs'
import Parser from 'rss-parser'

const parser = new Parser({customFields: {item: ['updated']}})
for (const file of readFileSync(0, 'utf8').trim().split('\n')) {
  const feed = await parser.parseString(readFileSync(file, 'utf8'))
  const entries = feed.items.map((item) => [item.id, item.title, item.link, item.isoDate, item.content])
  console.log(JSON.stringify({title: feed.title, link: feed.link, entries}))
}
