/** Every rule has a page; every page's answers are what the tool says today. `vitest -u` refreshes the answers, a drift fails. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ExampleRun, runPage } from '../../src/examples/run-page.ts';
import { CHECKLISTS, ESTATE } from '../../src/generated/checklists.ts';

const FOLDER = 'fixtures/rules';
const RULES = [...CHECKLISTS, ESTATE].flatMap((checklist) => checklist.rules.map((rule) => rule.id));

describe('example pages', () => {
  it('exist for every rule and for nothing else', () => {
    const pages = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
    expect(pages.map((file) => file.replace(/\.md$/, '').replaceAll('\\', '/')).sort()).toEqual([...RULES].sort());
  });

  for (const rule of RULES.filter((id) => existsSync(`${FOLDER}/${id}.md`))) {
    it(rule, async () => {
      const path = `${FOLDER}/${rule}.md`;
      const text = readFileSync(path, 'utf8');
      const { examples, lacks, text: today } = await runPage(text, rule);
      expect(lacks).toEqual([]);
      expect(examples.filter(({ fits }) => !fits).map(describeRun)).toEqual([]);
      await expect(today).toMatchFileSnapshot(resolve(path));
    });
  }
});

function describeRun({ title, finding }: ExampleRun): string {
  return `"${title}" is ${finding.standing}: ${finding.because}`;
}
