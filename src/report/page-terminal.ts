/** The card for one alert as a terminal shows it: headings, lists and code of the runbook included. Every text passes `flow`, which escapes it. */
import type { Canvas } from './canvas.ts';
import type { Card, CardItem, CardSection, PassageBlock, Span } from './card.ts';
import { type Chunk, type Content, flow, type Lines, stack } from './layout.ts';
import { type Pen, penFor } from './pen.ts';
import { placeText } from './places.ts';

/** The card. */
export function renderCard({ alert, service, taken, sections }: Card, canvas: Canvas): string {
  const pen = penFor(canvas);
  const head = [
    ...flow(pen.width, [{ text: alert, paint: pen.strong, whole: true }]),
    ...flow(pen.width, [service]),
    ...flow(pen.width, [taken === undefined ? undefined : { text: taken, paint: pen.ruling.warn }]),
  ];
  return `${stack([head, ...sections.map((section) => sectionLines(section, pen))]).join('\n')}\n`;
}

function sectionLines({ title, items }: CardSection, pen: Pen): Lines {
  return [
    ...flow(pen.width, [{ text: title.toUpperCase(), paint: pen.strong }]),
    ...items.flatMap((item) => itemLines(item, pen)),
  ];
}

function itemLines(item: CardItem, pen: Pen): Lines {
  switch (item.kind) {
    case 'fact': {
      const label = item.label === undefined ? undefined : { text: `${item.label}:`, paint: pen.strong };
      return flow(pen.width, [label, item.text, placed(item.at, pen)], { indent: 2, hang: 4 });
    }
    case 'absent':
      return flow(
        pen.width,
        [{ text: `${pen.signs.ruling.warn} ${item.text}`, paint: pen.ruling.warn }, placed(item.at, pen)],
        {
          indent: 2,
          hang: 4,
        },
      );
    case 'code':
      return codeLines(item.text, 4, pen);
    default:
      return [
        ...flow(pen.width, [placed(item.at, pen)], { indent: 2 }),
        ...item.blocks.flatMap((block, index) => spaced(block, item.blocks[index - 1], blockLines(block, pen))),
        ...flow(pen.width, [item.left > 0 ? `${item.left} more paragraphs are in the page` : undefined], { indent: 4 }),
      ];
  }
}

function placed(at: Parameters<typeof placeText>[0] | undefined, pen: Pen): Content {
  return at && { text: placeText(at), paint: pen.place, whole: true };
}

/** An empty line before what is not of the same list or table. */
function spaced(block: PassageBlock, before: PassageBlock | undefined, lines: Lines): Lines {
  const together =
    before === undefined ||
    (block.kind === 'row' && before.kind === 'row') ||
    (block.kind === 'text' && before.kind === 'text' && block.marker !== undefined && before.marker !== undefined);
  return together || lines.length === 0 ? lines : ['', ...lines];
}

/** Columns before a passage. */
const MARGIN = 4;

function blockLines(block: PassageBlock, pen: Pen): Lines {
  switch (block.kind) {
    case 'heading':
      return flow(
        pen.width,
        [{ text: '#'.repeat(block.level), paint: pen.strong }, ...chunks(block.spans, pen, pen.strong)],
        {
          indent: MARGIN,
        },
      );
    case 'text': {
      const indent = MARGIN + block.indent;
      const hang = indent + (block.marker === undefined ? 0 : block.marker.length + 1);
      return flow(
        pen.width,
        [block.marker && { text: block.marker, whole: true }, ...chunks(block.spans, pen)].filter(isContent),
        {
          indent,
          hang,
        },
      );
    }
    case 'code':
      return codeLines(block.text, MARGIN + block.indent + 2, pen);
    case 'row':
      return flow(
        pen.width,
        block.cells.flatMap((cell, index) => [...(index === 0 ? [] : ['|']), ...chunks(cell, pen)]),
        { indent: MARGIN, hang: MARGIN + 2 },
      );
    default:
      return flow(pen.width, ['---'], { indent: MARGIN });
  }
}

function isContent(content: Content | ''): content is Content {
  return content !== '';
}

/** Words that were apart stay apart, and those that were not are not parted. */
function chunks(spans: readonly Span[], pen: Pen, paint?: Chunk['paint']): readonly Chunk[] {
  const texts = spans.map(textOf);
  return spans.map((span, index) => {
    const apart = index === 0 || /\s$/.test(texts[index - 1] ?? '') || /^\s/.test(texts[index] ?? '');
    const own = span.kind === 'code' ? pen.place : span.kind === 'strong' ? pen.strong : paint;
    return { text: texts[index]?.trim() ?? '', paint: own, gap: apart ? 1 : 0, whole: span.kind === 'code' };
  });
}

function textOf({ kind, text, target = '' }: Span): string {
  if (kind === 'code') return `\`${text}\``;
  if (kind !== 'link' || target === text || target === '') return text.replace(/\s+/g, ' ');
  return text === '' ? target : `${text} (${target})`;
}

/** Code is never wrapped, so that it can be pasted. */
function codeLines(text: string, indent: number, pen: Pen): Lines {
  return text
    .split('\n')
    .flatMap((line) =>
      line.trim() === ''
        ? ['']
        : flow(pen.width, [{ text: line.trimEnd().replaceAll('\t', '  '), whole: true }], { indent }),
    );
}
