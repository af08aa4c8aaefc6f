// The index of tracks in another order, or some of it: its other pages are fetched for that.
const form = document.querySelector('.order')
const bands = document.querySelectorAll('.bands, .letters, .pager')
const list = document.querySelector('.ordered')
const {pages, one, found} = form.dataset
const {lang} = document.documentElement
const rowsOf = (page) => [...page.querySelectorAll('.band li')]

async function read(number) {
  const response = await fetch(form.action + (number ? `page/${number + 1}/` : ''))
  return rowsOf(new DOMParser().parseFromString(await response.text(), 'text/html'))
}

const load = () => Promise.all([...Array(+pages).keys()].map(read)).then((lists) => lists.flat())
let all

// By letters, or the largest number first; what has none stands last.
function compare(a = '', b = '') {
  return !a || !b ? !a - !b : b - a || a.localeCompare(b, lang)
}

form.addEventListener('input', async () => {
  const [text, by, kind] = new FormData(form).values()
  const words = text.toLowerCase().split(/\s+/)
  const rows = (await (all ??= load())).filter((row) =>
    row.dataset.kind.includes(kind) && words.every((word) => row.textContent.toLowerCase().includes(word)))
  if (by) rows.sort((a, b) => compare(a.dataset[by], b.dataset[by]))
  const isAll = !text && !by && !kind
  for (const part of bands) part.hidden = !isAll
  list.hidden = isAll
  list.replaceChildren(...rows.slice(0, 500))
  form.lastElementChild.textContent = isAll ? '' : rows.length === 1 ? one : found.replace('0', rows.length)
})
form.addEventListener('submit', (event) => event.preventDefault())
form.hidden = false
