// Begins a thread of an audit: loads the built code as gonogo.js does, so that each of its files is there once a thread.
const { join } = require('node:path');
const { load } = require('./load.js');

load(join(__dirname, '../dist/audit-worker.cjs'));
