/** The metrics: a strict reader takes them, and promtool where it is at hand; no two samples have the same labels. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { format } from '../../src/report/openmetrics.ts';
import { onPath } from '../on-path.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { type MetricSample, parseOpenMetrics } from './openmetrics-parser.ts';
import { anyReport } from './random-report.ts';
import { conditional, finding, go, noGo, nothingJudged, report, service, several, waiver } from './sample-report.ts';

const GOOD = readFileSync('test/report/conformance/openmetrics-sample.good.prom', 'utf8');
const PROMTOOL = onPath('promtool');

function rendered(it: Report): string {
  return format.render(it, canvas());
}

function metricsOf(it: Report, wanted: string): readonly MetricSample[] {
  return parseOpenMetrics(rendered(it)).filter(({ name }) => name === wanted);
}

/** The value of the one sample that has these labels. */
function value(it: Report, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
  const found = metricsOf(it, name).filter((sample) =>
    Object.entries(labels).every(([label, word]) => sample.labels[label] === word),
  );
  expect(found).toHaveLength(1);
  return found[0]?.value;
}

describe('the reader of metrics in these tests', () => {
  it('takes the sample that other readers take', () => {
    expect(parseOpenMetrics(GOOD)).toHaveLength(5);
    expect(parseOpenMetrics(GOOD)[1]?.labels.service).toBe('we"ird\\name\nx');
  });

  it.each([
    ['no end', (text: string) => text.replace('# EOF\n', '')],
    ['something behind the end', (text: string) => `${text}x 1\n`],
    [
      'a repetition',
      (text: string) =>
        text.replace(
          '# HELP gonogo_checks',
          'gonogo_service_score{repo="org/checkout",service="checkout",tier="critical"} 1\n$&',
        ),
    ],
    [
      'families that are interleaved',
      (text: string) =>
        text.replace('# EOF', '# HELP gonogo_checks x\n# TYPE gonogo_checks gauge\ngonogo_checks 1\n$&'),
    ],
    ['a sample before its TYPE', (text: string) => text.replace('# TYPE gonogo_checks gauge\n', '')],
    ['a counter', (text: string) => text.replace('gonogo_checks gauge', 'gonogo_checks counter')],
    ['a timestamp', (text: string) => text.replace(' 40\n', ' 40 1795244400\n')],
    ['an escape that is none', (text: string) => text.replace('\\\\name', '\\qame')],
    ['a bare quote', (text: string) => text.replace('\\"ird', '"ird')],
    ['an empty line', (text: string) => text.replace('# EOF', '\n# EOF')],
  ])('refuses %s', (_, spoil) => {
    expect(spoil(GOOD)).not.toBe(GOOD);
    expect(() => parseOpenMetrics(spoil(GOOD))).toThrow();
  });
});

describe('the metrics', () => {
  it('are as committed', async () => {
    await expect(rendered(noGo())).toMatchFileSnapshot('__golden__/openmetrics-no-go.prom.txt');
  });

  it('are those that are documented', () => {
    const table = readFileSync('docs/formats.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| gonogo_'));
    const documented = table.flatMap((line) => (line.split('|')[1] ?? '').trim().split(', '));
    const announced = finding('a/b', 'warn', { countsFrom: '2027-01-01' });
    const every = report([...noGo().services, service([announced], { dir: 'later' })]);
    expect(documented).toEqual([...new Set(parseOpenMetrics(rendered(every)).map(({ name }) => name))]);
  });

  it('say the verdict in one series of three', () => {
    for (const it of [noGo(), conditional(), go()]) {
      const values = metricsOf(it, 'gonogo_verdict').map(({ labels, value }) => [labels.verdict, value]);
      expect(values).toEqual(['GO', 'CONDITIONAL GO', 'NO-GO'].map((word) => [word, Number(word === it.verdict)]));
    }
  });

  it('say no verdict where nothing was judged', () => {
    const skipped = report([service([finding('data/a', 'skip')])]);
    for (const it of [nothingJudged(), skipped])
      expect(metricsOf(it, 'gonogo_verdict').map((sample) => sample.value)).toEqual([0, 0, 0]);
    expect(rendered(report([]))).toBe('# EOF\n');
  });

  it('count what the report counts', () => {
    const { score } = noGo().services[0] ?? {};
    for (const [part, count] of Object.entries(score ?? {})) expect(value(noGo(), `gonogo_rules_${part}`)).toBe(count);
    expect(value(noGo(), 'gonogo_findings', { severity: 'critical', ruling: 'fail' })).toBe(3);
    expect(value(noGo(), 'gonogo_standings', { standing: 'unknown' })).toBe(1);
    expect(value(noGo(), 'gonogo_area_rules_blocking', { area: 'runbooks' })).toBe(1);
    expect(value(noGo(), 'gonogo_build_info', { version: '0.1.0' })).toBe(1);
    expect(value(noGo(), 'gonogo_report_day_timestamp_seconds')).toBe(Date.UTC(2026, 10, 16) / 1000);
  });

  it('say when the first waiver of a rule ends: after its last day', () => {
    const waivers = ['2026-12-24', '2026-12-01', '2027-01-05'].map((expires) => waiver('data/a', { expires }));
    const it = report([service([finding('data/a', 'fail')], {}, { waivers })]);
    expect(value(it, 'gonogo_waiver_end_timestamp_seconds', { rule: 'data/a' })).toBe(Date.UTC(2026, 11, 2) / 1000);
  });

  it('keep services of one name apart, in one folder, too', () => {
    const twins = ['a', 'b', 'b'].map((dir) => service([finding('data/x', 'fail')], { dir }));
    const names = metricsOf(report(twins), 'gonogo_rules_met').map(({ labels }) => labels.service);
    expect(names).toEqual(['payments (a)', 'payments (b)', 'payments (b) #2']);
  });

  it('of any report are read, and no service is lost', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const text = rendered(it);
        expect(offences(text)).toEqual([]);
        const samples = parseOpenMetrics(text);
        expect(samples.filter(({ name }) => name === 'gonogo_rules_applicable').map((sample) => sample.value)).toEqual(
          it.services.map(({ score }) => score.applicable),
        );
        const findings = samples.filter(({ name }) => name === 'gonogo_findings');
        expect(findings.reduce((sum, sample) => sum + sample.value, 0)).toBe(
          it.services.flatMap((one) => one.findings).length,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it.skipIf(PROMTOOL === undefined)(
    'are what promtool takes without a remark (skipped where it is not on PATH)',
    () => {
      const odd = report([service([finding('data/x', 'fail')], { name: 'a"b\\c\nd', owner: '{}' })]);
      for (const it of [noGo(), several(), nothingJudged(), odd]) {
        const { status, stdout, stderr } = spawnSync(PROMTOOL ?? '', ['check', 'metrics'], {
          input: rendered(it),
          encoding: 'utf8',
        });
        expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
      }
    },
  );
});
