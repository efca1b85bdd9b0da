#!/usr/bin/env node
// Refuses a Node that is too old, then hands over; the exit code is set and never forced, so that piped output is whole.
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `gonogo needs Node 20.19 or later; this is ${process.versions.node}. Install a newer Node and run it again.\n`,
  );
  process.exitCode = 2;
} else {
  module.enableCompileCache?.();
  try {
    const { main } = await import('../dist/cli.cjs');
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    // Left to Node it would be exit code 1, which means NO-GO.
    process.stderr.write(
      `error: gonogo could not be started: ${error?.message}\n  Install it again, or run \`npm run build\` in a checkout.\n`,
    );
    process.exitCode = 2;
  }
}
