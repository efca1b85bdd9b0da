/** Measures what stores hold: a run of 1,000 services in a folder, and 100,000 findings copied into a PostgreSQL of our own. `tsx scripts/bench-store.ts`. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CHECKLISTS } from '../src/generated/checklists.ts';
import type { Finding, Ruling, Service, Standing } from '../src/model.ts';
import type { AuditHeader, AuditRow, PackedFinding } from '../src/model-audit.ts';
import { ruleTexts } from '../src/packed-report.ts';
import { folderStore } from '../src/store/folder-store.ts';
import { postgresStore } from '../src/store/postgres/postgres-store.ts';
import { absent, postgresServer } from '../test/store/postgres-server.ts';

const RULES = Object.keys(ruleTexts(CHECKLISTS));

function headerOn(asOf: string): AuditHeader {
  return {
    ...{ schemaVersion: 1, tool: { name: 'gonogo', version: '0.1.0' }, asOf, yardstick: '0123456789abcdef' },
    checklists: CHECKLISTS.map(({ area, digest }) => ({ name: area, digest })),
    rules: ruleTexts(CHECKLISTS),
  };
}

/** The same numbers on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const KINDS: readonly (readonly [Standing, Ruling, number])[] = [
  ['not-applicable', 'skip', 0.45],
  ['missing', 'fail', 0.65],
  ['verified', 'pass', 0.85],
  ['declared', 'trust', 0.92],
  ['contradicted', 'warn', 0.97],
  ['unknown', 'warn', 1],
];

/** Services of one estate resemble each other: of five findings of a rule, four are as its most frequent one. */
const ALIKE = 0.8;

function kindOf(rule: string, next: () => number): (typeof KINDS)[number] | undefined {
  const value = next() < ALIKE ? random(rule.length * 7919 + rule.charCodeAt(rule.length - 1) * 104_729)() : next();
  return KINDS.find(([, , upTo]) => value < upTo);
}

function findingOf(rule: string, next: () => number): PackedFinding {
  const [standing, ruling] = kindOf(rule, next) ?? ['missing', 'fail'];
  const at = { path: `deploy/${Math.floor(next() * 9)}/service.yaml`, line: 1 + Math.floor(next() * 200) };
  const because = `3 of 4 workloads have it; ${at.path} sets it on line ${at.line} for the one that does not`;
  const finding: Omit<Finding, 'area' | 'statement' | 'why' | 'fix'> = {
    ...{
      rule,
      severity: ruling === 'warn' ? 'standard' : 'major',
      standing,
      ruling,
      because,
      fingerprint: '0123456789ab',
    },
    ...{
      evidence: ruling === 'pass' ? [at] : [],
      problems: ruling === 'fail' ? [{ message: because, at, fingerprint: '0123456789ab', waived: false }] : [],
    },
  };
  return finding;
}

function* rowsOf(count: number): Iterable<AuditRow> {
  const next = random(count);
  for (let index = 0; index < count; index++) {
    const findings = RULES.map((rule) => findingOf(rule, next));
    const commit = Array.from({ length: 40 }, () => Math.floor(next() * 16).toString(16)).join('');
    const service: Service = {
      ...{ name: `service-${index}`, dir: '', tier: 2, stage: 'live', profile: 'balanced' },
      ...{ owner: `team-${index % 40}`, assumed: [] },
    };
    const score = {
      applicable: findings.filter(({ ruling }) => ruling !== 'skip').length,
      met: 0,
      verified: 0,
      declared: 0,
    };
    yield {
      ...{
        repo: `acme/service-${String(index).padStart(5, '0')}`,
        outcome: 'judged',
        commit,
        verdict: 'NO-GO',
        notes: [],
      },
      services: [
        {
          service,
          verdict: 'NO-GO',
          score,
          findings,
          later: [],
          waivers: [],
          looked: [],
          facts: { dependencies: [], consumers: [] },
        },
      ],
    };
  }
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(2)} s`);
}

async function folder(): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'gonogo-bench-store-'));
  const store = folderStore(place, (it) => console.log(it));
  await timed('1,000 services into a folder', () => store.push(headerOn('2026-11-16'), () => rowsOf(1000)));
  for (const name of readdirSync(place))
    console.log(
      `  ${(statSync(join(place, name)).size / 1024).toFixed(1)} KB for 1,000 services and ${RULES.length} rules`,
    );
  await timed('  listed and read', async () => {
    for (const { id } of await store.runs()) await store.lines(id);
  });
  rmSync(place, { recursive: true });
}

async function postgres(): Promise<void> {
  if (absent !== '') return console.log(`PostgreSQL${absent}`);
  const server = await postgresServer();
  try {
    const store = postgresStore(server.address(await server.database()), {});
    const count = Math.ceil(100_000 / RULES.length);
    const rows = [...rowsOf(count)];
    const bar = performance.now();
    await timed(`${count * RULES.length} findings of ${count} services into PostgreSQL`, () =>
      store.push(headerOn('2026-11-16'), () => rows),
    );
    const seconds = (performance.now() - bar) / 1000;
    console.log(`  the bar is 10 s for 100,000: ${seconds < 10 ? 'kept' : 'MISSED'}`);
    process.exitCode = seconds < 10 ? 0 : 1;
    await timed('  the same again, which is known', () => store.push(headerOn('2026-11-16'), () => rows));
  } finally {
    await server.remove();
  }
}

await folder();
await postgres();
