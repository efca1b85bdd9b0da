/**
 * OpenMetrics: gauges on each service, for Prometheus' textfile collector or whoever scrapes a file. Days are given as the Unix
 * time at which they end or begin, never as an age, because the file grows old between two runs; samples have no timestamps.
 */

import { distinct } from '../grouped.ts';
import type { Report, ServiceReport } from '../model.ts';
import { visible } from './escape-terminal.ts';
import type { Format } from './format.ts';
import { serviceLabels } from './service-labels.ts';
import { shownVerdict, tallyByArea } from './tally.ts';
import { RULING_WORDS, SEVERITY_WORDS, STANDING_WORDS, VERDICT_WORDS } from './words.ts';

/** The metrics' format. */
export const format: Format = {
  summary: 'OpenMetrics: gauges for Prometheus, e.g. for the textfile collector of node_exporter',
  render,
};

/** A number and the labels that tell it from others of its family; those of the service are added. */
type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

interface Family {
  readonly name: string;
  readonly help: string;
  samples(judged: ServiceReport, report: Report): readonly Sample[];
}

const DAY_SECONDS = 86_400;

const FAMILIES: readonly Family[] = [
  {
    name: 'gonogo_verdict',
    help: 'Whether this is the verdict on the service; none is where no rule applied.',
    samples: (judged) =>
      Object.keys(VERDICT_WORDS).map((verdict) => [
        { verdict },
        Number(verdict === shownVerdict(judged.verdict, [judged])),
      ]),
  },
  scoreFamily('applicable', 'Rules that concern the service.'),
  scoreFamily('met', 'Rules that are met, shown by the repository or trusted on the word of the manifest.'),
  scoreFamily('verified', 'Rules that the repository shows to be met.'),
  scoreFamily('declared', 'Rules that only the manifest speaks of.'),
  {
    name: 'gonogo_findings',
    help: 'Rules by severity and by what the verdict made of them.',
    samples: ({ findings }) =>
      severitiesOf(findings).flatMap((severity) =>
        Object.keys(RULING_WORDS).map((ruling) => [
          { severity, ruling },
          findings.filter((it) => it.severity === severity && it.ruling === ruling).length,
        ]),
      ),
  },
  {
    name: 'gonogo_standings',
    help: 'Rules by what stands about them.',
    samples: ({ findings }) =>
      Object.keys(STANDING_WORDS).map((standing) => [
        { standing },
        findings.filter((it) => it.standing === standing).length,
      ]),
  },
  areaFamily('applicable', 'Rules of an area that concern the service.'),
  areaFamily('met', 'Rules of an area that are met.'),
  areaFamily('blocking', 'Rules of an area that block the release.'),
  {
    name: 'gonogo_waiver_end_timestamp_seconds',
    help: 'Unix time at which the first waiver of a rule ends.',
    samples: ({ waivers }) =>
      waivers
        .toSorted((a, b) => (a.expires < b.expires ? -1 : 1))
        .map(({ rule, expires }) => [{ rule }, startOf(expires) + DAY_SECONDS]),
  },
  {
    name: 'gonogo_rule_counts_from_timestamp_seconds',
    help: 'Unix time from which a rule blocks that is only announced, and not met.',
    samples: ({ findings }) =>
      findings.flatMap(({ rule, countsFrom }) =>
        countsFrom === undefined ? [] : [[{ rule }, startOf(countsFrom)] satisfies Sample],
      ),
  },
  {
    name: 'gonogo_report_day_timestamp_seconds',
    help: 'Unix time at which the day began that ages and expiries were counted on.',
    samples: (_, { asOf }) => [[{}, startOf(asOf)]],
  },
  {
    name: 'gonogo_build_info',
    help: 'Version of gonogo that judged the service; always 1.',
    samples: (_, { tool }) => [[{ version: tool.version }, 1]],
  },
];

function scoreFamily(part: keyof ServiceReport['score'], help: string): Family {
  return { name: `gonogo_rules_${part}`, help, samples: ({ score }) => [[{}, score[part]]] };
}

function areaFamily(part: 'applicable' | 'met' | 'blocking', help: string): Family {
  return {
    name: `gonogo_area_rules_${part}`,
    help,
    samples: ({ findings }) =>
      tallyByArea(findings.map((it) => ({ ...it, area: visible(it.area) }))).map(([area, tally]) => [
        { area },
        tally[part],
      ]),
  };
}

function severitiesOf(findings: ServiceReport['findings']): readonly string[] {
  return Object.keys(SEVERITY_WORDS).filter((it) => it !== 'off' || findings.some(({ severity }) => severity === it));
}

function startOf(day: string): number {
  return Date.parse(day) / 1000;
}

function render(report: Report): string {
  const labels = serviceLabels(report.services);
  const whose = report.services.map(({ service: { dir, tier } }, index) =>
    labelText({ repo: report.repo.name, service: labels[index] ?? '', folder: dir, tier: `${tier}` }),
  );
  return `${FAMILIES.map((family) => familyText(family, whose, report)).join('')}# EOF\n`;
}

/** Whatever a family says twice of the same labels, the first holds: a reader refuses a whole file over one repetition. */
function familyText({ name, help, samples }: Family, whose: readonly string[], report: Report): string {
  const lines = report.services.flatMap((judged, index) =>
    samples(judged, report).map(([labels, value]) => ({
      labels: [whose[index], labelText(labels)].filter(Boolean).join(','),
      value,
    })),
  );
  const once = distinct(lines, ({ labels }) => labels);
  const head = `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`;
  return once.length === 0 ? '' : head + once.map(({ labels, value }) => `${name}{${labels}} ${value}\n`).join('');
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

/** The one escaper of label values; `visible` has left no line end. */
function escaped(value: string): string {
  return visible(value).replace(/[\\"]/g, '\\$&');
}
