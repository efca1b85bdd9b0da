/** The families of metrics on a service: gauges, whose names are for ever. */
import type { Report, ServiceReport } from '../model.ts';
import { visible } from './escape-terminal.ts';
import { shownVerdict, tallyByArea } from './tally.ts';
import { RULING_WORDS, SEVERITY_WORDS, STANDING_WORDS, VERDICT_WORDS } from './words.ts';

/** A number and the labels that tell it from others of its family; those of the service are added. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** Gauges of one name. */
export interface Family {
  readonly name: string;
  readonly help: string;
  samples(judged: ServiceReport, report: Report): readonly Sample[];
}

const DAY_SECONDS = 86_400;

/** All of them, in their order. */
export const FAMILIES: readonly Family[] = [
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

/** Unix time at which a day begins. */
export function startOf(day: string): number {
  return Date.parse(day) / 1000;
}
