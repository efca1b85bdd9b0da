/** Annotations: the inverse of toolkit's escaping gives back what the report says, and no line begins with anything but ours. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Report } from '../../src/model.ts';
import { visible } from '../../src/report/escape-terminal.ts';
import { format } from '../../src/report/github.ts';
import { inCheckout } from '../../src/report/in-checkout.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { anyReport } from './random-report.ts';
import {
  at,
  conditional,
  finding,
  go,
  noGo,
  nothingJudged,
  problem,
  report,
  service,
  several,
} from './sample-report.ts';
import { SAMPLE_SERVICES } from './sample-services.ts';

interface Annotation {
  readonly level: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
}

/** What a runner makes of the output (actions/runner, ActionCommand.TryParseV2): the inverse of toolkit's command.ts. */
function parsed(text: string): readonly Annotation[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      const [, level, words = '', data = ''] = /^::(error|warning|notice)(?: ((?:(?!::).)*))?::(.*)$/.exec(line) ?? [];
      if (level === undefined) throw new Error(`not one of our commands: ${line}`);
      const properties = words.split(',').map((it) => [it.slice(0, it.indexOf('=')), it.slice(it.indexOf('=') + 1)]);
      return {
        level,
        properties: Object.fromEntries(properties.map(([key = '', value = '']) => [key, unescaped(value)])),
        lines: unescaped(data).split('\n'),
      };
    });
}

