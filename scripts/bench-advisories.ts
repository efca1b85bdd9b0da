/** Writes an advisory database of a whole ecosystem's size, and the names of a large lockfile to look up in it: one in ten has advisories. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDatabase } from '../src/advisories/database/build.ts';
import { orderOf } from '../src/versions/orders.ts';

const NAMES = 5000;
/** One name in so many has advisories. */
const HIT_EVERY = 10;
/** Enough for eleven megabytes. */
const PACKAGES = 48_000;

/** Writes `npm.adv` and `npm.idx` into a folder, which is made. */
export async function writeAdvisories(folder: string): Promise<void> {
  const built = await buildDatabase(records(), {
    ecosystem: 'npm',
    order: orderOf('npm'),
    asOf: '2026-11-15T00:00:00Z',
    sources: [],
    builder: 'bench',
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'npm.adv'), built.adv);
  writeFileSync(join(folder, 'npm.idx'), built.idx);
}

/** Names to look up: those at every tenth place are in the database. */
export function namesToLookUp(): readonly string[] {
  return Array.from({ length: NAMES }, (_, at) => (at % HIT_EVERY === 0 ? nameOf(at * 6) : `absent-${at}`));
}

function nameOf(at: number): string {
  return at % 3 === 0 ? `@scope-${at % 97}/part-${at}` : `package-${at}`;
}

/** Most packages have one flaw, and some have many, as it is. */
function* records(): Generator<unknown> {
  for (let at = 0; at < PACKAGES; at += 1)
    for (let flaw = 0; flaw < (at % 20 === 0 ? 5 : 1); flaw += 1)
      yield {
        id: `GHSA-${at}-${flaw}`,
        aliases: [`CVE-2024-${at}${flaw}`],
        modified: '2026-11-01T00:00:00Z',
        published: '2024-05-06T00:00:00Z',
        summary: `Uncontrolled consumption of memory in ${nameOf(at)} when it reads what it is sent`,
        database_specific: { severity: 'HIGH' },
        affected: [
          {
            package: { ecosystem: 'npm', name: nameOf(at) },
            ranges: [
              {
                type: 'SEMVER',
                events: [
                  { introduced: '0' },
                  { fixed: `1.${flaw}.3` },
                  { introduced: '2.0.0' },
                  { fixed: `2.${flaw + 1}.4` },
                ],
              },
            ],
          },
        ],
      };
}
