/** The report as one page: what is on it, that it is well-formed whatever a repository says, and that nothing but a pass looks like one. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report, Ruling } from '../../src/model.ts';
import { format } from '../../src/report/html.ts';
import { canvas } from './canvas.ts';
import { hostileText, offences, poisoned } from './hostile.ts';
import { markupOf } from './html-markup.ts';
import { openText } from './random-parts.ts';
import { anyReport } from './random-report.ts';
import { everything, large, severalChanged } from './sample-page.ts';
import { conditional, finding, go, nothingJudged, report, service } from './sample-report.ts';

const page = (it: Report, base?: string): string => format.render(it, canvas(base === undefined ? {} : { base }));

const SAMPLES = [everything(), severalChanged(), conditional(), go(), nothingJudged()] as const;

describe('a report as a page', () => {
  it.each([
    ['everything', everything()],
    ['several', severalChanged()],
  ])('reads as before: %s', async (name, it) => {
    await expect(page(it)).toMatchFileSnapshot(`__golden__/html-${name}.html`);
  });

  it('is the same for the same report', () => {
    expect(page(everything())).toBe(page(everything()));
  });

  it('may use its own style and script, and nothing else', () => {
    const { elements, style, script } = markupOf(page(everything()));
    const digest = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const policy = elements.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');
    expect(policy?.attributes.content?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src '${digest(script)}'`,
      `style-src '${digest(style)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(elements.filter(({ name }) => ['link', 'img', 'iframe', 'object', 'base'].includes(name))).toEqual([]);
    expect(style).not.toMatch(/@import|url\((?!#)/);
  });

  it('links every place, from where the page lies', () => {
    const hrefs = markupOf(page(everything(), '../../work/payments')).elements.map(({ attributes }) => attributes.href);
    expect(hrefs).toContain('./../../work/payments/config/http-clients.yaml#L22');
    expect(hrefs).toContain('https://tickets.lumenpay.io/OPS-2231');
  });

  it('leads every link within it to the one element that it names', () => {
    for (const it of [...SAMPLES, large(200)]) {
      const { elements } = markupOf(page(it));
      const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
      expect(ids).toEqual([...new Set(ids)]);
      const named = elements.flatMap(({ attributes: { href = '', for: of, 'aria-labelledby': by } }) => [
        ...(href.startsWith('#') ? [href.slice(1)] : []),
        ...(of === undefined ? [] : [of]),
        ...(by === undefined ? [] : [by]),
      ]);
      expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    }
  });

  it('shows every finding, problem, waiver and note', () => {
    const whole = everything();
    const { text } = markupOf(page(whole));
    const [only] = whole.services;
    const said = [
      ...(only?.findings ?? []).flatMap((it) => [it.statement, it.because, it.why, it.fix, it.rule]),
      ...(only?.findings ?? []).flatMap(({ problems }) => problems.map(({ message }) => message)),
      ...(only?.waivers ?? []).flatMap((it) => [it.reason, it.owner, it.expires]),
      ...(only?.looked ?? []).flatMap((it) => [it.note, ...it.unread.map(({ detail }) => detail)]),
      ...(only?.journeys ?? []).map((it) => it.text),
      ...whole.notes,
      'Gate fails: 1 rule that blocks got worse since main',
      '15 days left',
      'GET payments.lumenpay.io/ready',
      'GHSA-35jh-aaaa-bbbb high, 12 d over (+1)',
      '11 + 3 + 8 + 1 = 23 applicable rules',
    ];
    expect(said.filter((it) => !text.includes(it))).toEqual([]);
  });
});

describe('what is no pass', () => {
  const others: readonly Ruling[] = ['fail', 'waived', 'warn', 'trust', 'skip'];

  it('never has its sign, its word or its class', () => {
    const findings = others.map((ruling) => finding(`area/${ruling}`, ruling));
    const main = page(report([service(findings)])).replace(/<aside[\s\S]*?<\/aside>/, '');
    const { elements, text } = markupOf(main);
    expect(elements.filter(({ attributes }) => /\b(pass|better)\b/.test(attributes.class ?? ''))).toEqual([]);
    expect(text).not.toContain('✔');
    for (const ruling of others)
      expect(elements.filter(({ attributes }) => attributes.class === `finding ${ruling}`)).toHaveLength(1);
  });

  it('is not a report in which nothing was judged', () => {
    for (const it of [nothingJudged(), report([service([finding('a/b', 'skip')])])]) {
      const main = page(it).replace(/<aside[\s\S]*?<\/aside>/, '');
      const { elements, text } = markupOf(main);
      expect(elements.filter(({ attributes }) => attributes.class?.includes('pass'))).toEqual([]);
      expect(text).not.toMatch(/✔/);
      expect(text).toContain('nothing judged');
    }
  });

  it('is a sum that lacks a number, or does not hold', () => {
    const { text } = markupOf(page(everything()));
    expect(text).toContain('✖ does not add up');
    expect(text).toContain('? not complete: no number for payments');
    expect(text).toContain('○ adds up, by what is declared');
  });
});

describe('hostile text', () => {
  const shape = (it: Report): readonly string[] =>
    markupOf(page(it)).elements.map(({ name, attributes }) => `${name} ${Object.keys(attributes).join(' ')}`);

  it('leaves the page well-formed, and nothing that hides, reorders or leads elsewhere', () => {
    const own = markupOf(page(go())).style;
    fc.assert(
      fc.property(anyReport, (it) => {
        const text = page(it);
        const { elements, text: words, style } = markupOf(text);
        expect(offences(words)).toEqual([]);
        expect(style).toBe(own);
        const hrefs = elements.flatMap(({ attributes: { href } }) => href ?? []);
        expect(hrefs.filter((href) => !/^(#[\w-]+|\.\/[\w.%/-]+(#L\d+)?|https:\/\/[\x21-\x7E]+)$/.test(href))).toEqual(
          [],
        );
        expect(
          elements.filter(({ attributes }) => Object.keys(attributes).some((it) => /^on|^style$/.test(it))),
        ).toEqual([]);
        expect(elements.filter(({ name }) => name === 'script')).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('adds no element and no attribute', () => {
    const plain = SAMPLES.map((it) => shape(poisoned(it, ['x'])));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(openText, hostileText), { minLength: 1, maxLength: 20 }),
        fc.nat(SAMPLES.length - 1),
        (words, index) => {
          // An address that may be followed becomes a link.
          const texts = words.map((it) => `x ${it}`);
          const poisonedShape = shape(poisoned(SAMPLES[index] ?? go(), texts));
          expect(poisonedShape.filter((it) => it.startsWith('script') || it.startsWith('img'))).toEqual(['script ']);
          expect(tagSet(poisonedShape)).toEqual(tagSet(plain[index] ?? []));
        },
      ),
      { numRuns: 100 },
    );
  });

  /** Repeated text is grouped, so how often an element comes may differ, and whether it is there at all may not. */
  function tagSet(tags: readonly string[]): readonly string[] {
    return [...new Set(tags)].filter((it) => !/^(ul|li|h\d) /.test(it)).sort();
  }
});
