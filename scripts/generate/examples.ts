/** The first ready example of every rule's page, for `gonogo explain`: the pages themselves are not shipped. */
import { existsSync, readFileSync } from 'node:fs';
import { CHECKLISTS, ESTATE } from '../../src/generated/checklists.ts';

const HEADER = '// Written by scripts/generate.ts from fixtures/rules/. Do not edit.\n';

/** `src/generated/examples.ts`. */
export function generateExamples(): Record<string, string> {
  const ids = [...CHECKLISTS, ESTATE].flatMap((list) => list.rules.map((rule) => rule.id));
  const examples = Object.fromEntries(
    ids.map((id) => [id, firstReady(`fixtures/rules/${id}.md`)]).filter(([, text]) => text !== ''),
  );
  const body = `/** Example by rule id, as Markdown. */\nexport const EXAMPLES: Readonly<Record<string, string>> = ${JSON.stringify(examples, null, 2)};\n`;
  return { 'src/generated/examples.ts': `${HEADER}\n${body}` };
}

function firstReady(path: string): string {
  if (!existsSync(path)) return '';
  const sections = readFileSync(path, 'utf8').split(/^(?=## )/m);
  return sections.find((section) => /^## Ready/i.test(section))?.trim() ?? '';
}
