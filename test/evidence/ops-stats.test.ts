import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector as incidents } from '../../src/evidence/incidents.ts';
import { numberIn } from '../../src/evidence/ops-stats/cells.ts';
import { columnOf } from '../../src/evidence/ops-stats/columns.ts';
import { readCsv } from '../../src/evidence/ops-stats/csv.ts';
import { dayReader, mondayOf } from '../../src/evidence/ops-stats/days.ts';
import { incidentsOf } from '../../src/evidence/ops-stats/incidents.ts';
import { MOST_ROWS } from '../../src/evidence/ops-stats/table.ts';
import { collector } from '../../src/evidence/ops-stats.ts';
import { HEAD, sourcesOf } from './sources-of.ts';

async function read(text: string, path = 'ops/stats/weekly.csv') {
  return collector.collect(sourcesOf({ [path]: text }));
}

describe('columns', () => {
  it.each([
    ['week', 'week', undefined],
    ['Week of', 'week', undefined],
    ['Availability (%)', 'availability', '%'],
    ['availability_pct', 'availability', 'pct'],
    ['latency_p95_ms', 'latency_p95', 'ms'],
    ['p99 response time (s)', 'latency_p99', 's'],
    ['Mean time to resolve [min]', 'time_to_resolve', 'min'],
    ['time_to_react_critical', 'time_to_react_critical', undefined],
    ['MTTR sev1 h', 'time_to_resolve_critical', 'h'],
    ['critical incidents', 'incidents_critical', undefined],
    ['requests', 'requests', undefined],
    ['rps', 'traffic', undefined],
    ['requests_rps', 'traffic', 'rps'],
    ['open bugs', 'bugs', undefined],
    ['SLA', 'sla', undefined],
    ['Actions taken', 'action', undefined],
    ['Verfügbarkeit', undefined, undefined],
    ['latency budget owner', undefined, undefined],
  ])('%s is %s in %s', (name, means, unit) =>
    expect(columnOf(name)).toMatchObject({ name, ...(means && { means }), ...(unit && { unit }) }),
  );

  it('claims no meaning for a name it does not know', () => {
    expect(columnOf('Verfügbarkeit').means).toBeUndefined();
    expect(columnOf('latency budget owner').means).toBeUndefined();
  });
});

describe('cells', () => {
  const cell = (
    text: string,
    dimension: 'percent' | 'time' | 'count' | 'traffic',
    unit?: string,
    decimalComma = false,
  ) => {
    const reading = numberIn(text, { dimension, unit, decimalComma });
    return 'value' in reading ? reading.value : 'blank' in reading ? 'blank' : 'trouble';
  };
  it.each([
    ['99.95', 'percent', undefined, false, 99.95],
    ['99,95 %', 'percent', undefined, true, 99.95],
    ['0.9995', 'percent', 'ratio', false, 99.95],
    ['99,95', 'percent', undefined, false, 'trouble'],
    ['105', 'percent', undefined, false, 'trouble'],
    ['340ms', 'percent', undefined, false, 'trouble'],
    ['42', 'time', 'min', false, 2_520_000],
    ['1h 20m', 'time', undefined, false, 4_800_000],
    ['PT42M', 'time', undefined, false, 2_520_000],
    ['42', 'time', undefined, false, 'trouble'],
    ['1:20', 'time', undefined, false, 'trouble'],
    ['1.234 ms', 'time', undefined, true, 'trouble'],
    ['0.250 s', 'time', undefined, true, 250],
    ['99%', 'time', undefined, false, 'trouble'],
    ['-5ms', 'time', undefined, false, 'trouble'],
    ['3', 'count', undefined, false, 3],
    ['2.5', 'count', undefined, false, 'trouble'],
    ['1.234', 'count', undefined, false, 'trouble'],
    ['1.234', 'count', undefined, true, 1234],
    ['1,234,567', 'traffic', undefined, false, 1_234_567],
    ['1.2M', 'traffic', undefined, false, 1_200_000],
    ['12 rps', 'traffic', undefined, false, 12],
    ['–', 'time', undefined, false, 'blank'],
    ['', 'count', undefined, false, 'blank'],
    ['many', 'count', undefined, false, 'trouble'],
  ] as const)('%s as %s in %s (decimal commas: %s) is %s', (text, dimension, unit, comma, value) =>
    expect(cell(text, dimension, unit, comma)).toBe(value),
  );

  it('never throws, and never reads a number that is not finite or below nothing', () => {
    const char = fc.constantFrom(...'0123456789.,- %mshdkPTnaN:e+\u00A0x');
    fc.assert(
      fc.property(
        fc.string({ unit: char, maxLength: 45 }),
        fc.constantFrom('percent', 'time', 'count', 'traffic'),
        fc.constantFrom(undefined, 'ms', '%', 'x'),
        fc.boolean(),
        (text, dimension, unit, decimalComma) => {
          const reading = numberIn(text, { dimension, unit, decimalComma });
          if ('value' in reading) expect(reading.value >= 0 && Number.isFinite(reading.value)).toBe(true);
        },
      ),
    );
  });
});

