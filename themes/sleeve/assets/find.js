// What is typed, as keys, and what stands under them: see generator/search/search.h, generator/markdown/words.c.

const spellings = Object.entries({
  woo: 'u', wu: 'u', eo: 'u', eu: 'u', oo: 'u', ou: 'u', ae: 'e', ee: 'i', oe: 'oi', ck: 'g', ch: 'j', ph: 'b',
  sh: 's', x: 'gs', k: 'g', q: 'g', c: 'g', t: 'd', p: 'b', v: 'b', f: 'b', r: 'l', z: 'j',
})
const onsets = 'r r s e e f a q q t t d w w c z x v g'.split(' ')
const vowels = 'k o i o j p u p h hk ho hl y n nj np nl b m ml l'.split(' ')
const finals = ' r r rt s sw sg e f fr fa fq ft fx fv fg a q qt t t d w c z x v g'.split(' ')
const letters = 'r r rt s sw sg e e f fr fa fq ft fx fv fg a q q qt t t d w w c z x v g'.split(' ').concat(vowels)
// The same as it is spoken, roughly: for names that are known in Latin letters alone.
const spokenOnsets = 'g g n d d l m b b s s  j j j g d b h'.split(' ')
const spokenVowels = 'a e ya ye u e yu ye o wa we oi yo u wo we wi yu u ui i'.split(' ')
const spokenFinals = ' g g g n n n d l g m l l l b l m b b d d ng d d g d b d'.split(' ')
const particles = /(은|는|이|가|을|를|의|에|에서|에게|와|과|도|만|로|으로|까지|부터|처럼|보다|하고|랑|이랑)$/

const isHangul = (word) => /^[\uac00-\ud7a3\u3131-\u3163]/.test(word)

const first = (key, count) => [...key].slice(0, count).join('')

