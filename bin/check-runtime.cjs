'use strict';
// Before the tests: one clear sentence instead of a hundred failures on a Node that cannot run them.
var runtime = require('./runtime.cjs');
runtime.orExplain();
if (!runtime.isGood(process.version)) {
  console.error(
    'The tests run on Node ' + process.version + ', which is too old. Start them with "npm test", after "npm ci".',
  );
  process.exit(1);
}
