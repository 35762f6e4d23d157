#!/usr/bin/env node
'use strict';
var path = require('path');
var url = require('url');
var runtime = require('./runtime.cjs');
var main = path.join(__dirname, '..', 'src', 'cli', 'index.ts');

// These may be given any number of posts, and an import runs beside other work: garbage is collected early, not when memory
// is short.
var command = process.argv[2];
var early = '--max-semi-space-size=4';
var flags = [];
if (command === 'import') flags = [early, '--max-old-space-size=256'];
if (command === 'classify' && process.argv.includes('--jsonl')) flags = [early];

if (flags.length === 0 && runtime.isGood(process.version)) {
  require('module').enableCompileCache(runtime.CACHE);
  import(url.pathToFileURL(main).href);
} else runtime.run(flags.concat([main]), process.argv.slice(2));
