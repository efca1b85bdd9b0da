/** A handover as Markdown. */
import type { Group, Handover, Line, Mark, Section, ServiceHandover } from '../handover/handover.ts';
import type { Place } from '../model.ts';
import { MARKS, markMeaning, markWord, originWords, serviceWords, shareWords } from './handover-words.ts';
import { fenced, link, type Markdown, md } from './markdown-template.ts';
import { placeAddress } from './place-link.ts';
import { lineText, placeText } from './places.ts';
import { nameWords } from './words.ts';

/** The page; `base` leads from its folder to the repository's root. */
export function handoverMarkdown(handover: Handover, base: string): string {
  const { services, notes } = handover;
  return md`${services.map((service) => servicePage(handover, service, base))}${notes.map((note) => md`> Note: ${note}\n\n`)}`.source.replace(
    /\n+$/,
    '\n',
  );
}

function servicePage(handover: Handover, service: ServiceHandover, base: string): Markdown {
  return md`# ${service.title}: handover

${serviceWords(service)}. Readiness: **${service.verdict}**. ${originWords(handover)}

${shareWords(service)}; each says which it is, and where to look.

| Mark | Lines | What it means |
| --- | --- | --- |
${MARKS.flatMap((mark) => legendRow(mark, service.marks[mark]))}
${service.sections.map((section) => sectionOf(section, base))}`;
}

function legendRow(mark: Mark, count: number): readonly Markdown[] {
  return count === 0 ? [] : [md`| ${markWord(mark)} | ${count} | ${markMeaning(mark)} |\n`];
}

function sectionOf({ title, lead, groups }: Section, base: string): Markdown {
  return md`## ${title}\n\n${lead !== undefined && md`${lead}\n\n`}${groups.map((group) => groupOf(group, base))}`;
}

function groupOf({ title, lines }: Group, base: string): Markdown {
  return md`${title !== undefined && md`### ${title}\n\n`}${lines.map((it) => lineOf(it, base))}\n`;
}

function lineOf({ label, text, mark, because, places, quote }: Line, base: string): Markdown {
  const where = places.map((place) => md` · ${placeOf(place, base)}`);
  const why = because !== undefined && md`: ${because}`;
  return md`- **${nameWords(label)}**: ${text} (*${markWord(mark)}*${why})${where}\n${quote && md`\n${fenced(quote, '  ')}`}`;
}

function placeOf(place: Place, base: string): Markdown {
  const address = placeAddress(place, base);
  return address === undefined ? md`${placeText(place)}` : link(lineText(place), address);
}
