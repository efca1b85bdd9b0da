/** Runs in a real PostgreSQL: once however often and by however many they are pushed, whole or not at all, whatever becomes of the server. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceReport } from '../../src/model.ts';
import type { AuditRow } from '../../src/model-audit.ts';
import { folderStore } from '../../src/store/folder-store.ts';
import { keptOf } from '../../src/store/line.ts';
import { MIGRATIONS } from '../../src/store/postgres/migrations.ts';
import { postgresStore } from '../../src/store/postgres/postgres-store.ts';
import { anyAudit, HEADER, rowOf, unjudgedRow } from '../audit/sample-audit.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { several } from '../report/sample-report.ts';
import { absent, type PostgresServer, postgresServer, SECRET } from './postgres-server.ts';

const ROWS = [unjudgedRow('acme/broken'), rowOf('acme/shop', several())];
const rows = () => ROWS;
const { run, lines } = keptOf(HEADER, ROWS);

/** The same, with a first rule that counts only later. */
function announcing(service: ServiceReport): ServiceReport {
  const [first, ...rest] = service.findings;
  return { ...service, findings: first ? [{ ...first, countsFrom: '2027-01-01' }, ...rest] : [] };
}

describe.skipIf(absent !== '')(`a store in a real PostgreSQL${absent}`, { timeout: 120_000 }, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresServer();
  }, 120_000);
  afterAll(() => server?.remove(), 60_000);

  async function counts(database: string): Promise<unknown> {
    const [first] = await server.query(
      database,
      'select (select count(*)::int from gonogo.runs) as runs, (select count(*)::int from gonogo.services) as services, (select count(*)::int from gonogo.findings) as findings',
    );
    return first;
  }

  const findings = ROWS.flatMap(({ services }) => services.flatMap((it) => it.findings)).length;
  const WHOLE = { runs: 1, services: lines.length, findings };

  it('is empty before anything is pushed, keeps a run once, and gives it back as a folder does', async () => {
    const database = await server.database();
    const store = postgresStore(server.address(database), {});
    expect(await store.runs()).toEqual([]);
    await expect(store.lines(run.id)).rejects.toThrow(`there is no run ${run.id}`);
    expect(await server.query(database, "select 1 from pg_namespace where nspname = 'gonogo'")).toEqual([]);
    expect(await store.push(HEADER, rows)).toBe('stored');
    expect(await store.push(HEADER, rows)).toBe('known');
    expect(await store.runs()).toEqual([run]);
    expect(await store.lines(run.id)).toEqual(lines);
    expect(await counts(database)).toEqual(WHOLE);
    const [first] = await server.query(
      database,
      "select * from gonogo.findings where ruling = 'fail' order by rule limit 1",
    );
    const finding = ROWS.flatMap(({ services }) => services.flatMap((it) => it.findings))
      .filter(({ ruling }) => ruling === 'fail')
      .sort((a, b) => (a.rule < b.rule ? -1 : 1))[0];
    expect(first).toMatchObject({
      rule: finding?.rule,
      because: finding?.because,
      severity: finding?.severity,
      path: finding?.problems[0]?.at?.path,
    });
  });

  it('keeps a run once where eight push it at once into an empty database', async () => {
    const database = await server.database();
    const pushes = Array.from({ length: 8 }, () => postgresStore(server.address(database), {}).push(HEADER, rows));
    expect((await Promise.all(pushes)).sort()).toEqual([...Array(7).fill('known'), 'stored']);
    expect(await counts(database)).toEqual(WHOLE);
  });

  it('orders runs by their day, then by when they came', async () => {
    const store = postgresStore(server.address(await server.database()), {});
    for (const [asOf, version] of [
      ['2026-11-09', 'b'],
      ['2026-11-02', 'c'],
      ['2026-11-02', 'a'],
    ] as const)
      await store.push({ ...HEADER, asOf, tool: { name: 'gonogo', version } }, rows);
    expect((await store.runs()).map(({ asOf, tool }) => `${asOf} ${tool.version}`)).toEqual([
      '2026-11-02 c',
      '2026-11-02 a',
      '2026-11-09 b',
    ]);
  });

  it('refuses tables of a newer version, for reading and for writing', async () => {
    const database = await server.database();
    const store = postgresStore(server.address(database), {});
    await store.push(HEADER, rows);
    await server.query(database, `update gonogo.schema_version set version = ${MIGRATIONS.length + 1}`);
    await expect(store.runs()).rejects.toThrow("the store's tables are of a newer gonogo");
    await expect(store.push(HEADER, rows)).rejects.toThrow("the store's tables are of a newer gonogo");
    expect(await counts(database)).toEqual(WHOLE);
  });

  it('reads the tables of an older version as they are, and changes them by the next push', async () => {
    const database = await server.database();
    const store = postgresStore(server.address(database), {});
    await store.push(HEADER, rows);
    await server.query(database, 'alter table gonogo.services drop column announced');
    await server.query(database, 'update gonogo.schema_version set version = 1');
    expect(await store.lines(run.id)).toEqual(lines);
    const next = [rowOf('acme/shop', { ...several(), services: several().services.map(announcing) })];
    expect(await store.push({ ...HEADER, asOf: '2026-11-23' }, () => next)).toBe('stored');
    const [, later] = await store.runs();
    for (const { announced } of await store.lines(later?.id ?? ''))
      expect(announced).toEqual([{ rule: expect.any(String), from: '2027-01-01' }]);
    expect(await store.lines(run.id)).toEqual(lines);
  });

  it('keeps nothing of a run whose rows end in trouble, and all of it the next time', async () => {
    const database = await server.database();
    const store = postgresStore(server.address(database), {});
    let passes = 0;
    function* torn(): Iterable<AuditRow> {
      yield* ROWS;
      if (++passes === 2) throw new Error('the journal is gone');
    }
    await expect(store.push(HEADER, torn)).rejects.toThrow('the journal is gone');
    expect(await counts(database)).toEqual({ runs: 0, services: 0, findings: 0 });
    expect(await store.push(HEADER, rows)).toBe('stored');
    expect(await counts(database)).toEqual(WHOLE);
  });

  it('keeps nothing of a run in whose midst the server is killed, says so, and completes it once when it is back', async () => {
    const database = await server.database();
    const store = postgresStore(server.address(database), {});
    const many = Array.from({ length: 300 }, (_, index) => rowOf(`acme/shop-${index}`, several()));
    await store.push({ ...HEADER, asOf: '2026-01-01' }, rows);
    let killed: Promise<void> | undefined;
    let passes = 0;
    function* deadly(): Iterable<AuditRow> {
      passes++;
      for (const [index, row] of many.entries()) {
        if (passes === 2 && index === 150) killed = server.kill();
        yield row;
      }
    }
    await expect(store.push(HEADER, deadly)).rejects.toThrow(/fails: (it went away meanwhile|.*terminat)/);
    await killed;
    await expect(store.push(HEADER, () => many)).rejects.toThrow(/nobody listens there|no such socket/);
    await server.start();
    expect((await store.runs()).map(({ asOf }) => asOf)).toEqual(['2026-01-01']);
    expect(await store.push(HEADER, () => many)).toBe('stored');
    expect(await store.push(HEADER, () => many)).toBe('known');
    expect((await store.runs()).map(({ services }) => services)).toEqual([lines.length, many.length * lines.length]);
  });

  it('takes the password from a password file or its address and never tells it', async () => {
    await server.query('postgres', 'create database asked');
    const address = server.address('asked');
    const open = (line?: string, at = address) => postgresStore(at, line === undefined ? {} : { passwordFile: line });
    await expect(open().runs()).rejects.toThrow('it wants a password, and there is none');
    const escaped = SECRET.replaceAll('\\', '\\\\').replaceAll(':', '\\:');
    expect(await open(`# mine\nother:*:*:*:wrong\nlocalhost:*:asked:*:${escaped}`).runs()).toEqual([]);
    expect(await open(undefined, server.address('asked', { password: SECRET })).runs()).toEqual([]);
    await expect(open('*:*:*:*:not the one').runs()).rejects.toThrow(/does not take the password/);
    await expect(open('*:*:*:*:not the one').runs()).rejects.not.toThrow(/not the one/);
  });

  it('answers the queries that the guide has for dashboards', async () => {
    const database = await server.database();
    await postgresStore(server.address(database), {}).push(HEADER, rows);
    const blocks = [...readFileSync('docs/store.md', 'utf8').matchAll(/```sql\n(select[^`]*)```/g)];
    expect(blocks).toHaveLength(6);
    for (const [, sql = ''] of blocks) await server.query(database, sql);
    const [first] = await server.query(database, blocks[0]?.[1] ?? '');
    const blocked = lines.filter(({ verdict }) => verdict === 'NO-GO').length;
    expect(first).toMatchObject({ not_ready: String(blocked), services: String(lines.length) });
  });

  it('keeps arbitrary audits as a folder does', async () => {
    const database = await server.database();
    const store = postgresStore(server.address(database), {});
    await fc.assert(
      fc.asyncProperty(anyAudit, async (audit) => {
        const folder = folderStore(temporaryFolder(), () => undefined);
        await folder.push(audit, () => audit.rows());
        await store.push(audit, () => audit.rows());
        const [only] = await folder.runs();
        const stored = (await store.runs()).find(({ id }) => id === only?.id);
        expect(stored).toEqual(only);
        expect(await store.lines(only?.id ?? '')).toEqual(await folder.lines(only?.id ?? ''));
      }),
      { numRuns: 8 },
    );
  });
});
