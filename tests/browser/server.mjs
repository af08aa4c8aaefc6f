// A small web server for a built site, on this machine only: what a static host does, and nothing more.
//
//   const server = await serve('out/site', '/blog/')
//   server.origin          'http://127.0.0.1:PORT'
//   server.close()
//
// It answers folder addresses with their index.html, redirects those without the slash, answers 404.html with status
// 404 for all that is not there, and sends the headers that the site's `_headers` file asks for.

import {createServer} from 'node:http'
import {readFile, stat} from 'node:fs/promises'
import {extname, join, normalize} from 'node:path'

const types = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.xml': 'application/xml; charset=utf-8',
}

// `_headers`: a line with a pattern, then indented lines with the headers of the addresses that match it.
function readRules(text) {
  const rules = []
  for (const line of text.split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue
    if (/^\S/.test(line)) {
      const pattern = line.trim().replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
      rules.push({matches: new RegExp(`^${pattern}$`), headers: []})
    } else {
      const [, name, value] = line.match(/^\s+([^:]+):\s*(.*)$/)
      rules.at(-1).headers.push([name, value])
    }
  }
  return rules
}

export async function serve(folder, base) {
  const rules = readRules(await readFile(join(folder, '_headers'), 'utf8').catch(() => ''))

  async function answer(request, response) {
    const {pathname} = new URL(request.url, 'http://localhost')
    const path = normalize(decodeURIComponent(pathname))
    let status = 200
    let file = path.startsWith(base) ? join(folder, path.slice(base.length)) : null
    const found = file === null ? null : await stat(file).catch(() => null)
    if (found?.isDirectory() && !path.endsWith('/')) {
      response.writeHead(301, {Location: pathname + '/'}).end()
      return
    }
    if (found?.isDirectory()) file = join(file, 'index.html')
    let body = file && (await readFile(file).catch(() => null))
    if (!body) {
      status = 404
      file = join(folder, '404.html')
      body = await readFile(file).catch(() => 'not found')
    }
    const headers = {'Content-Type': types[extname(file)] ?? 'application/octet-stream'}
    const inSite = '/' + path.slice(base.length)
    for (const rule of rules) {
      if (rule.matches.test(path) || rule.matches.test(inSite)) Object.assign(headers, Object.fromEntries(rule.headers))
    }
    response.writeHead(status, headers).end(body)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)))
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  return {origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close()}
}
