/** The terminal report, drawn for several readers and surfaces and compared with committed pictures of it. */
import { describe, expect, it } from 'vitest';
import type { Canvas } from '../../src/report/canvas.ts';
import { format } from '../../src/report/terminal.ts';
import { canvas } from './canvas.ts';
import { withoutColour } from './hostile.ts';
import * as change from './sample-change.ts';
import { PACKAGES, withPackages } from './sample-packages.ts';
import * as sample from './sample-report.ts';

const REPORTS = {
  'no-go': sample.noGo(),
  conditional: sample.conditional(),
  go: sample.go(),
  several: sample.several(),
  'nothing-judged': sample.nothingJudged(),
  packages: withPackages(),
  'change-worse': change.worse(),
  'change-none': change.none(),
  'change-several': change.several(),
  'change-baseline': change.baseline(),
};

type Name = keyof typeof REPORTS;

const DRAWINGS: readonly (readonly [report: Name, surface: string, traits: Partial<Canvas>])[] = [
  ...(Object.keys(REPORTS) as Name[]).map((name) => [name, '80', {}] as const),
  ['no-go', 'pipe', { width: 0 }],
  ['no-go', '40', { width: 40 }],
  ['no-go', '120', { width: 120 }],
  ['no-go', 'colour', { colour: 1 }],
  ['no-go', 'ascii', { unicode: false }],
  ['no-go', 'quiet', { quiet: true }],
  ['no-go', 'verbose', { verbose: true }],
  ['conditional', '120-colour', { width: 120, colour: 2 }],
  ['go', 'quiet', { quiet: true }],
  ['several', 'pipe', { width: 0 }],
  ['several', '40', { width: 40 }],
  ['several', '120-colour', { width: 120, colour: 3 }],
  ['several', 'quiet', { quiet: true }],
  ['packages', '40', { width: 40 }],
  ['packages', '120', { width: 120 }],
  ['packages', 'pipe', { width: 0 }],
  ['change-worse', '40', { width: 40 }],
  ['change-worse', 'quiet', { quiet: true }],
  ['change-worse', 'colour', { colour: 1 }],
  ['packages', 'verbose', { verbose: true, width: 100 }],
];

function drawn(name: Name, traits: Partial<Canvas> = {}): string {
  return format.render(REPORTS[name], canvas(traits));
}

