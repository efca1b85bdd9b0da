// Loads the built command line together with what V8 made of it at build time (`*.code` beside each file), so that a start neither
// parses nor compiles a megabyte again. V8 itself refuses code of another version or of other settings; then it compiles as usual.
const { readFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname, resolve } = require('node:path');
const { Script } = require('node:vm');

const loaded = new Map();
const scripts = new Map();

function codeOf(file) {
  try {
    return readFileSync(`${file}.code`);
  } catch {
    return undefined;
  }
}

/** What one of our files exports; its own files are loaded alike, and everything else as Node does. */
function load(file) {
  const known = loaded.get(file);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const script = new Script(wrap(readFileSync(file, 'utf8')), { filename: file, cachedData: codeOf(file) });
  scripts.set(file, script);
  const fromNode = createRequire(file);
  const folder = dirname(file);
  const from = (name) => (name.startsWith('./') ? load(resolve(folder, name)) : fromNode(name));
  script.runInThisContext()(module.exports, from, module, file, folder);
  return module.exports;
}

module.exports = { load, scripts };
