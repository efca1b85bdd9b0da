/** The progress of an audit: what is said when, by a clock of the test's own. */
import { describe, expect, it } from 'vitest';
import { progressOf } from '../../src/cli/progress.ts';

/** A progress over so many, what it wrote, and its clock. */
function watching(total: number, width: number) {
  let now = 5000;
  const said: string[] = [];
  const progress = progressOf(total, { width, now: () => now, write: (text) => void said.push(text) });
  return {
    progress,
    said,
    pass: (ms: number) => {
      now += ms;
      progress.tick();
    },
    judge: (repo: string, ms: number, outcome: 'judged' | 'timeout' = 'judged') => {
      progress.begin(repo);
      now += ms;
      progress.row({ repo, outcome });
    },
  };
}

describe('progress', () => {
  it('rewrites one line on a terminal, never wider than it, and leaves nothing', () => {
    const { progress, said, judge } = watching(4, 40);
    judge('acme/a', 2000);
    judge('acme/b', 6000, 'timeout');
    progress.end();
    expect(said).toEqual([
      '\r\u001B[K1 / 4, 0.5/s, 6 s left, slowest acme/a',
      '\r\u001B[K2 / 4, 0.3/s, 8 s left, 1 repository no',
      '\r\u001B[K',
    ]);
  });

  it('writes plain lines where there is none: every ten seconds, or a tenth of the way', () => {
    const { progress, said, judge, pass } = watching(3000, 0);
    for (let index = 0; index < 300; index++) judge(`acme/${index}`, 10);
    expect(said).toEqual(['300 / 3000, 100/s, 27 s left\n']);
    progress.begin('acme/slow');
    pass(9000);
    expect(said).toHaveLength(1);
    pass(2000);
    progress.end();
    expect(said.slice(1)).toEqual(['300 / 3000, 21/s, 2 min 6 s left, slowest acme/slow 11 s\n']);
  });

  it('writes no more often than that for a few', () => {
    const { said, judge } = watching(10, 0);
    for (let index = 0; index < 10; index++) judge(`acme/${index}`, 100);
    expect(said).toEqual([]);
  });

  it('shows what a name hides', () => {
    const { said, judge } = watching(2, 200);
    judge('evil\u001B[2J\n::error::x\u202E', 3000);
    expect(said.join('')).toContain('slowest evil\\u{1b}[2J \\u{3a}:error::x\\u{202e} 3 s');
  });
});
