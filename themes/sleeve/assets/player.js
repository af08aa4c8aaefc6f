// Players. What plays a song stands on the service's own site, and nothing of it is loaded before somebody asks for it:
// until then there is a link, which without this script leads to the song's page there.
(() => {
  let playing

  function stop() {
    if (!playing) return
    playing.setAttribute('aria-pressed', 'false')
    playing.parentNode.classList.remove('playing')
    playing.nextElementSibling.remove()
    playing = undefined
  }

  function start(link) {
    const {player, service} = link.dataset
    const label = link.querySelector('b')
    const frame = document.createElement('iframe')
    frame.title = label ? `${label.textContent} (${service})` : service
    frame.allow = 'autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture'
    frame.referrerPolicy = 'strict-origin-when-cross-origin' // without a referrer YouTube refuses to play
    if (service === 'Apple Music') { // the bounds that its own code for other sites sets
      frame.sandbox = 'allow-forms allow-popups allow-same-origin allow-scripts ' +
        'allow-storage-access-by-user-activation allow-top-navigation-by-user-activation'
    }
    frame.src = player
    link.after(frame)
    link.setAttribute('aria-pressed', 'true')
    link.parentNode.classList.add('playing')
    playing = link
  }

  for (const link of document.querySelectorAll('a[data-player]')) {
    link.setAttribute('role', 'button')
    link.setAttribute('aria-pressed', 'false')
  }

  // One at a time: what plays stops, and the same again only stops.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-player]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    const was = playing
    stop()
    if (link !== was) start(link)
  })

  // A button is also pressed by the space bar; Escape puts back what was there, and the reader where they started it.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && playing) {
      playing.focus()
      stop()
    }
    if (event.key !== ' ' || !event.target.matches?.('a[data-player]')) return
    event.preventDefault()
    event.target.click()
  })
})()
