// Loads the built command line together with what V8 made of it at build time (`*.code` beside each file), so that a start neither
// parses nor compiles a megabyte again. V8 itself refuses code of another version or of other settings; then it compiles as usual.
const { readFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname, resolve } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

/**
 * A run is over before most of what V8 makes of code that seems to be in use pays: it compiles WebAssembly a second time in the
 * background, and functions after a few calls. By the version of Node, because V8 complains about what it does not know; one that is
 * not here keeps all its ways. Whatever stands here decides which kept code fits. Patterns are compiled a second time as well, and
 * that stays: told otherwise (`--no-regexp-tier-up`), one run of some hundreds ended by SIGSEGV in the code of a pattern.
 */
const THRIFT = {
  20: ['--liftoff-only', '--interrupt-budget=600000'],
  22: ['--liftoff-only', '--invocation-count-for-turbofan=12000'],
  24: ['--liftoff-only'],
};

// V8 takes the code that Node brings of its own modules only under Node's flags, so those that nearly every check needs come before.
if (process.argv[2] === 'check') for (const name of ['child_process', 'crypto', 'zlib']) require(`node:${name}`);
// They are the process's; where a thread begins they are set already.
if (!process.argv[1]?.endsWith('audit-worker.js'))
  for (const flag of THRIFT[process.versions.node.split('.', 1)[0]] ?? []) setFlagsFromString(flag);

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
