/** What rules ask of files: what was not listed, and what is too much, is said and never taken for absent. */
import { describe, expect, it } from 'vitest';
import type { Answer, Question } from '../../src/evidence/asked-files/question.ts';
import { answerTo, collector } from '../../src/evidence/asked-files.ts';
import { openReading, openSources } from '../../src/evidence/sources.ts';
import { parseYaml } from '../../src/evidence/yaml/yaml.ts';
import { absentManifest } from '../../src/manifest/absent.ts';
import type { Unread } from '../../src/model.ts';
import { memoryRepo } from '../../src/repo/memory.ts';

async function answered(
  question: Question,
  files: Readonly<Record<string, string>>,
  skipped: readonly Unread[] = [],
): Promise<Answer> {
  const memory = memoryRepo({ files });
  const repo: typeof memory = { ...memory, list: () => ({ ...memory.list(), skipped }) };
  const reading = openReading(repo, () => undefined);
  reading.parsers.yaml = parseYaml;
  const { facts } = await collector.collect(openSources(reading, absentManifest('', []), [], {}, [question]));
  return answerTo(JSON.parse(JSON.stringify(facts)), question);
}

const left = (path: string, reason: Unread['reason']): Unread => ({ at: { path }, reason, detail: 'left out' });

describe('what was left out of the listing', () => {
  it.each<[string, Unread, number]>([
    ['LICENSE', left('LICENSE', 'link'), 1],
    ['docs/*.md', left('docs', 'submodule'), 1],
    ['**/LICENSE', left('lib', 'submodule'), 1],
    ['docs/*.md', left('.', 'limit'), 1],
    ['docs/*.md', left('src', 'submodule'), 0],
    ['docs/*.md', left('documents', 'link'), 0],
  ])('%s with %j', async (files, skipped, count) => {
    const { unread } = await answered({ about: 'existence', files }, { 'a.md': '' }, [skipped]);
    expect(unread).toHaveLength(count);
  });
});

it('keeps to a bound of files and says so', async () => {
  const files = Object.fromEntries(Array.from({ length: 2100 }, (_, index) => [`d/${index}.md`, 'x']));
  const answer = await answered({ about: 'existence', files: 'd/*.md' }, files);
  expect(answer.files).toHaveLength(2000);
  expect(answer.unread).toMatchObject([{ reason: 'limit' }]);
});

it('keeps to a bound of text and says so', async () => {
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${index}.md`, 'x\n'.repeat(900_000)]));
  const wanted = { texts: ['y'], patterns: [], ignoreCase: false, wholeWords: true };
  const answer = await answered({ about: 'mentions', files: '*.md', wanted }, files);
  expect(answer.files.filter((it) => it.mentions === undefined).length).toBeGreaterThan(0);
  expect(answer.unread.every(({ reason }) => reason === 'limit')).toBe(true);
  expect(answer.unread.length).toBeGreaterThan(0);
});

it('places values of TOML on their lines, also in lists of tables', async () => {
  const text = '[[tool]]\nname = "a"\n\n[[tool]]\n"name" = "b"\nmore = { deep = 1 }\n';
  const answer = await answered({ about: 'values', files: 'x.toml', path: 'tool.*.name' }, { 'x.toml': text });
  expect(answer.files[0]?.values).toMatchObject([
    { value: 'a', at: { line: 2 } },
    { value: 'b', at: { line: 5 } },
  ]);
});
