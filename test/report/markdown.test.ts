/** The comment and the job summary: what they say, how long they get, and that nothing in them is anything but text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { format as summary } from '../../src/report/github-summary.ts';
import { format as markdown } from '../../src/report/markdown.ts';
import { canvas } from './canvas.ts';
import { hostileText, offences, poisoned } from './hostile.ts';
import { openText } from './random-parts.ts';
import { anyReport } from './random-report.ts';
import { readMarkdown } from './rendered-markdown.ts';
import { withPackages } from './sample-packages.ts';
import { changed, sampleChange } from './sample-pull-request.ts';
import { conditional, finding, go, noGo, nothingJudged, problem, report, service, several } from './sample-report.ts';
import { SAMPLE_SERVICES } from './sample-services.ts';

const FORMATS = { markdown, summary } as const;
const NAMES = ['markdown', 'summary'] as const;

/** GitHub's limits: a comment in characters, by which renovate means UTF-16 units; a summary in bytes. */
const LIMITS = {
  markdown: (text: string) => text.length <= 60_000,
  summary: (text: string) => Buffer.byteLength(text) <= 1_048_576,
} as const;

function rendered(name: keyof typeof FORMATS, it: Report): string {
  return FORMATS[name].render(it, canvas());
}

/** The first line of a comment. */
function mark(it: Report): string {
  return rendered('markdown', it).split('\n')[0] ?? '';
}