describe('days', () => {
  it('reads ISO days and weeks, and other forms where the column allows one reading', () => {
    const days = (...cells: string[]) => cells.map(dayReader(cells));
    expect(days('2026-08-03', '2026-W32', '2026/8/9')).toEqual(['2026-08-03', '2026-08-03', '2026-08-09']);
    expect(days('03.08.2026')).toEqual(['2026-08-03']);
    expect(days('03/08/2026', '17/08/2026')).toEqual(['2026-08-03', '2026-08-17']);
    expect(days('08/03/2026', '08/17/2026')).toEqual(['2026-08-03', '2026-08-17']);
    expect(days('03/08/2026', '10/08/2026')).toEqual([undefined, undefined]);
    expect(days('2026-02-30', 'W32', '2025-W53')).toEqual([undefined, undefined, undefined]);
  });

  it('begins every ISO week on a Monday of the week with a Thursday in its year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1971, max: 2100 }), fc.integer({ min: 1, max: 52 }), (year, week) => {
        const monday = mondayOf(year, week) ?? '';
        expect(new Date(monday).getUTCDay()).toBe(1);
        expect(new Date(Date.parse(monday) + 3 * 86_400_000).getUTCFullYear()).toBe(year);
      }),
    );
  });
});

describe('files', () => {
  it('reads semicolons, decimal commas, a byte-order mark, quotes, comments and CRLF, each row with its line', async () => {
    const { facts, unread } = await read(
      '\uFEFF# of the ledger\r\nweek;availability;latency_p95_ms;note\r\n2026-08-03;99,95;180;"two\r\nlines"\r\n2026-08-10;99,90;181,5;\r\n',
    );
    expect(unread).toEqual([]);
    expect(facts.faults).toEqual([]);
    expect(facts.rows.map(({ date, values, at }) => [date, values, at.line])).toEqual([
      ['2026-08-03', { availability: 99.95, latency_p95: 180 }, 4],
      ['2026-08-10', { availability: 99.9, latency_p95: 181.5 }, 5],
    ]);
  });

  it('reads YAML and JSON in the shape of the schema, incidents written out included', async () => {
    const week = {
      week: '2026-W32',
      availability: 99.9,
      latency: { p95: '180ms' },
      incidents: [{ id: 'INC-1', severity: 'SEV-1', started: '2026-08-04T02:13Z', resolved: '2026-08-04T03:00Z' }],
    };
    const { facts } = await read(JSON.stringify({ weeks: [week] }, null, 1), 'ops-stats.json');
    expect(facts.rows[0]).toMatchObject({
      date: '2026-08-03',
      values: { availability: 99.9, latency_p95: 180, incidents: 1 },
    });
    expect(facts.incidents?.[0]).toMatchObject({
      id: 'INC-1',
      severity: 'SEV-1',
      on: '2026-08-04',
      resolveMs: 2_820_000,
      at: { line: 10 },
    });
  });

  it.each([
    ['a week that is there twice', 'week,bugs\n2026-08-03,1\n2026-08-03,2\n', 'week', [] as string[]],
    [
      'rows out of order',
      'week,bugs\n2026-08-03,1\n2026-08-10,1\n2026-07-27,2\n2026-08-17,1\n',
      'file',
      ['2026-07-27', '2026-08-03', '2026-08-10', '2026-08-17'],
    ],
    ['a day that is none', 'week,bugs\n2026-02-30,1\n2026-08-03,1\n', 'week', ['2026-08-03']],
    ['a number without its unit', 'week,latency_p95\n2026-08-03,180\n', 'latency_p95', ['2026-08-03']],
    ['a number of another unit', 'week,availability\n2026-08-03,180ms\n', 'availability', ['2026-08-03']],
    ['two columns for one thing', 'week,bugs,open bugs\n2026-08-03,1,2\n', 'bugs', ['2026-08-03']],
  ])('%s is told, and the rest is read', async (_, text, of, dates) => {
    const { facts } = await read(text);
    expect(facts.faults.map((fault) => fault.of)).toEqual([of]);
    expect(facts.rows.map(({ date }) => date)).toEqual(dates);
  });

  it('newest first is an order, too', async () => {
    expect((await read('week,bugs\n2026-08-17,1\n2026-08-10,1\n2026-08-03,1\n')).facts.faults).toEqual([]);
  });

  it.each([
    ['a row with other cells', 'week,bugs\n2026-08-03,1,2\n', 'invalid-syntax'],
    ['an open quote', 'week,bugs\n2026-08-03,"1\n', 'invalid-syntax'],
    ['no column of weeks', 'bugs,incidents\n1,2\n', 'invalid-syntax'],
    ['no columns', 'hello\n', 'invalid-syntax'],
    ['nothing', '', 'invalid-syntax'],
    ['more rows than are read', `week,bugs\n${'2026-08-03,1\n'.repeat(MOST_ROWS + 1)}`, 'limit'],
    ['a file too large', `week,bugs\n${'2026-08-03,1\n'.repeat(200_000)}`, 'too-large'],
  ])('%s is unread', async (_, text, reason) => {
    const { unread } = await read(text);
    expect(unread.map((it) => it.reason)).toEqual([reason]);
  });

  it('leaves rows of other services out', async () => {
    const { facts } = await collector.collect(
      sourcesOf({
        'gonogo.yaml': HEAD,
        'ops/stats/weekly.csv': 'week,service,bugs\n2026-08-03,ledger,1\n2026-08-03,ratings,2\n',
      }),
    );
    expect(facts.rows.map(({ values }) => values)).toEqual([{ bugs: 1 }]);
  });

  it('puts the numbers of one week in several files together, and tells where they differ', async () => {
    const { facts } = await collector.collect(
      sourcesOf({
        'ops/stats/a.csv': 'week,bugs\n2026-08-03,1\n',
        'ops/stats/b.csv': 'week,bugs,incidents\n2026-08-03,2,0\n',
      }),
    );
    expect(facts.rows.map(({ values }) => values)).toEqual([{ bugs: 1, incidents: 0 }]);
    expect(facts.faults.map(({ message }) => message)).toEqual(['2026-08-03 has another bugs in ops/stats/a.csv']);
  });
});

