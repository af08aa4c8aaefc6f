// The search page: what is typed is looked for at once. All that is shown is set as text, never as HTML.
const form = document.querySelector('form[role=search]')
const field = form.querySelector('input')
const box = document.querySelector('.finds')
const status = box.querySelector('[role=status]')
const groups = [...box.querySelectorAll('section')]
const {base, find, layout} = form.dataset
const {index} = await import(find)

const files = new Map()
function get(path) {
  if (!files.has(path)) {
    const got = fetch(`${base}search/${path}`, {cache: 'no-cache'}).then((response) => response.json())
    got.catch(() => files.delete(path))
    files.set(path, got)
  }
  return files.get(path)
}
const site = index(layout, get)

function element(name, text) {
  const made = document.createElement(name)
  made.textContent = text
  if (/[\uac00-\ud7a3]/.test(text)) made.lang = 'ko'
  return made
}

async function item(one) {
  const [address, name, native, more] = await site.card(one)
  const [made, link] = [element('li', ''), element('a', name)]
  link.href = base + address
  made.append(link)
  if (native) made.append(' ', element('i', native))
  if (more) made.append(' ', element('small', more))
  return made
}

let turn = 0
async function fill(group, list, count, mine) {
  const shown = await Promise.all(list.slice(0, count).map(item))
  if (mine !== turn) return
  const button = group.querySelector('button')
  group.querySelector('ol').replaceChildren(...shown)
  group.hidden = list.length === 0
  button.hidden = list.length <= count
  button.onclick = async () => {
    await fill(group, list, count + 20, mine)
    group.querySelectorAll('a')[count]?.focus()
  }
}

async function show(text) {
  const mine = ++turn
  const found = await site.find(text)
  const kinds = [...new Set(found.map((one) => one.family))]
  const of = (group) => found.filter((one) => one.family === group.dataset.family)
  await Promise.all(groups.map((group) => fill(group, of(group), [10, 5, 4, 3][kinds.length - 1] ?? 2, mine)))
  if (mine !== turn) return
  for (const kind of kinds) box.append(groups.find((group) => group.dataset.family === kind))
  const {none, one, several} = status.dataset
  status.textContent = !text.trim() ? '' : [none, one][found.length] ?? several.replace('2', found.length)
  form.dataset.shown = text
}

async function look() {
  const typed = field.value
  history.replaceState(null, '', typed ? '?q=' + encodeURIComponent(typed) : location.pathname)
  await show(typed).catch(() => (status.textContent = status.dataset.failed))
}

const links = () => [...box.querySelectorAll('a, button')].filter((link) => link.offsetParent)
field.addEventListener('input', look)
form.addEventListener('submit', (event) => {
  event.preventDefault()
  links()[0]?.click()
})
addEventListener('keydown', (event) => {
  const all = [field, ...links()]
  const at = all.indexOf(document.activeElement)
  const way = {ArrowDown: 1, ArrowUp: -1}[event.key]
  if (event.key === 'Escape' && at > 0) field.select()
  if (!way || at < 0 || event.isComposing) return
  event.preventDefault()
  all[at + way]?.focus()
})

form.hidden = false
field.value = new URLSearchParams(location.search).get('q') ?? ''
if (field.value) look()
field.focus()
