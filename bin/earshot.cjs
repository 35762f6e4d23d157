#!/usr/bin/env node
'use strict';
var path = require('path');
var url = require('url');
var runtime = require('./runtime.cjs');
var main = path.join(__dirname, '..', 'src', 'cli', 'index.ts');

// An import may be of any size and runs beside other work: its garbage is collected early, not when memory is short.
var flags = process.argv[2] === 'import' ? ['--max-semi-space-size=4', '--max-old-space-size=256'] : [];

if (flags.length === 0 && runtime.isGood(process.version)) {
  require('module').enableCompileCache(runtime.CACHE);
  import(url.pathToFileURL(main).href);
} else runtime.run(flags.concat([main]), process.argv.slice(2));
