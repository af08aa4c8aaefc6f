// What every page does. This stands in the head, before anything is shown: no page comes in other colours first.

// Light or dark by choice: then it does not matter what stylesheets and the colours of the browser's bar ask the system.
function paint(choice) {
  document.documentElement.style.colorScheme = choice
  const sheets = [...document.styleSheets].filter(({href}) => !href || href.startsWith(location.origin))
  const metas = document.querySelectorAll('meta[media]')
  for (const part of [...sheets.flatMap((sheet) => [...sheet.cssRules]), ...metas]) {
    part.asked ??= String(part.media)
    const asked = /color-scheme: (\w+)/.exec(part.asked)
    if (asked) part.media = !choice ? part.asked : choice === asked[1] ? 'screen' : 'not all'
  }
}

let storage = {} // a browser may keep nothing
try {
  storage = localStorage
} catch {}
paint(storage.colours ?? '')

addEventListener('DOMContentLoaded', () => {
  const colours = document.querySelector('.colours')
  const select = colours?.querySelector('select')
  if (select) {
    colours.hidden = false
    select.value = storage.colours ?? ''
    select.onchange = () => paint(storage.colours = select.value)
  }

  // Players. What plays a song stands on the service's own site, and nothing of it is loaded before somebody asks for it:
  // until then there is a link, which without this script leads to the song's page there.
  const queue = document.querySelector('.queue')
  const [along, title] = queue?.children ?? []
  const tracks = queue ? [...document.querySelectorAll('.queue ~ table a[data-player]')] : []
  let playing, asking

  const isAlong = () => along?.ariaPressed === 'true'
  const other = (steps) => tracks[tracks.indexOf(playing) + steps]

  function stop() {
    if (!playing) return
    clearInterval(asking)
    playing.ariaPressed = 'false'
    playing.parentNode.classList.remove('playing')
    playing.nextElementSibling.remove()
    playing = undefined
  }

  function start(link) {
    const {player, service} = link.dataset
    const label = link.querySelector('b')
    const frame = document.createElement('iframe')
    const url = new URL(player)
    frame.title = label ? `${label.textContent} (${service})` : service
    frame.allow = 'autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture'
    frame.referrerPolicy = 'strict-origin-when-cross-origin' // without a referrer YouTube refuses to play
    if (service === 'Apple Music') { // the bounds that its own code for other sites sets
      frame.sandbox = 'allow-forms allow-popups allow-same-origin allow-scripts ' +
        'allow-storage-access-by-user-activation allow-top-navigation-by-user-activation'
    }
    if (isAlong()) {
      frame.id = queue.dataset.frame
      title.href = '#' + frame.id
      title.textContent = label?.textContent ?? service
    }
    // YouTube's tells how it fares when it is asked, which it hears only some time after it was loaded.
    if (isAlong() && service === 'YouTube') {
      url.search += `&enablejsapi=1&origin=${location.origin}`
      frame.onload = () => {
        asking = setInterval(() => frame.contentWindow.postMessage('{"event":"listening"}', url.origin), 500)
      }
    }
    frame.src = url
    link.after(frame)
    link.ariaPressed = 'true'
    link.parentNode.classList.add('playing')
    playing = link
  }

  // What plays stops, and the other plays instead, if there is one. Without one, listening along ends.
  function go(link, goesAlong = isAlong()) {
    stop()
    if (along) along.ariaPressed = String(goesAlong && Boolean(link))
    if (link) start(link)
  }

  for (const link of document.querySelectorAll('a[data-player]')) {
    link.role = 'button'
    link.ariaPressed = 'false'
  }
  if (tracks.length > 1) queue.hidden = false

  // The same again only stops.
  addEventListener('click', (event) => {
    const button = event.target.closest('.queue button')
    if (button) go(button.value ? other(Number(button.value)) : isAlong() ? undefined : tracks[0], true)
    const link = event.target.closest('a[data-player]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(link === playing ? undefined : link)
  })

  // What YouTube's (0: it has ended; an error: it may not play here) and SoundCloud's say of the track that plays.
  addEventListener('message', ({data, origin, source}) => {
    const frame = playing?.nextElementSibling
    if (!isAlong() || source !== frame.contentWindow || origin !== new URL(frame.src).origin) return
    let said
    try {
      said = JSON.parse(data)
    } catch {} // another player's words
    clearInterval(asking)
    const {method, event, info} = said ?? {}
    if (method === 'ready') source.postMessage('{"method":"addEventListener","value":"finish"}', origin)
    if (method === 'finish' || event === 'onError' || (info?.playerState ?? info) === 0) go(other(1))
  })

  addEventListener('keydown', (event) => {
    const {key, target} = event
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    // Escape puts back what was there, and the reader where they started it.
    if (key === 'Escape' && playing) {
      (isAlong() ? along : playing).focus()
      go()
    }
    // A button is also pressed by the space bar.
    if (key === ' ' && target.matches('a[data-player]')) {
      event.preventDefault()
      target.click()
    }
    // "/" leads to the search page, and there to its field.
    const search = document.querySelector('[aria-keyshortcuts="/"]')
    if (key !== '/' || !search || target.closest('input, textarea, select, [contenteditable]')) return
    const field = document.querySelector('input[type=search]')
    event.preventDefault()
    if (field) field.select()
    else search.click()
  })
})
