/** Scripts of pages as text, so that a page carries its own and nothing has to find a file at run time. */
import { readFileSync } from 'node:fs';

const SCRIPT = 'src/report/browser/report-page.js';

/** The module that holds them. */
export function generateBrowserScripts(): Record<string, string> {
  const text = readFileSync(SCRIPT, 'utf8');
  // What would end the element, or begin a comment in it, would be read as markup.
  if (/<\/?script|<!--/i.test(text)) throw new Error(`${SCRIPT} cannot stand inside a page`);
  return {
    'src/generated/report-page.ts': [
      `// Written by scripts/generate.ts from ${SCRIPT}. Do not edit.`,
      '',
      "/** What a report's page does in a browser. */",
      `export const REPORT_PAGE_SCRIPT = ${JSON.stringify(text)};`,
      '',
    ].join('\n'),
  };
}
