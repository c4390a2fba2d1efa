/** How the app looks, within the dark window of Astro's toolbar. */
export const styles: string = `
astro-dev-toolbar-window { padding: 0; overflow: hidden; font-size: 13px; line-height: 1.45; }
h1, h2, p, ul, table { margin: 0; padding: 0; font: inherit; }
a { color: #e0ccfa; }
a:hover { color: #fff; }
:focus-visible { outline: 2px solid #bdc3ff; outline-offset: 2px; border-radius: 4px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

header { display: flex; align-items: center; gap: 8px; padding: 14px 20px; border-bottom: 1px solid #343841; }
header h1 { display: flex; align-items: center; gap: 8px; margin-right: 4px; color: #fff; font-size: 16px; font-weight: 600; }
header h1 svg { width: 18px; height: 18px; }
.badges { display: flex; flex-wrap: wrap; gap: 6px; }
header astro-dev-toolbar-button { flex: none; }
header .status { margin-left: auto; text-align: right; }
.body { display: grid; gap: 18px; padding: 16px 20px 20px; overflow: auto; scrollbar-width: thin; scrollbar-color: #474e5e transparent; overscroll-behavior: contain; }
.body > * { min-width: 0; }

.headline { color: #fff; font-size: 15px; text-wrap: balance; }
.headline + .facts { margin-top: 4px; }
.badges + .headline { margin-top: 6px; }
.facts + .badges { margin-top: 16px; }
.badges ~ .facts:last-child { margin-top: 16px; }
.failures { color: #f9c4d7; font-weight: 600; }

h2 { display: flex; align-items: baseline; gap: 10px; margin-bottom: 6px; color: #fff; font-size: 13px; font-weight: 600; }
h2 span { color: #bfc1c9; font-weight: 400; }
ul { list-style: none; }
.stories li { display: flex; align-items: baseline; gap: 12px; padding: 5px 0; border-top: 1px solid #23262d; }
.stories .slug { flex: 1; min-width: 0; color: #fff; overflow-wrap: anywhere; }
.stories .id, .path, .ms { font-family: ui-monospace, SFMono-Regular, Menlo, Monaco, Consolas, "Liberation Mono", monospace; font-size: 12px; }
.stories .id { color: #a0a5b1; user-select: all; }
.stories a { white-space: nowrap; }
.note { padding-top: 5px; border-top: 1px solid #23262d; color: #a0a5b1; }

table { width: 100%; border-collapse: collapse; }
td { padding: 4px 0; border-top: 1px solid #23262d; vertical-align: middle; }
td:first-child { width: 1%; padding-right: 12px; }
.path { color: #fff; overflow-wrap: anywhere; }
.time { width: 120px; padding-left: 12px; }
.time div { display: flex; align-items: center; justify-content: flex-end; gap: 4px; }
.bar { min-width: 3px; height: 4px; border-radius: 2px; background: #883aea; }
.failed .bar { background: #b33e66; }
.ms { min-width: 48px; text-align: right; white-space: nowrap; }
.failed .path { color: #f9c4d7; }

.leaks { padding: 12px 14px; border: 1px solid #b58a2d; border-radius: 8px; background: #2b2412; color: #f9e9c4; }
.leaks h2 { gap: 8px; }
.leaks h2 astro-dev-toolbar-icon { display: block; align-self: center; width: 16px; height: 16px; color: #f9e9c4; }
.leaks li { overflow-wrap: anywhere; }
.leaks p { margin-top: 6px; text-wrap: balance; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Monaco, Consolas, "Liberation Mono", monospace; font-size: 12px; }
@media (max-width: 640px) {
  header { flex-wrap: wrap; }
  .time { width: 72px; }
  .bar { display: none; }
}
@media (forced-colors: active) {
  .bar { forced-color-adjust: none; }
}
`
