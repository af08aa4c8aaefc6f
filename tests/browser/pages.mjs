// Which pages of a site to look at: one of each sort that it has, and of each sort the one with most in it.
//
//   choosePages('out/site', outputs)  ->  [{name: 'home', path: ''}, {name: 'review', path: 'reviews/x/'}, ...]
//
// `outputs` is what `liner list outputs --format json` says. Pages of one template are of one sort, but for those of
// tags, moods and the like, which share theirs: there the folder tells.

import {statSync} from 'node:fs'
import {join} from 'node:path'

const sortOf = ({path, template}) => {
  const name = template.replace('.html', '')
  return /^terms?$/.test(name) ? path.split('/')[0] + (name === 'terms' ? '' : '-one') : name
}

export function choosePages(site, outputs) {
  const largest = new Map()
  for (const output of outputs.filter(({template}) => template && template !== 'missing.html')) {
    const {size} = statSync(join(site, output.path))
    const sort = sortOf(output)
    if (size > (largest.get(sort)?.size ?? 0)) largest.set(sort, {size, path: output.path.replace(/index\.html$/, '')})
  }
  const pages = [...largest].map(([name, {path}]) => ({name, path}))
  return [...pages, {name: 'missing', path: 'no/such/page/', status: 404}]
}
