// What pages say of themselves in microformats 2, as microformats.org's own parser for Node reads it.
//
//   node microformats.mjs SITE HOME       speaks TAP; HOME is the address at which the site is built to stand
//
// Each piece is an h-entry, those with a rating an h-review too, with its own address, day and text; the home page is
// an h-feed of entries that lead to pieces.

import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {mf2} from 'microformats-parser'

const [site, home] = process.argv.slice(2)
const read = (path) => readFileSync(join(site, path, 'index.html'), 'utf8')
const plain = (html) => html.replace(/<[^>]*>/g, '').replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&')
const between = (html, from, to) => html.split(from)[1]?.split(to)[0]

function tell(name, wrong) {
  console.log(`${wrong.length > 0 ? 'not ok' : 'ok'} - ${name}`)
  for (const line of wrong) console.log(`# ${line}`)
}

function problemsOf(path) {
  const html = read(path)
  const found = mf2(html, {baseUrl: home + path})
  const entry = found.items.find((item) => item.type.includes('h-entry'))
  if (!entry) return ['no h-entry']
  const {name, url, published, author, content, rating, best, worst, category = [], item} = entry.properties
  const data = JSON.parse(between(html, '<script type="application/ld+json">', '</script>'))['@graph'][0]
  const wrong = []
  const same = (what, got, wanted) => String(got) === String(wanted) || wrong.push(`${what}: ${got}; wanted: ${wanted}`)
  same('name', name, data.headline)
  same('url', url, home + path)
  same('published', published, data.datePublished)
  same('author', author?.map((one) => one.properties?.name ?? one), data.author?.map((one) => one.name))
  if (content?.length !== 1 || !content[0].html || content[0].value.length < 40) wrong.push('no text')
  const tags = [...html.matchAll(/property="article:tag" content="([^"]*)"/g)].map((match) => plain(match[1]))
  same('tags', category, tags)
  same('an h-review', entry.type.includes('h-review'), rating !== undefined)
  if (data.reviewRating) {
    const {ratingValue, bestRating, worstRating} = data.reviewRating
    same('rating', [rating, best, worst].map(Number), [ratingValue, bestRating, worstRating])
    if (!item?.[0].properties.name?.[0]) wrong.push('reviews nothing')
  }
  return wrong
}

const pieces = readdirSync(join(site, 'reviews')).filter((slug) => existsSync(join(site, 'reviews', slug, 'index.html')))
let rated = 0
for (const slug of pieces) {
  const path = `reviews/${encodeURIComponent(slug)}/`
  rated += read(`reviews/${slug}`).includes('h-review')
  tell(`${path} is an entry`, problemsOf(path.replace(/%[^/]*/g, decodeURIComponent)))
}
tell('some are reviews', rated > 3 ? [] : [`${rated} of ${pieces.length}`])

const feed = mf2(read(''), {baseUrl: home}).items.find((item) => item.type.includes('h-feed'))
const entries = feed?.children ?? []
tell('the home page is a feed', [
  ...(feed?.properties.name?.[0] ? [] : ['without a name']), ...(entries.length > 5 ? [] : [`${entries.length} entries`]),
  ...entries.filter(({type, properties}) => !type.includes('h-entry') || !properties.name ||
    !properties.url[0].startsWith(`${home}reviews/`)).map((entry) => JSON.stringify(entry))])
