/** Scripts of pages as text, so that a page carries its own and nothing has to find a file at run time. */
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

/** The modules that hold them. */
export async function generateBrowserScripts(): Promise<Record<string, string>> {
  const report = 'src/report/browser/report-page.js';
  const audit = 'src/report/browser/audit/page.js';
  return {
    'src/generated/report-page.ts': moduleOf('REPORT_PAGE_SCRIPT', "a report's", report, readFileSync(report, 'utf8')),
    'src/generated/audit-page.ts': moduleOf('AUDIT_PAGE_SCRIPT', "an audit's", audit, await bundled(audit)),
  };
}

/** One script of several modules; a page loads none. */
async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minifyWhitespace: true,
    legalComments: 'none',
  });
  return outputFiles.map(({ text }) => text).join('');
}

function moduleOf(constant: string, whose: string, source: string, text: string): string {
  // What would end the element, or begin a comment in it, would be read as markup.
  if (/<\/?script|<!--/i.test(text)) throw new Error(`${source} cannot stand inside a page`);
  return [
    `// Written by scripts/generate.ts from ${source}. Do not edit.`,
    '',
    `/** What ${whose} page does in a browser. */`,
    `export const ${constant} = ${JSON.stringify(text)};`,
    '',
  ].join('\n');
}
