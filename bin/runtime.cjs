'use strict';
// Old-style JavaScript on purpose: this file must run, and speak clearly, on whatever Node a machine happens to have.
var fs = require('fs');
var path = require('path');

/** The versions with type stripping without a flag and a stable node:sqlite: 22.22.2+, 24.15+, 26+. */
function isGood(version) {
  var parts = version.replace(/^v/, '').split('.').map(Number);
  var major = parts[0];
  var minor = parts[1];
  var patch = parts[2];
  if (major === 22) return minor > 22 || (minor === 22 && patch >= 2);
  if (major === 24) return minor >= 15;
  return major >= 26;
}

/** Compiled code is kept beside the packages: the second start takes half the time. */
var CACHE = path.join(__dirname, '..', 'node_modules', '.cache', 'earshot');

/** The Node to run on: this one where it will do, else the one that `npm ci` brought. Undefined where there is none. */
function findNode() {
  if (isGood(process.version)) return process.execPath;
  var windows = process.platform === 'win32';
  var name = (windows ? 'node-win-' : 'node-' + process.platform + '-') + process.arch;
  var brought = path.join(__dirname, '..', 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  return fs.existsSync(brought) ? brought : undefined;
}

function orExplain() {
  var node = findNode();
  if (node) return node;
  console.error(
    'Earshot needs Node 22.22.2, 24.15, 26 or newer; this is ' +
      process.version +
      '.\n' +
      'On Linux and Windows, "npm ci" brings the right one by itself; elsewhere install it from https://nodejs.org.',
  );
  process.exit(1);
}

/** Runs a script (flags for Node before its path) under the right Node, as if it had been started directly: same streams, signals and exit code. */
function run(script, args) {
  var node = orExplain();
  var child = require('child_process').spawn(node, script.concat(args), {
    stdio: 'inherit',
    env: Object.assign({ NODE_COMPILE_CACHE: CACHE }, process.env),
  });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => {
    process.on(signal, () => {
      child.kill(signal);
    });
  });
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, signal);
    else process.exit(code === null ? 1 : code);
  });
}

module.exports = { CACHE: CACHE, findNode: findNode, isGood: isGood, orExplain: orExplain, run: run };
