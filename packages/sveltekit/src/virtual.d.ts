/** The space that the app defines, with the routing of its configuration. */
declare module 'virtual:keyblok/space' {
  const space: import('@keyblok/core').Space
  export default space
}
