// "/" leads to the search page, and there to its field.
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (event.target.closest('input, textarea, select, [contenteditable]')) return
  const field = document.querySelector('input[type=search]')
  event.preventDefault()
  if (field) field.select()
  else document.querySelector('[aria-keyshortcuts="/"]').click()
})
