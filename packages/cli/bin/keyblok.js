#!/usr/bin/env node
// A file that is there before the package is built, so that a workspace can link it, and that every Node can read.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 17)) await import('../dist/index.js')
else {
  console.error(`[keyblok] This is Node ${process.versions.node}, and keyblok needs 22.17 or newer.`)
  process.exitCode = 1
}
