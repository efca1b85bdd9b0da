/** A digest as Markdown: one page, which links and notifies nobody where it is posted. */
import type { Digest } from '../trends/digest.ts';
import { type DigestSection, digestPage } from './digest-page.ts';
import { joined, type Markdown, remark } from './markdown-template.ts';

/** The page. */
export function digestMarkdown(digest: Digest): string {
  const { title, lead, sections } = digestPage(digest);
  return remark`# ${title}

${lead.map((sentence) => remark`${sentence} `)}

${joined(sections.map(sectionOf), '\n')}`.source.replace(/ +$/gm, '');
}

function sectionOf({ title, lead, columns, numbers = [], rows }: DigestSection): Markdown {
  if (rows.length === 0) return remark`## ${title}\n\n${lead}\n`;
  const rule = columns.map((_, index) => ({ source: numbers.includes(index) ? '---:' : '---' }));
  return remark`## ${title}

${lead}

${rowOf(columns.map((column) => remark`${column}`))}${rowOf(rule)}${rows.map((row) => rowOf(row.map((cell) => remark`${cell}`)))}`;
}

function rowOf(cells: readonly Markdown[]): Markdown {
  return remark`| ${joined(cells, ' | ')} |\n`;
}
