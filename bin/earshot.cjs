#!/usr/bin/env node
'use strict';
var path = require('path');
var url = require('url');
var runtime = require('./runtime.cjs');
var main = path.join(__dirname, '..', 'src', 'cli', 'index.ts');

if (runtime.isGood(process.version)) import(url.pathToFileURL(main).href);
else runtime.run(main, process.argv.slice(2));
