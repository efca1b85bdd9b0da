#!/usr/bin/env node
// Refuses a Node that is too old, then hands over; the exit code is set and never forced, so that piped output is whole.
// CommonJS, as bin/package.json says: Node 20 starts it in half the time of an ES module. Node's compile cache stays off: it
// would leave files behind, and a check leaves none; load.js reads what the build left.
const { join } = require('node:path');
const { load } = require('./load.js');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** Trouble before there is a program to tell of it; left to Node it would be exit code 1, which means NO-GO. */
function refuse(sentence) {
  process.stderr.write(sentence);
  process.exitCode = 2;
}

async function start() {
  let answered = false;
  // Whatever ends the process before there is an answer: left alone, its exit code would mean GO or NO-GO.
  process.on('exit', (code) => {
    if (!answered && code < 2) process.exitCode = 2;
  });
  const { main } = load(join(__dirname, '../dist/cli.cjs'));
  process.exitCode = await main(process.argv.slice(2));
  answered = true;
}

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(
    `gonogo needs Node 20.19 or later; this is ${process.versions.node}. Install a newer Node and run it again.\n`,
  );
} else {
  start().catch((error) => {
    refuse(
      `error: gonogo could not be started: ${error?.message}\n  Install it again, or run \`npm run build\` in a checkout.\n`,
    );
  });
}
