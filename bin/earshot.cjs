#!/usr/bin/env node
'use strict';
var path = require('path');
var url = require('url');
var runtime = require('./runtime.cjs');
var main = path.join(__dirname, '..', 'src', 'cli', 'index.ts');

if (runtime.isGood(process.version)) {
  // Compiled code is kept beside the packages: the second start takes half the time.
  require('module').enableCompileCache(path.join(__dirname, '..', 'node_modules', '.cache', 'earshot'));
  import(url.pathToFileURL(main).href);
} else runtime.run(main, process.argv.slice(2));
