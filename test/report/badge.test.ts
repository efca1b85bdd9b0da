/** The badges: valid for shields.io, readable, and green only where all that was named was judged and nothing blocks. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { format as badge } from '../../src/report/badge.ts';
import { format as picture } from '../../src/report/badge-svg.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { anyReport } from './random-report.ts';
import { conditional, finding, go, noGo, nothingJudged, report, service, several } from './sample-report.ts';

const SCHEMA = JSON.parse(readFileSync('test/report/conformance/shields-endpoint.schema.json', 'utf8'));
const validate = new Ajv({ allErrors: true, strict: false }).compile(SCHEMA);

function badgeOf(it: Report): { label: string; message: string; color: string } {
  const made: unknown = JSON.parse(badge.render(it, canvas()));
  expect(validate(made), JSON.stringify(validate.errors)).toBe(true);
  return made as { label: string; message: string; color: string };
}

/** The elements of a picture, by a parser that refuses whatever is not well-formed. */
function elementsOf(it: Report): { name: string; attributes: Record<string, string>; text: string }[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements.push({ name, attributes: attributes as Record<string, string>, text: '' });
  });
  parser.on('text', (text) => {
    const last = elements.at(-1);
    if (last) last.text += text;
  });
  parser.write(picture.render(it, canvas())).close();
  return elements;
}

/** Contrast of a colour with white, by WCAG 2. */
function contrastWithWhite(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

const PARTLY = report([service([finding('data/a', 'pass')]), service([finding('data/a', 'skip')], { name: 'b' })]);

describe('the badge', () => {
  it.each([
    ['a GO', go(), 'GO · 14 of 14 met', 'brightgreen'],
    ['a CONDITIONAL GO', conditional(), 'CONDITIONAL GO · 1 waived', 'orange'],
    ['a NO-GO', noGo(), 'NO-GO · 4 blocking', 'red'],
    ['several services', several(), 'NO-GO · 2 blocking', 'red'],
    ['a service that no rule applies to', nothingJudged(), 'nothing judged', 'lightgrey'],
    ['only what is skipped', report([service([finding('data/a', 'skip')])]), 'nothing judged', 'lightgrey'],
    ['no service', report([]), 'nothing judged', 'lightgrey'],
    ['one service of two', PARTLY, 'GO · 1 of 2 services judged', 'orange'],
  ])('of %s', (_, it, message, color) => {
    expect(badgeOf(it)).toMatchObject({ label: 'production readiness', message, color });
  });

  it('is as committed', async () => {
    await expect(badge.render(noGo(), canvas())).toMatchFileSnapshot('__golden__/badge-no-go.json.txt');
    await expect(picture.render(noGo(), canvas())).toMatchFileSnapshot('__golden__/badge-no-go.svg.txt');
  });

  it('of any report is valid, holds no text of it, and is green only where nothing blocks or is waived', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        expect(offences(picture.render(it, canvas()))).toEqual([]);
        const { label, message, color } = badgeOf(it);
        expect(message).toMatch(
          /^((NO-GO|CONDITIONAL GO|GO) · \d+ (blocking|waived|of \d+ (met|services judged))|nothing judged)$/,
        );
        const rulings = it.services.flatMap(({ findings }) => findings.map(({ ruling }) => ruling));
        const good = !rulings.some((ruling) => ruling === 'fail' || ruling === 'waived');
        const all = it.services.every(({ findings }) => findings.some(({ ruling }) => ruling !== 'skip'));
        expect(color === 'brightgreen').toBe(good && all);
        const words = `${label}: ${message}`;
        const [svg, title] = elementsOf(it);
        expect([svg?.attributes.role, svg?.attributes['aria-label'], title?.name, title?.text.trim()]).toEqual([
          'img',
          words,
          'title',
          words,
        ]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the picture', () => {
  it('is self-contained: it names no address but that of its own grammar', () => {
    expect(picture.render(noGo(), canvas()).match(/\w+:\/\/[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
    expect(elementsOf(noGo()).map(({ name }) => name)).toEqual(['svg', 'title', 'rect', 'path', 'g', 'text', 'text']);
  });

  it.each([go(), conditional(), noGo(), nothingJudged()])('has white text on colours of enough contrast', (it) => {
    const fills = elementsOf(it).filter(({ name }) => name === 'rect' || name === 'path');
    for (const { attributes } of fills) expect(contrastWithWhite(attributes.fill ?? '')).toBeGreaterThanOrEqual(4.5);
    expect(fills).toHaveLength(2);
  });

  it('has room for its texts', () => {
    const [svg, , , , , label, message] = elementsOf(conditional()).map(({ attributes }) => attributes);
    const end = (text: Record<string, string> | undefined) => Number(text?.x) + Number(text?.textLength);
    expect(end(label)).toBeLessThan(Number(message?.x));
    expect(end(message)).toBeLessThan(Number(svg?.width));
  });
});
