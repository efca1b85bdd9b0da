/** Loaded into an audit before its own code: notes each repository whose manifest is opened, so that a harness can count what was judged twice. */
const fs = require('node:fs');
const { basename, dirname } = require('node:path');

const { openSync, appendFileSync } = fs;
const begun = new Set();

fs.openSync = function noted(path, ...rest) {
  const repository = basename(dirname(String(path)));
  if (basename(String(path)) === 'gonogo.yaml' && !begun.has(repository)) {
    begun.add(repository);
    const descriptor = openSync(process.env.BEGUN_FILE, 'a');
    appendFileSync(descriptor, `${repository}\n`);
    fs.closeSync(descriptor);
  }
  return openSync(path, ...rest);
};
