/** How far an audit has come, for whoever waits: one line that is rewritten on a terminal, a plain line now and then where there is none. */
import type { AuditRow } from '../model-audit.ts';
import { visible } from '../report/escape-terminal.ts';
import { columnsOf } from '../report/layout.ts';
import { counted } from '../report/words.ts';

/** Where it is shown, and what time it is. */
export interface Screen {
  /** Columns of the terminal; 0 where there is none. */
  readonly width: number;
  /** Milliseconds that never go backwards. */
  now(): number;
  write(text: string): void;
}

/** Told of what happens; `tick` every now and then in between. */
export interface Progress {
  begin(repo: string): void;
  row(row: Pick<AuditRow, 'repo' | 'outcome'>): void;
  tick(): void;
  /** Leaves nothing on a terminal. */
  end(): void;
}

/** Milliseconds between two lines. */
const REWRITTEN = 100;
const PLAIN = 10_000;
/** A tenth of the way is worth a plain line too. */
const PARTS = 10;

interface Slow {
  readonly repo: string;
  readonly ms: number;
}

/** The progress over so many repositories. */
export function progressOf(total: number, screen: Screen): Progress {
  const begun = new Map<string, number>();
  const start = screen.now();
  let [done, failed, said, shown] = [0, 0, start, 0];
  let slowest: Slow | undefined;
  const isTerminal = screen.width > 0;

  function measure(repo: string, since: number): void {
    const ms = screen.now() - since;
    if (ms > (slowest?.ms ?? 0)) slowest = { repo, ms };
  }
  function line(): string {
    return lineOf({ done, total, failed, ms: screen.now() - start, ...(slowest && { slowest }) });
  }
  function say(): void {
    said = screen.now();
    const text = line();
    screen.write(isTerminal ? `\r\u001B[K${fitting(text, screen.width)}` : `${text}\n`);
    shown = done;
  }
  function tick(): void {
    for (const [repo, since] of begun) measure(repo, since);
    if (screen.now() - said >= (isTerminal ? REWRITTEN : PLAIN)) say();
  }
  return {
    begin: (repo) => void begun.set(repo, screen.now()),
    row({ repo, outcome }) {
      const since = begun.get(repo);
      if (since !== undefined) measure(repo, since);
      begun.delete(repo);
      done++;
      if (outcome !== 'judged') failed++;
      const isPart = !isTerminal && done - shown >= Math.max(total / PARTS, 100);
      if (isPart) say();
      else tick();
    },
    tick,
    end() {
      if (isTerminal) screen.write('\r\u001B[K');
    },
  };
}

interface State {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly ms: number;
  readonly slowest?: Slow;
}

function lineOf({ done, total, failed, ms, slowest }: State): string {
  const rate = ms > 0 ? (done * 1000) / ms : 0;
  return [
    `${done} / ${total}`,
    rate > 0 ? `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s` : '',
    rate > 0 && done < total ? `${lasting(((total - done) * 1000) / rate)} left` : '',
    failed > 0 ? `${counted(failed, 'repository', 'repositories')} not judged` : '',
    slowest && slowest.ms >= 1000 ? `slowest ${visible(slowest.repo)} ${lasting(slowest.ms)}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function lasting(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** A line that wraps could not be rewritten. */
function fitting(text: string, width: number): string {
  let cut = text;
  while (cut !== '' && columnsOf(cut) >= width) cut = [...cut].slice(0, -1).join('');
  return cut.trimEnd();
}
