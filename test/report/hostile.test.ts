/** Whatever a repository says: it never reaches a terminal raw, and lines stay within the width. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderExplanation } from '../../src/report/explain.ts';
import { renderRules } from '../../src/report/rules.ts';
import { format } from '../../src/report/terminal.ts';
import { canvas } from './canvas.ts';
import { hostileText, offences, poisoned, withoutColour } from './hostile.ts';
import { anyReport } from './random-report.ts';
import * as change from './sample-change.ts';
import { conditional, go, noGo, several } from './sample-report.ts';
import { FULL_RULE } from './sample-rule.ts';

const REPORTS = [noGo(), conditional(), go(), several(), change.worse(), change.several(), change.baseline()] as const;

const canvases = fc
  .record({
    width: fc.oneof(fc.constant(0), fc.integer({ min: 40, max: 140 })),
    colour: fc.constantFrom(0, 1, 2, 3),
    unicode: fc.boolean(),
    quiet: fc.boolean(),
    verbose: fc.boolean(),
  })
  .map((traits) => canvas({ ...traits, colour: traits.colour as 0 | 1 | 2 | 3 }));

const texts = fc.array(hostileText, { minLength: 1, maxLength: 30 });

/** Words that may be wider than a line: paths and addresses. */
function tooWide(text: string, width: number): readonly string[] {
  const lines = withoutColour(text)
    .split('\n')
    .filter((line) => stringWidth(line) > width);
  return lines.filter((line) => !line.split(' ').some((word) => word.includes('/') && stringWidth(word) > width - 16));
}

describe('hostile text', () => {
  it('never reaches the terminal raw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REPORTS), texts, canvases, (report, words, surface) => {
        expect(offences(format.render(poisoned(report, words), surface))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('never reaches the terminal raw from any report at all, with a change or without', () => {
    fc.assert(
      fc.property(anyReport, canvases, (report, surface) => {
        expect(offences(format.render(report, surface))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is shown, so that a reader sees that something is there', () => {
    const text = format.render(poisoned(noGo(), ['\u202Eevil\u001B[2J']), canvas({ width: 0 }));
    expect(text).toContain('\\u{202e}evil\\u{1b}[2J');
  });

  it('cannot end a link', () => {
    const address = 'https://tickets.lumenpay.io/\u001B\\\u001B[2J';
    const text = format.render(poisoned(conditional(), [address]), canvas({ hyperlinks: true }));
    expect(offences(text)).toEqual([]);
  });

  it('never reaches the terminal raw from an explanation or the list of rules', () => {
    fc.assert(
      fc.property(texts, canvases, (words, surface) => {
        const [text = ''] = words;
        const rule = {
          ...FULL_RULE,
          id: text,
          area: text,
          statement: text,
          why: text,
          fix: text,
          refs: words,
          example: words.join('\n'),
          aliases: words,
        };
        expect(offences(renderExplanation(rule, surface))).toEqual([]);
        expect(offences(renderRules([rule], surface))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('width', () => {
  const ids =
    /^[a-z-]+\/[a-z-]+$|^[\w./-]+\.(yaml|yml|md)$|^(ownership|data|release|runbooks|dependencies|observability|resilience|non-functionals)$/;

  it('is kept whatever the prose is, but by paths and addresses', () => {
    const surfaces = canvases.filter(({ width }) => width > 0);
    fc.assert(
      fc.property(fc.constantFrom(...REPORTS), texts, surfaces, (report, words, surface) => {
        const prose = JSON.parse(JSON.stringify(report), (key, value: unknown) =>
          typeof value === 'string' &&
          ['because', 'statement', 'message', 'why', 'fix', 'detail', 'owner', 'approvedBy'].includes(key) &&
          !ids.test(value)
            ? (words[value.length % words.length] ?? value)
            : value,
        );
        expect(tooWide(format.render(prose, surface), surface.width)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it.each([40, 60, 80, 120])('of %i columns is kept by reports, explanations and the list of rules', (width) => {
    const surface = canvas({ width, verbose: true });
    for (const report of REPORTS) expect(tooWide(format.render(report, surface), width)).toEqual([]);
    const { example: _, ...rule } = FULL_RULE;
    const explanation = renderExplanation(rule, surface).replace(/TO WAIVE IT[\s\S]*?SOURCES/, '');
    expect(tooWide(explanation, width)).toEqual([]);
    expect(tooWide(renderRules([FULL_RULE], surface), width)).toEqual([]);
  });

  it('is not limited where the output is no terminal', () => {
    const because = 'word '.repeat(100).trim();
    const report = conditional();
    const [service] = report.services;
    if (!service) throw new Error('the sample has a service');
    const findings = service.findings.map((finding) => ({ ...finding, because }));
    const text = format.render({ ...report, services: [{ ...service, findings }] }, canvas({ width: 0 }));
    expect(text).toContain(because);
  });
});