function unescaped(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

function annotations(it: Report): readonly Annotation[] {
  return parsed(format.render(it, canvas()));
}

function many(ruling: Finding['ruling'], count: number, more: Partial<Finding> = {}): readonly Finding[] {
  return Array.from({ length: count }, (_, index) =>
    finding(`${ruling}/r${String(index).padStart(2, '0')}`, ruling, more),
  );
}

describe('annotations', () => {
  it.each(SAMPLE_SERVICES)('of the sample service %s are read back, and the last tells the verdict', (_, it) => {
    expect(annotations(it).at(-1)?.properties.title).toBe(`gonogo: ${it.verdict}`);
  });

  it.each([
    ['no-go', noGo],
    ['conditional', conditional],
    ['go', go],
    ['several', several],
    ['nothing-judged', nothingJudged],
  ])('of a report that is %s read as before', async (name, make) => {
    await expect(format.render(make(), canvas())).toMatchFileSnapshot(`__golden__/github-${name}.txt`);
  });

  it('of any report are read back as they were meant, within the number that GitHub shows', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const text = format.render(it, canvas());
        expect(offences(text).filter((offence) => !/^::(error|warning|notice)[ :]/.test(offence))).toEqual([]);
        const all = parsed(text);
        for (const level of ['error', 'warning', 'notice'])
          expect(all.filter((one) => one.level === level).length).toBeLessThanOrEqual(10);
        const titles = it.services.flatMap((its) =>
          its.findings.map(({ severity, rule }) => {
            const whose = it.services.length > 1 ? ` (${its.service.name})` : '';
            return visible(`${severity}: ${rule}${whose}`);
          }),
        );
        const said = new Set(
          it.services.flatMap(({ findings }) =>
            findings.flatMap(({ statement, fix, problems }) => [
              visible(statement),
              visible(`To fix: ${fix}`),
              ...problems.flatMap((one) => [visible(one.message), visible(`To fix: ${one.fix ?? fix}`)]),
            ]),
          ),
        );
        for (const { properties, lines } of all.slice(0, -1)) {
          expect(titles).toContain(properties.title);
          expect(lines.filter((line) => said.has(line)).length).toBeGreaterThanOrEqual(2);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('of any report point at paths of the report inside the repository, or at the manifest', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const own = inCheckout(it).services.flatMap(({ service: { dir }, manifest, findings }) => [
          manifest?.path,
          dir === '' ? 'gonogo.yaml' : `${dir}/gonogo.yaml`,
          ...findings.flatMap(({ problems, claim, evidence }) =>
            [...problems.map((one) => one.at), claim, ...evidence].flatMap((place) =>
              place && place.root === undefined ? [place.path] : [],
            ),
          ),
        ]);
        for (const { properties } of annotations(it).slice(0, -1)) {
          const showable = own.some((path) => path !== undefined && visible(path) === path && !path.includes('\\'));
          expect(showable ? own : [undefined]).toContain(properties.file);
          expect(properties.file ?? '').not.toMatch(/^\/|\\|(^|\/)\.\.(\/|$)/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never leave the repository: a place outside of it gives way to the next', () => {
    const outside = ['../../etc/passwd', '/etc/passwd', 'a/../../b', 'a\\..\\b', 'x\u001B[2J'].map((path) =>
      finding('a/a', 'fail', { problems: [{ ...problem(undefined, 'it is wrong'), at: { path, line: 3 } }] }),
    );
    const elsewhere = finding('a/a', 'fail', {
      claim: { path: 'rules.yaml', root: 'acme/platform' },
      evidence: [at('x.yaml:4')],
    });
    for (const one of outside)
      expect(annotations(report([service([one])]))[0]?.properties).toEqual({
        file: 'gonogo.yaml',
        title: 'major: a/a',
      });
    expect(annotations(report([service([elsewhere])]))[0]?.properties).toMatchObject({ file: 'x.yaml', line: '4' });
  });

  it('escape what would end them', () => {
    const rule = finding('a/a', 'fail', {
      problems: [
        { ...problem(undefined, '50%, 100%0A\r\n::error::x'), at: { path: 'a,b=c:d%2C.yaml', line: 1, column: 2 } },
      ],
    });
    const text = format.render(report([service([rule])]), canvas());
    expect(text.split('\n')[0]).toBe(
      '::error file=a%2Cb=c%3Ad%252C.yaml,line=1,col=2,title=major%3A a/a::50%25, 100%250A \\u{3a}:error::x%0ATo fix: Meet the rule.',
    );
  });

  it('are the ten most severe of each level; one notice counts what is left', () => {
    const problems = Array.from({ length: 12 }, (_, index) => problem(`b.yaml:${index + 1}`, `no ${index}`));
    const findings = [
      ...many('fail', 9),
      finding('z/z', 'fail', { severity: 'critical', problems: problems.slice(0, 4) }),
      finding('y/y', 'fail', { severity: 'critical', problems }),
      ...many('warn', 13, { severity: 'standard' }),
      ...many('waived', 12),
    ];
    const all = annotations(report([service(findings)]));
    const titles = (level: string) => all.filter((it) => it.level === level).map((it) => it.properties.title);
    const [y, z] = ['critical: y/y', 'critical: z/z'];
    // A problem of every rule before the second of any.
    expect(titles('error')).toEqual([y, z, y, z, y, z, y, z, y, y]);
    expect(titles('warning')).toHaveLength(10);
    expect(titles('notice')).toHaveLength(10);
    expect(all.at(-1)?.lines.at(-1)).toMatch(/^Not shown here: 15 errors, 3 warnings, 3 notices\. /);
  });

  it('say of a waived rule by whom and until when, and leave waived problems out of the others', () => {
    const [waived] = annotations(conditional());
    expect(waived?.level).toBe('notice');
    expect(waived?.lines[0]).toBe('Waived until 2026-12-01 (15 days left) by team-payments.');
    const partly = finding('a/a', 'fail', {
      problems: [problem('x:1', 'accepted', { waived: true }), problem('x:2', 'open')],
    });
    expect(annotations(report([service([partly])])).map(({ lines }) => lines[0])).toEqual(['open', expect.any(String)]);
  });

  it('say of a problem that is unknown or only announced that it is', () => {
    const unread = finding('a/a', 'warn', { standing: 'unknown', problems: [problem('x:1', 'data is not at hand')] });
    const because = 'it is wrong (announced; counts from 2027-01-01)';
    const announced = finding('a/b', 'warn', {
      because,
      countsFrom: '2027-01-01',
      problems: [problem('x:2', 'wrong')],
    });
    const said = annotations(report([service([unread, announced])])).map(({ lines }) => lines[1]);
    expect(said.slice(0, 2)).toEqual(['unknown: the sample says so', `missing: ${because}`]);
  });

  it('warn where nothing was judged', () => {
    expect(annotations(nothingJudged())).toEqual([
      {
        level: 'warning',
        properties: { title: 'gonogo: nothing judged' },
        lines: ['No rule applies to this service, so nothing was judged.'],
      },
    ]);
  });
});