describe('any report', () => {
  it('is within the limits of both, every fold closed, with nothing but our own elements and text', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        for (const name of NAMES) {
          const text = rendered(name, it);
          expect(LIMITS[name](text)).toBe(true);
          const { foreign, folds } = readMarkdown(text);
          expect(foreign).toEqual([]);
          expect(folds[0]).toBe(folds[1]);
          expect(offences(text)).toEqual([]);
          if (name === 'markdown')
            expect(text.split('\n')[0]).toMatch(/^<!-- gonogo:[A-Za-z0-9]+(-[A-Za-z0-9]+)* -->$/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe.each(NAMES)('the format %s', (name) => {
  it.each(SAMPLE_SERVICES)('of the sample service %s is within its limit and holds nothing foreign', (_, it) => {
    const text = rendered(name, it);
    expect(LIMITS[name](text)).toBe(true);
    expect(readMarkdown(text).foreign).toEqual([]);
    expect(text).not.toContain('Not all of it is here');
  });

  it.each([
    ['no-go', noGo],
    ['conditional', conditional],
    ['go', go],
    ['several', several],
    ['changed', changed],
    ['packages', () => withPackages()],
    ['nothing-judged', nothingJudged],
  ])('of a report that is %s reads as before', async (sample, make) => {
    const text = rendered(name, make());
    expect(readMarkdown(text).foreign).toEqual([]);
    await expect(text).toMatchFileSnapshot(`__golden__/${name}-${sample}.md`);
  });

  it('has the same elements whatever a repository says', () => {
    const words = fc.uniqueArray(fc.oneof(openText, hostileText), { minLength: 1, maxLength: 30 });
    const samples = fc.constantFrom(noGo(), several(), changed(), withPackages());
    fc.assert(
      fc.property(samples, words, (it, texts) => {
        const plain = poisoned(
          it,
          texts.map((_, index) => `w${index}`),
        );
        const count = (one: Report) => readMarkdown(rendered(name, one)).elements.toSorted();
        expect(count(poisoned(it, texts))).toEqual(count(plain));
      }),
      { numRuns: 200 },
    );
  });

  it('is within its limit with 5,000 findings, shows the most severe, and says how many are left out', () => {
    const text = rendered(name, enormous(5000, 'It is long. '.repeat(60)));
    expect(LIMITS[name](text)).toBe(true);
    const { folds, foreign } = readMarkdown(text);
    expect(foreign).toEqual([]);
    expect(folds[0]).toBe(folds[1]);
    const shown = [...text.matchAll(/^- ✖ \*\*(\w+)\*\*/gm)].map(([, severity]) => severity);
    expect(shown.length).toBeGreaterThan(20);
    expect(new Set(shown)).toEqual(new Set(['critical']));
    const left = Number(/\*\*Not all of it is here\*\*: (\d+) entries/.exec(text)?.[1]);
    // Half of the findings block, half warn; the summary also has a row for the area.
    expect(shown.length + left).toBe(5000);
    expect(text).toContain('2500 rules');
    expect(text).toContain('gonogo check --verbose');
  });

  it('is within its limit with 2,000 services', () => {
    const services = Array.from({ length: 2000 }, (_, index) =>
      service([finding('runbooks/fresh', 'fail')], { name: `service-${index}`, dir: `services/${index}` }),
    );
    const text = rendered(name, report(services, { change: sampleChange(report(services.slice(0, 900))) }));
    expect(LIMITS[name](text)).toBe(true);
    expect(text).toContain('2000 services: 2000 not ready.');
    expect(readMarkdown(text).foreign).toEqual([]);
  });

  it('is not crowded out by one finding that says too much', () => {
    const flood = '\u202E'.repeat(5000);
    const loud = finding('a/a', 'fail', {
      severity: 'critical',
      statement: flood,
      because: flood,
      fix: flood,
      problems: Array.from({ length: 50 }, () => problem('gonogo.yaml:1', flood, { fix: flood })),
    });
    const text = rendered(name, report([service([loud, finding('b/b', 'fail'), finding('c/c', 'warn')])]));
    expect(LIMITS[name](text)).toBe(true);
    for (const rule of ['a/a', 'b/b', 'c/c']) expect(text).toContain(`\`${rule}\``);
  });

  it('says that nothing was judged, with no sign of success', () => {
    const text = rendered(name, nothingJudged());
    expect(text).toContain('## – nothing judged: payments');
    expect(text).not.toMatch(/✔|\bGO\b/);
    const mixed = rendered(
      name,
      report([service([finding('a/a', 'pass')]), service([], { name: 'idle', dir: 'idle' })]),
    );
    expect(mixed).toContain('2 services: 1 ready, 1 not judged.');
    expect(mixed).toContain('| idle | – nothing judged |');
  });

  it('shows no waived, unknown or failed rule as met', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const unmet = it.services.flatMap(({ findings }) => findings.filter(({ ruling }) => ruling !== 'pass'));
        const plain = {
          ...it,
          services: it.services.map((one) => ({ ...one, findings: one.findings.filter((f) => unmet.includes(f)) })),
        };
        const { change: _, ...rest } = plain;
        expect(rendered(name, rest).match(/^- ✔/gm)).toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});

describe('the hidden mark of a comment', () => {
  it('stays when findings, the commit or the services beside it change, and differs between folders and repositories', () => {
    const platform = { repo: { name: 'lumenpay/platform' } };
    const at = (...dirs: readonly string[]) =>
      report(
        dirs.map((dir) => service([finding('a/a', 'fail')], { name: dir, dir })),
        platform,
      );
    expect(mark(noGo())).toBe(mark(conditional()));
    expect(mark(at('services/a', 'services/b'))).toBe(mark(at('services/a', 'services/b', 'services/c/x')));
    const marks = [at('services/a'), at('services/b'), at('a', 'b'), noGo(), go()].map(mark);
    expect(new Set(marks).size).toBe(marks.length);
    expect(mark(at('x/a-b'))).not.toBe(mark(at('x/a/b')));
  });
});

describe('names and addresses in a comment', () => {
  it.each([
    ['@lumenpay/payments, see #42', '`@lumenpay/payments`, see `#42`'],
    ['fixed in GH-7 (lumenpay/platform#12)', 'fixed in `GH-7` (`lumenpay/platform#12`)'],
    ['since 4f2a9c1d0e8b.', 'since `4f2a9c1d0e8b`.'],
    [
      'write to ops@lumenpay.io or https://lumenpay.io/x?a=b|c',
      'write to `ops@lumenpay.io` or `https://lumenpay.io/x?a=b`\\|c',
    ],
    ['`a` and `b|c` and `', '`a` and \\`b\\|c\\` and \\`'],
    ['99.95 % of 1.5s, e.g. 3 > 2', '99.95 % of 1.5s, e.g. 3 &gt; 2'],
    ['x.yaml`y`', '`x.yaml` `y`'],
    ['the port:http', 'the `port:http`'],
  ])('%s is written as text and code', (note, expected) => {
    expect(rendered('markdown', { ...go(), notes: [note] })).toContain(`- ▲ ${expected}\n`);
  });
});

function enormous(count: number, text: string): Report {
  const findings = Array.from({ length: count }, (_, index) =>
    finding(`area/rule-${index}`, index % 2 === 0 ? 'fail' : 'warn', {
      severity: index % 2 === 0 ? 'critical' : 'standard',
      because: text,
      fix: text,
      problems: [problem(`src/file-${index}.ts:3`, text)],
    }),
  );
  return report([service(findings)]);
}
