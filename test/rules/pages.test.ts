/** Every rule has a page; every page's answers are what the tool says today. `vitest -u` refreshes the answers, a drift fails. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKLISTS } from '../../src/generated/checklists.ts';
import { findingOn, renderAnswer } from './answer.ts';
import { type Example, readPage } from './page.ts';

const FOLDER = 'fixtures/rules';
const RULES = CHECKLISTS.flatMap((checklist) => checklist.rules.map((rule) => rule.id));
const READY = ['verified', 'declared', 'not-applicable'];

describe('example pages', () => {
  it('exist for every rule and for nothing else', () => {
    const pages = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
    expect(pages.map((file) => file.replace(/\.md$/, '').replaceAll('\\', '/')).sort()).toEqual([...RULES].sort());
  });

  for (const rule of RULES.filter((id) => existsSync(`${FOLDER}/${id}.md`))) {
    it(rule, async () => {
      const path = `${FOLDER}/${rule}.md`;
      const text = readFileSync(path, 'utf8');
      const examples = readPage(text);
      const kinds = examples.map((example) => example.expects);
      expect(kinds).toContain('ready');
      expect(kinds).toContain('not ready');
      let page = text;
      for (const example of [...examples].reverse()) page = await answered(page, example, rule);
      await expect(page).toMatchFileSnapshot(resolve(path));
    });
  }
});

async function answered(page: string, example: Example, rule: string): Promise<string> {
  const finding = await findingOn(example, rule);
  const label = `${rule} "${example.title}" is ${finding.standing}: ${finding.because}`;
  if (example.expects === 'ready') expect(READY, label).toContain(finding.standing);
  if (example.expects === 'not ready') expect(READY, label).not.toContain(finding.standing);
  const [start, end] = example.answer;
  const gap = start === end ? '\n\n' : '';
  return page.slice(0, start) + gap + renderAnswer(finding) + page.slice(end);
}
