/** A block with a keyhole. */
export const icon: string =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" aria-hidden="true">' +
  '<rect x="1.5" y="1.5" width="17" height="17" rx="4.5" stroke="currentColor" stroke-width="2"/>' +
  '<path fill="currentColor" d="M10 4.8a3 3 0 0 0-1.5 5.6l-.9 3.7c-.1.6.3 1.1.9 1.1h3c.6 0 1-.5.9-1.1l-.9-3.7A3 3 0 0 0 10 4.8Z"/>' +
  '</svg>'