describe('the terminal report', () => {
  it.each(DRAWINGS)('of %s on %s is as committed', async (name, surface, traits) => {
    await expect(drawn(name, traits)).toMatchFileSnapshot(`__golden__/terminal-${name}-${surface}.txt`);
  });

  it('says the same with and without colour', () => {
    const words = (text: string) => withoutColour(text).replaceAll(/\s+/g, ' ').trim();
    expect(drawn('several', { colour: 1 })).not.toBe(drawn('several'));
    expect(words(drawn('several', { colour: 1 }))).toBe(words(drawn('several')));
  });

  it('puts what blocks before what warns, and the most severe first', () => {
    const text = drawn('no-go');
    const order = [
      'data/restore-tested',
      'release/rollback-rehearsed',
      'WAIVED',
      'WARNINGS',
      'AREA',
      'ASSURANCE',
      'NEXT',
      'NOT READ',
      'LATER',
      'score',
    ];
    const places = order.map((word) => text.indexOf(word));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('shows five problems of a finding, or all on request', () => {
    expect(drawn('no-go')).toContain('and 2 more (--verbose lists all)');
    expect(drawn('no-go')).not.toContain('CertExpires');
    expect(drawn('no-go', { verbose: true })).toContain('CertExpires');
  });

  it('gives every place of a problem a line of its own', () => {
    expect(drawn('no-go').split('\n')).toContain('    ops/alerts/payments.yaml:41:11');
  });

  it('is two lines when it is quiet and nothing blocks', () => {
    expect(drawn('go', { quiet: true }).trimEnd().split('\n').length).toBeLessThanOrEqual(3);
    expect(drawn('no-go', { quiet: true })).not.toMatch(/WARNINGS|NEXT|AREA|score/);
  });

  it('never counts vulnerabilities without what was checked, and none where nothing was', () => {
    const clean = { ...PACKAGES, open: { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 }, rows: [] };
    const text = (it: typeof PACKAGES) => format.render(withPackages(it), canvas({ width: 0 }));
    expect(text(clean)).toContain('0 vulnerabilities in 1180 of 1204 packages');
    expect(text({ ...clean, checked: 0 })).not.toMatch(/\b0 vulnerabilities/);
    expect(text({ ...clean, checked: 0 })).toContain('unknown, because no package was checked');
  });

  it('shows the change alone, or below the whole report where that is asked for', () => {
    expect(drawn('change-worse')).not.toMatch(/WARNINGS|AREA|NEXT/);
    const verbose = drawn('change-worse', { verbose: true });
    expect(verbose.indexOf('WORSE')).toBeGreaterThan(verbose.indexOf('AREA'));
  });

  it('says that a gate passes beside the verdict that it does not change, and what it does not list', () => {
    const text = drawn('change-none', { width: 0 });
    expect(text).toMatch(/✔ gate passes: nothing that blocks got worse since main .*; the verdict is ✖ NO-GO\n$/);
    expect(text).toContain('Not listed here and not met: 8 rules are as unmet as before; 4 rules block the release');
  });

  it('calls nothing better that is only asked less, nor a gate passed that nothing was judged for', () => {
    const text = drawn('change-several', { width: 0 });
    expect(text).toMatch(/EASED, AND NOT BETTER {2}1 rule\n▲ standard {2}data\/restore-tested/);
    const nothing = { ...change.none(), services: sample.nothingJudged().services };
    expect(format.render(nothing, canvas())).toMatch(
      /\n▲ nothing was judged, so nothing can be said of what got worse\n$/,
    );
  });

  it('says from when an announced rule blocks', () => {
    const announced = (...days: readonly string[]) =>
      format.render(
        sample.report([
          sample.service(days.map((countsFrom, index) => sample.finding(`runbooks/r${index}`, 'warn', { countsFrom }))),
        ]),
        canvas({ width: 0 }),
      );
    expect(announced('2027-01-01')).toContain('1 warning, one of which blocks from 2027-01-01.');
    expect(announced('2027-03-01', '2027-01-01')).toContain(
      '2 warnings, 2 of which will block, the first from 2027-01-01.',
    );
  });

  it('never calls it ready that nothing was judged', () => {
    const text = format.render(sample.nothingJudged(), canvas());
    expect(text).toContain('nothing was judged');
    expect(text).not.toContain('100 %');
  });

  it('counts the days of a waiver up to and including its last', () => {
    const until = (expires: string) => {
      const waived = sample.finding('data/restore-tested', 'waived', {
        waiver: sample.waiver('data/restore-tested', { expires }),
      });
      return format.render(sample.report([sample.service([waived])]), canvas({ width: 0 }));
    };
    expect(until('2026-11-17')).toContain('until 2026-11-17 (1 day left)');
    expect(until(sample.AS_OF)).toContain('(last day)');
  });

  it('marks problems that a waiver covers, after those that none covers', () => {
    const problems = [sample.problem('a.yaml:1', 'first', { waived: true }), sample.problem('b.yaml:2', 'second')];
    const text = format.render(
      sample.report([sample.service([sample.finding('data/x', 'fail', { problems })])]),
      canvas(),
    );
    expect(text).toContain('first (waived)');
    expect(text.indexOf('second')).toBeLessThan(text.indexOf('first (waived)'));
  });

  it('links a ticket only where the terminal follows links and the address is https', () => {
    const link = '\u001B]8;;https://tickets.lumenpay.io/OPS-2231\u001B\\';
    expect(drawn('conditional', { hyperlinks: true })).toContain(link);
    expect(drawn('conditional')).not.toContain(link);
  });

  it('draws a report without services or findings', () => {
    expect(format.render(sample.report([]), canvas())).toContain('no service was judged');
    expect(format.render(sample.report([sample.service([])]), canvas({ verbose: true }))).toContain(
      'nothing was judged',
    );
  });
});
