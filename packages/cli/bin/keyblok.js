#!/usr/bin/env node
// A file that is there before the package is built, so that a workspace can link it.
import '../dist/index.js'