export function words(text) {
  const loose = text.normalize('NFC').replace(/[^\x00-\x7f\uac00-\ud7a3\u3131-\u3163]+/g, (run) =>
    run.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().normalize('NFC'))
  return loose.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/['`\u2018\u2019\u02bc]/g, '')
    .match(/[\uac00-\ud7a3\u3131-\u3163]+|(?:(?![\uac00-\ud7a3\u3131-\u3163])[\p{L}\p{N}])+/gu) ?? []
}

export function fold(word) {
  let [out, before] = ['', '']
  for (let at = 0; at < word.length;) {
    const found = spellings.find(([from]) => word.startsWith(from, at))
    const to = found ? found[1] : word[at] === 'h' && at > 0 ? '' : word[at]
    if (!to) before = ''
    for (const letter of to) {
      if (letter !== before || !/[a-z]/.test(letter)) out += letter
      before = letter
    }
    at += found ? found[0].length : 1
  }
  return out
}

const spell = (hangul, [front, middle, end], alone) => hangul.replace(/./gu, (point) => {
  const number = point.charCodeAt(0) - 0xac00
  if (number < 0) return alone[number + 0xac00 - 0x3131] ?? ''
  return front[(number / 588) | 0] + middle[((number / 28) | 0) % 21] + end[number % 28]
})
export const strokes = (hangul) => spell(hangul, [onsets, vowels, finals], letters)
const spoken = (hangul) => spell(hangul, [spokenOnsets, spokenVowels, spokenFinals], [])
const keyOf = (word) => (isHangul(word) ? '~' + strokes(word) : fold(word))

const bytes = (text) => new TextEncoder().encode(text)
const fnv = (text) => bytes(text).reduce((hash, byte) => Math.imul(hash ^ byte, 16777619), 2166136261) >>> 0

export function hashes(text) {
  const found = new Set()
  for (const word of words(text)) {
    for (const run of word.match(/[\uac00-\ud7a3]+/g) ?? []) {
      for (let i = 0; i < Math.max(run.length - 1, 1); i++) found.add(run.slice(i, i + 2))
    }
    if (!isHangul(word) && bytes(word).length > 2) found.add(word.length > 3 ? word.replace(/s$/, '') : word)
  }
  return [...found].map(fnv).map((hash) => ((hash >>> 22) ^ hash) & 0x3fffff)
}

// How many letters are wrong, missing, too many or swapped.
function slips(typed, key, isBeginning) {
  let [before, row] = [[], [...key, 0].map((_, i) => i)]
  for (let i = 1; i <= typed.length; i++) {
    const next = [i]
    for (let j = 1; j <= key.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (typed[i - 1] !== key[j - 1]))
      if (typed[i - 1] === key[j - 2] && typed[i - 2] === key[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1)
    }
    [before, row] = [row, next]
  }
  return isBeginning ? Math.min(...row) : row[key.length]
}

const families = 'adtwgsp'
const writings = 3
const of = (id) => ({family: families[id & 7], number: id >> 3})

// `get` fetches a file of the index as JSON.
export function index(layout, get) {
  const [nameFiles, textFiles] = layout.split(' ').map(Number)

  // The ids of what has a key, each with the best rating that `rate` gave: the lower the better, below 0 none.
  async function look(key, rate, found = new Map()) {
    const length = [...key].length
    for (let depth = Math.min(key[0] === '~' ? 4 : 3, length); ; depth += 3) {
      const bucket = first(key, depth)
      const [full, ...keys] = await get(`names/${fnv(bucket) & (nameFiles - 1)}.json`)
      for (const [name, ...numbers] of keys) {
        const rating = name.startsWith(bucket) ? rate(name) : -1
        for (const number of rating < 0 ? [] : numbers) {
          const value = rating + (number & 1) * 2
          if (!(found.get(number >> 1) <= value)) found.set(number >> 1, value)
        }
      }
      if (!full.includes(bucket) || length < depth + 3) return found
    }
  }

  // Of very little, only what is called just that.
  function beginning(key) {
    const wanted = first(key, 16)
    const isLittle = [...wanted].length < (key[0] === '~' ? 3 : 2)
    return look(wanted, (name) =>
      name === wanted ? 0 : !isLittle && name.startsWith(wanted) ? 1 - 1 / name.length : -1)
  }

  // A slip may be in the first letters that were typed, too: then in the bucket of another beginning.
  async function nearly(key, isTyped) {
    const mark = key[0] === '~' ? '~' : ''
    const typed = key.slice(mark.length)
    const most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2
    const [a, b, c] = typed
    const found = new Map()
    const rate = (name) => {
      const wrong = slips(key, name, typed.length > 5)
      return name.startsWith(mark) && wrong <= most ? 5 + wrong : -1
    }
    const others = [b + a + c, a + c + b, typed.slice(1), a + typed.slice(2), a + b + typed.slice(3)]
    const starts = [typed, ...isTyped ? others : []]
    const buckets = new Set(most ? starts.map((start) => mark + first(start, 3)) : [])
    await Promise.all([...buckets].map((bucket) => look(bucket, rate, found)))
    return found
  }

  // A word, or several of one script: as it stands, else typed on the other keyboard, or known in the other script.
  async function named(word) {
    const keys = isHangul(word) ? [/^[\u3131-\u314e]+$/.test(word) ? '=' + strokes(word) : keyOf(word), fold(spoken(word))]
      : [fold(word), /^[qwertasdfgzxcv][a-z]{3,}$/.test(word) ? '~' + word : '']
    for (const [place, key] of keys.entries()) {
      const found = key ? await beginning(key) : new Map()
      if (found.size > 0) return new Map([...found].map(([id, value]) => [id, value + place * 4]))
    }
    const bare = without(word)
    return bare === word ? new Map() : named(bare)
  }
  const without = (word) => (isHangul(word) && word.length > 2 ? word.replace(particles, '') : word)

  // Words of which one is in the name, another on the card or in the text: "kyuhyun love".
  async function crossed(typed, found) {
    const inTexts = await Promise.all(typed.map(texts))
    const ids = new Set(found.flatMap((one) => [...one.keys()].slice(0, 5)))
    for (const numbers of inTexts) for (const number of numbers.slice(0, 3)) ids.add(number * 8 + writings)
    const kept = await Promise.all([...ids].slice(0, 10).map(async (id) => {
      const told = words((await card(of(id))).slice(1).join(' ')).map(keyOf)
      return typed.every((word, i) => found[i].has(id) || told.some((one) => one.startsWith(keyOf(word))) ||
        ((id & 7) === writings && inTexts[i].includes(id >> 3)))
    }))
    return new Map([...ids].filter((id, i) => kept[i]).map((id) => [id, 4]))
  }

  async function names(typed) {
    const joined = typed.join('')
    const isOne = new Set(typed.map(isHangul)).size === 1
    const whole = isOne ? await named(joined) : new Map()
    if (whole.size > 0) return whole
    if (typed.length > 1) {
      const found = await Promise.all(typed.map(named))
      const all = [...found[0]].filter(([id]) => found.every((one) => one.has(id)))
      const apart = all.length > 0 ? new Map(all) : await crossed(typed, found)
      if (apart.size > 0 || !isOne) return apart
    }
    const near = await nearly(keyOf(joined), !isHangul(joined))
    return near.size > 0 || !isHangul(joined) ? near : nearly(fold(spoken(joined)))
  }

  // The numbers of the writings that have a word, the newest first; cut where they are very many.
  async function having(hash) {
    const span = 0x400000 / textFiles
    let [word, number] = [0, 0]
    for (const [step, ...steps] of await get(`texts/${(hash / span) | 0}.json`)) {
      word += step
      if (word < hash) continue
      const isCut = steps[0] === 0
      const numbers = word > hash ? [] : steps.slice(isCut).map((by) => (number = number ? number - by : by) - 1)
      return {isCut, numbers}
    }
    return {numbers: []}
  }

  // Those that have all words; a list that is cut says nothing beside one that is not.
  async function texts(text) {
    const lists = await Promise.all(hashes(text).map(having))
    const whole = lists.filter((list) => !list.isCut)
    const [one, ...others] = whole.length > 0 ? whole : lists
    return one ? one.numbers.filter((number) => others.every((list) => list.numbers.includes(number))) : []
  }

  // [{family, number}], the best first.
  async function find(text) {
    const typed = words(text)
    if (typed.length === 0) return []
    const bare = typed.map(without)
    const inTexts = async () => [...await texts(text), ...bare.join() === typed.join() ? [] : await texts(bare.join(' '))]
    const [found, numbers] = await Promise.all([names(typed), inTexts()])
    const sorted = [...found].sort(([a, one], [b, other]) => one - other || (a & 7) - (b & 7) || a - b).map(([id]) => id)
    return [...new Set([...sorted, ...numbers.map((number) => number * 8 + writings)])].map(of)
  }

  // [address below the site, name, native name, more]
  async function card({family, number}) {
    return (await get(`cards/${family}${(number / 48) | 0}.json`))[number % 48]
  }

  return {find, card}
}
