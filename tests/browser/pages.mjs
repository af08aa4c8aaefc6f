// Which pages of a site to look at: one of each sort, and of each sort the one with most in it.
//
//   choosePages('out/site', reviews)  ->  [{name: 'home', path: ''}, {name: 'review', path: 'reviews/x/'}, ...]
//
// `reviews` is what `liner list reviews --format json` says: it knows which writing is an essay.

import {readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'

const size = (site, path) => statSync(join(site, path, 'index.html'), {throwIfNoEntry: false})?.size ?? 0

function largest(site, paths) {
  return paths.filter((path) => size(site, path) > 0).sort((a, b) => size(site, b) - size(site, a))[0]
}

function within(site, folder) {
  const entries = readdirSync(join(site, folder), {withFileTypes: true})
  return largest(site, entries.filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}/`))
}

export function choosePages(site, reviews) {
  const path = (url) => decodeURIComponent(new URL(url, 'http://localhost').pathname).slice(1)
  const writing = (kind) => largest(site, reviews.filter((r) => r.kind === kind).map((r) => path(r.url)))
  const pages = [
    {name: 'home', path: ''},
    {name: 'review', path: writing('review')},
    {name: 'recap', path: writing('recap')},
    {name: 'essay', path: writing('essay')},
    {name: 'guide', path: writing('guide')},
    {name: 'drama', path: within(site, 'dramas')},
    {name: 'artist', path: within(site, 'artists')},
    {name: 'track', path: within(site, 'tracks')},
    {name: 'tag', path: within(site, 'tags')},
    {name: 'instrument', path: within(site, 'instruments')},
    {name: 'archive', path: 'reviews/'},
    {name: 'dramas', path: 'dramas/'},
    {name: 'artists', path: 'artists/'},
    {name: 'tracks', path: 'tracks/'},
    {name: 'charts', path: 'charts/'},
    {name: 'year', path: within(site, 'years')},
    {name: 'tags', path: 'tags/'},
    {name: 'moods', path: 'moods/'},
    {name: 'search', path: 'search/'},
    {name: 'missing', path: 'no/such/page/', status: 404},
  ]
  if (size(site, 'about') > 0) pages.push({name: 'about', path: 'about/'})
  return pages
}
