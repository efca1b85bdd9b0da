/** `npm run crash`: kills audits at 200 random points (or as many as the first word says, with the second as seed) and says what came of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { crash } from './crash/kills.ts';

const [kills = 200, seed = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'gonogo-crash-'));
try {
  const came = await crash(folder, { repositories: 60, kills, seed });
  for (const [what, count] of Object.entries(came)) console.log(`${what.padEnd(12)} ${count}`);
  if (came.identical !== came.audits || came.twice > 0 || came.mostRedone > availableParallelism())
    process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
