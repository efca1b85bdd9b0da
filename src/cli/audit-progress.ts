/** The progress of an audit on stderr, with the clock of this machine. */
import { type Progress, progressOf } from './progress.ts';
import { complain } from './streams.ts';

/** Milliseconds between two looks at what takes long. */
const EVERY = 500;

const SILENT: Progress = {
  begin: () => undefined,
  row: () => undefined,
  tick: () => undefined,
  end: () => undefined,
};

/** The progress over so many repositories; none where nobody wants it. */
export function watched(total: number, wanted: boolean): Progress {
  if (!wanted) return SILENT;
  const progress = progressOf(total, {
    width: process.stderr.isTTY ? (process.stderr.columns ?? 80) : 0,
    now: () => performance.now(),
    write: complain,
  });
  const timer = setInterval(progress.tick, EVERY).unref();
  return {
    ...progress,
    end() {
      clearInterval(timer);
      progress.end();
    },
  };
}
