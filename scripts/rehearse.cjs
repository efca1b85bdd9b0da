/** Runs the built command line as its users will and keeps, beside each of its files, what V8 compiled of it; bin/load.js reads that. */
const { writeFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { load, scripts } = require('../bin/load.js');

/** Every command in passing, and `check` on what is claimed, what is not, and what fails. */
const RUNS = [
  ['--help'],
  ['rules'],
  ['explain', 'runbooks/alert-links-runbook'],
  ['page', 'PaymentsTrafficGone', 'fixtures/services/payments'],
  ...['payments', 'orders', 'unclaimed'].map((name) => ['check', `fixtures/services/${name}`, '--as-of', '2026-11-16']),
];

async function rehearse() {
  const { main } = load(resolve('dist/cli.cjs'));
  for (const words of RUNS) await main(words);
  for (const [file, script] of scripts) writeFileSync(`${file}.code`, script.createCachedData());
}

rehearse();