it('registers of incidents are read by the names of their columns', () => {
  const reading = readCsv(
    'Id,Severity,Started,Acknowledged,Time to resolve (min)\nINC-7,SEV2,2026-08-04 02:13,2026-08-04 02:20,42\n',
  );
  const [incident] = ('table' in reading && incidentsOf(reading.table, undefined)) || [];
  expect(incident).toEqual({
    id: 'INC-7',
    severity: 'SEV2',
    on: '2026-08-04',
    reactMs: 420_000,
    resolveMs: 2_520_000,
    line: 2,
  });
});

it('any text at all is read or said to be unreadable', async () => {
  const word = fc.constantFrom(
    'week',
    'bugs',
    ',',
    ';',
    '\n',
    '\t',
    '"',
    '2026-08-03',
    '99,9',
    '\uFEFF',
    '#',
    'incidents:',
    '- ',
    '[',
    '{',
    ': ',
    '180ms',
    '__proto__',
  );
  const text = fc.array(word, { maxLength: 60 }).map((it) => it.join(''));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.constantFrom('ops/stats/a.csv', 'ops/stats/a.yaml', 'ops/incidents.csv', 'ops/incidents.json'),
      async (content, path) => {
        const kind = path.includes('incidents') ? incidents : collector;
        const gathered = await kind.collect(sourcesOf({ [path]: content }));
        expect(JSON.parse(JSON.stringify(gathered))).toEqual(gathered);
        const { facts, unread } = gathered;
        const files = 'files' in facts ? facts.files : facts.registers;
        expect(files.length + unread.length).toBeGreaterThan(0);
      },
    ),
  );
});

describe('the published schema', () => {
  const { $defs } = JSON.parse(readFileSync('schemas/ops-stats.schema.json', 'utf8'));

  it.each(Object.keys($defs.week.properties))('names the column `%s` as the reader knows it', (name) => {
    expect(columnOf(name).means).toBe(name);
  });

  it('names the fields of an incident as the reader knows them', () => {
    const row = {
      id: 'INC-1',
      title: 'a',
      severity: 'major',
      started: '2026-08-04T02:00Z',
      reacted: '2026-08-04T02:05Z',
      resolved: '2026-08-04T03:00Z',
      postmortem: 'a.md',
    };
    const columns = Object.keys(row);
    const [incident] =
      incidentsOf(
        { columns, rows: [{ cells: Object.values(row), line: 2 }], decimalComma: false, cut: false },
        undefined,
      ) ?? [];
    expect(incident).toEqual({
      id: 'INC-1',
      title: 'a',
      severity: 'major',
      on: '2026-08-04',
      until: '2026-08-04',
      reactMs: 300_000,
      resolveMs: 3_600_000,
      review: 'a.md',
      line: 2,
    });
    const known = [...columns, 'react', 'resolve'].sort();
    expect(Object.keys($defs.incident.properties).sort()).toEqual(known);
  });
});
