/** The card for one alert as Markdown, to be sent or pasted. Every text passes the escaper, also what was Markdown in the runbook. */
import type { Card, CardItem, CardSection, PassageBlock, Span } from './card.ts';
import { blockMarkdown, codeMarkdown, linkMarkdown, plainMarkdown } from './escape-markdown.ts';
import { visible } from './escape-terminal.ts';
import { placeText } from './places.ts';

/** The card. */
export function markdownCard({ alert, service, taken, sections }: Card): string {
  const head = [
    `# ${plainMarkdown(alert)}`,
    plainMarkdown(service),
    ...(taken === undefined ? [] : [`> ${plainMarkdown(taken)}`]),
  ];
  return `${[...head, ...sections.map(sectionMarkdown)].join('\n\n')}\n`;
}

function sectionMarkdown({ title, items }: CardSection): string {
  const parts = items.map((item) => ({
    text: itemMarkdown(item),
    tight: item.kind === 'fact' || item.kind === 'absent',
  }));
  const body = parts
    .map(({ text, tight }, index) => `${index === 0 ? '' : tight && parts[index - 1]?.tight ? '\n' : '\n\n'}${text}`)
    .join('');
  return `## ${plainMarkdown(title)}\n\n${body}`;
}

function itemMarkdown(item: CardItem): string {
  const at = 'at' in item && item.at ? ` (${codeMarkdown(placeText(item.at))})` : '';
  switch (item.kind) {
    case 'fact': {
      const label = item.label === undefined ? '' : `**${plainMarkdown(item.label)}**: `;
      return `- ${label}${withLinks(item.text)}${at}`;
    }
    case 'absent':
      return `- ⚠ ${withLinks(item.text)}${at}`;
    case 'code':
      return blockMarkdown(item.text, item.language);
    default: {
      const shown = item.blocks
        .map((block, index) => `${between(block, item.blocks[index - 1])}${blockOf(block)}`)
        .join('');
      const left = item.left > 0 ? `\n>\n> ${item.left} more paragraphs are in the page` : '';
      return `${at === '' ? '' : `From${at.replace(' (', ' ').slice(0, -1)}:\n\n`}${quoted(shown)}${left}`;
    }
  }
}

/** Addresses in a sentence of ours can be followed. */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"'`\\()[\],;]+)/)
    .map((part, index) => (index % 2 === 1 ? linkMarkdown(part, part) : plainText(part)))
    .join('');
}

/** Spaces around an address stay. */
function plainText(text: string): string {
  const words = text.trim();
  if (words === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${plainMarkdown(words)}${/\s$/.test(text) ? ' ' : ''}`;
}

function between(block: PassageBlock, before: PassageBlock | undefined): string {
  if (before === undefined) return '';
  const together =
    block.kind === 'text' && before.kind === 'text' && block.marker !== undefined && before.marker !== undefined;
  return together || (block.kind === 'row' && before.kind === 'row') ? '\n' : '\n\n';
}

function blockOf(block: PassageBlock): string {
  switch (block.kind) {
    case 'heading':
      return `**${spansMarkdown(block.spans)}**`;
    case 'text':
      return `${' '.repeat(block.indent)}${block.marker === undefined ? '' : `${block.marker} `}${spansMarkdown(block.spans)}`;
    case 'code':
      return indented(blockMarkdown(block.text, block.language), block.indent);
    case 'row':
      return `- ${block.cells.map(spansMarkdown).join(' / ')}`;
    default:
      return '***';
  }
}

function indented(text: string, columns: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(columns));
}

/** The runbook's words stand in a quote, so that they are told from the card's. */
function quoted(text: string): string {
  return text.replace(/^/gm, '> ').replace(/ +$/gm, '');
}

/** Two pieces of code side by side would be read as one. */
function spansMarkdown(spans: readonly Span[]): string {
  return spans
    .map(spanMarkdown)
    .reduce((before, it) => `${before}${before.endsWith('`') && it.startsWith('`') ? ' ' : ''}${it}`, '')
    .trim();
}

function spanMarkdown({ kind, text, target = '' }: Span): string {
  if (kind === 'code') return visible(text) === '' ? '' : codeMarkdown(text);
  if (kind === 'link') return linkMarkdown(text, target);
  if (kind === 'text' || text.trim() === '') return plainText(text);
  return `**${plainMarkdown(text.trim())}**`;
}
