/** Reads JMeter's table of samples (JTL as CSV) and computes what its dashboard would show. Reads no XML. */
import { type LoadReading, type Measured, tidy } from './run.ts';

interface Sample {
  readonly elapsed: number;
  readonly success: boolean;
  /** Milliseconds since 1970; NaN where JMeter was told to write another form. */
  readonly start: number;
}

/** A result when the first line names JMeter's columns. Rows that sum up a transaction's requests would count them twice and are left out. */
export function readJtl(text: string): LoadReading {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').split(',').map((name) => name.trim());
  if (!['timeStamp', 'elapsed', 'success'].every((name) => header.includes(name))) return { kind: 'other' };
  const column = (name: string): number => header.indexOf(name);
  const rows = csvRows(text);
  if (!rows)
    return { kind: 'broken', reason: 'invalid-syntax', detail: 'a quote in the table of samples is out of place' };
  const samples = rows.slice(1).flatMap((row): readonly Sample[] => {
    const elapsed = row[column('elapsed')] ?? '';
    const isSum = /^Number of samples in transaction/.test(row[column('responseMessage')] ?? '');
    if (isSum || row.length < header.length || !/^\d+$/.test(elapsed)) return [];
    const stamp = row[column('timeStamp')] ?? '';
    return [
      {
        elapsed: Number(elapsed),
        success: row[column('success')] === 'true',
        start: /^\d{12,14}$/.test(stamp) ? Number(stamp) : Number.NaN,
      },
    ];
  });
  if (samples.length === 0)
    return { kind: 'broken', reason: 'invalid-syntax', detail: 'the table of samples has no complete row' };
  return { kind: 'result', measured: { ...summed(samples), line: 1 } };
}

function summed(samples: readonly Sample[]): Omit<Measured, 'line'> {
  const times = samples.map(({ elapsed }) => elapsed).sort((a, b) => a - b);
  const start = samples.reduce((least, sample) => Math.min(least, sample.start), Number.POSITIVE_INFINITY);
  const end = samples.reduce((most, sample) => Math.max(most, sample.start + sample.elapsed), 0);
  const seconds = Number.isFinite(start) && Number.isFinite(end) && end > start ? (end - start) / 1000 : undefined;
  return tidy({
    tool: 'jmeter' as const,
    latencyMs: tidy({
      p50: nearestRank(times, 50),
      p95: nearestRank(times, 95),
      p99: nearestRank(times, 99),
      max: times.at(-1),
    }),
    rps: seconds === undefined ? undefined : samples.length / seconds,
    errorRatio: samples.filter(({ success }) => !success).length / samples.length,
    requests: samples.length,
    durationS: seconds,
    date: seconds === undefined ? undefined : new Date(start).toISOString().slice(0, 10),
  });
}

/** The smallest value that at least this share of the sorted values does not exceed. */
export function nearestRank(sorted: readonly number[], percentile: number): number | undefined {
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)];
}

/** Rows of comma-separated text; quoted cells may hold commas, line ends and doubled quotes. Undefined where a quote is out of place. */
function csvRows(text: string): readonly (readonly string[])[] | undefined {
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) return undefined;
    row.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
