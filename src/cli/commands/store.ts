/** `gonogo store`: an audit that was made is kept, and what is kept is listed. */
import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { openAuditLines } from '../../audit/audit-lines.ts';
import { mergeRuns } from '../../audit/merge.ts';
import type { AuditHeader, AuditRow } from '../../model-audit.ts';
import type { StoredRun } from '../../model-trend.ts';
import { jsonAsMade } from '../../report/json.ts';
import { type Column, tableOf } from '../../report/terminal-table.ts';
import { canvasFor } from '../canvas.ts';
import { storeNeeded } from '../store.ts';
import { print } from '../streams.ts';

/** What is pushed. */
interface Source {
  readonly header: AuditHeader;
  rows(): Iterable<AuditRow>;
  close(): void;
}

/** Pushes runs, all shards of one audit, or an audit in a file; the exit code is 0 also where it was there. */
export async function push(words: readonly string[], command: Command): Promise<void> {
  const store = await storeNeeded(command);
  const source = sourceFrom(words);
  try {
    const answer = await store.push(source.header, source.rows);
    print(answer === 'stored' ? 'stored\n' : 'it is in the store already\n');
  } finally {
    source.close();
    await store.close();
  }
}

function sourceFrom(words: readonly string[]): Source {
  const [only] = words;
  if (only !== undefined && words.length === 1 && statSync(only, { throwIfNoEntry: false })?.isFile())
    return openAuditLines(only);
  const { inventory, rows, close } = mergeRuns(words, { allowMissing: false });
  return { header: inventory.header, rows, close };
}

const COLUMNS: readonly Column<StoredRun>[] = [
  { head: 'DAY', cell: ({ asOf }) => asOf },
  { head: 'run', cell: ({ id }) => id },
  { head: 'services', cell: ({ services }) => String(services), align: 'right' },
  { head: 'repositories', cell: ({ repositories }) => String(repositories), align: 'right' },
  { head: 'not judged', cell: ({ unjudged }) => String(unjudged.length), align: 'right' },
  { head: 'rules', cell: ({ rules }) => String(rules.length), align: 'right', spare: 1 },
  { head: 'gonogo', cell: ({ tool }) => tool.version, spare: 2 },
];

/** Lists the runs. */
export async function list(command: Command): Promise<void> {
  const store = await storeNeeded(command);
  const runs = await store.runs();
  if (command.opts<{ readonly format: string }>().format === 'json') {
    print(jsonAsMade(runs.map(({ rules, ...run }) => ({ ...run, rules: rules.length }))));
    return;
  }
  const { width } = canvasFor({});
  print(
    runs.length === 0
      ? 'the store holds no run\n'
      : `${tableOf(runs, COLUMNS, { width, indent: 0, headPaint: (it) => it }).join('\n')}\n`,
  );
}
