/** The lines that a report points at: by their content, each file read once, and nothing of what cannot be read. */
import { describe, expect, it } from 'vitest';
import { linesOf } from '../src/lines.ts';
import { memoryRepo } from '../src/repo/memory.ts';
import { at, finding, problem, service } from './report/sample-report.ts';

describe('the lines that unmet findings point at', () => {
  const files = { 'gonogo.yaml': 'kind: Service\r\nname: shop\r\n', 'a.yaml': 'replicas: 1\n', 'met.yaml': 'x\n' };

  it('are told by path and line, with length and hash', () => {
    const unmet = finding('a/b', 'fail', {
      claim: at('gonogo.yaml:2:3'),
      evidence: [at('a.yaml')],
      problems: [problem('gonogo.yaml:2', 'x'), problem('gonogo.yaml:9', 'no such line'), problem('gone.yaml:1', 'x')],
    });
    const met = finding('a/c', 'pass', { evidence: [at('met.yaml:1')] });
    expect(linesOf([service([unmet, met])], memoryRepo({ files }))).toEqual([
      { path: 'a.yaml', line: 1, length: 11, hash: expect.stringMatching(/^[0-9a-f]+:1$/) },
      { path: 'gonogo.yaml', line: 1, length: 13, hash: expect.stringMatching(/^[0-9a-f]+:1$/) },
      { path: 'gonogo.yaml', line: 2, length: 10, hash: expect.stringMatching(/^[0-9a-f]+:1$/) },
    ]);
  });

  it('are read from each file once, and never from another repository', () => {
    const repo = memoryRepo({ files });
    const read: string[] = [];
    const counting: typeof repo = {
      ...repo,
      read: (path) => {
        read.push(path);
        return repo.read(path);
      },
    };
    const problems = [
      problem('a.yaml:1', 'x'),
      { ...problem(undefined, 'y'), at: { path: 'met.yaml', root: 'acme/x' } },
    ];
    linesOf(
      [service([finding('a/b', 'warn', { problems })]), service([finding('a/b', 'waived', { problems })])],
      counting,
    );
    expect(read).toEqual(['a.yaml', 'gonogo.yaml']);
  });
});
