/** Compiles the handover of every judged service: each line with its mark and its places. Pure. */
import type { CollectedKind } from '../evidence/gather.ts';
import type { JudgedService, Judgement } from '../run.ts';
import { type Context, contextOf } from './context.ts';
import type { Handover, Mark, Section, ServiceHandover } from './handover.ts';
import { about } from './sections/about.ts';
import { alerts } from './sections/alerts.ts';
import { dashboards } from './sections/dashboards.ts';
import { dependencies } from './sections/dependencies.ts';
import { environments } from './sections/environments.ts';
import { failureModes } from './sections/failure-modes.ts';
import { objectives } from './sections/objectives.ts';
import { people } from './sections/people.ts';
import { debts, history } from './sections/records.ts';
import { release } from './sections/release.ts';
import { risks, waivers } from './sections/risks.ts';
import { stores } from './sections/stores.ts';

/** The evidence that lines are held against, besides what rules need. */
export const HANDOVER_KINDS: readonly CollectedKind[] = [
  'alerts',
  'claimed-numbers',
  'dashboards',
  'documents',
  'records',
  'references',
  'rollback-docs',
  'slos',
  'workloads',
];

/** In the order in which somebody who takes over asks. */
const SECTIONS: readonly ((context: Context) => Section)[] = [
  about,
  release,
  environments,
  dependencies,
  failureModes,
  objectives,
  dashboards,
  alerts,
  stores,
  debts,
  risks,
  waivers,
  history,
  people,
];

/** All pages of one run. */
export function compileHandover({ report, services }: Judgement): Handover {
  return {
    repo: report.repo,
    asOf: report.asOf,
    version: report.tool.version,
    services: services.map((judged) => serviceHandover(judged, report.asOf)),
    notes: report.notes,
  };
}

function serviceHandover(judged: JudgedService, asOf: string): ServiceHandover {
  const context = contextOf(judged, asOf);
  const { service, verdict } = judged.report;
  const { title = service.name } = context.claims;
  const sections = SECTIONS.map((compile) => compile(context));
  return {
    service,
    title,
    verdict,
    marks: marksIn(sections),
    sections,
  };
}

function marksIn(sections: readonly Section[]): Readonly<Record<Mark, number>> {
  const marks: Record<Mark, number> = { verified: 0, declared: 0, contradicted: 0, stale: 0, missing: 0, unknown: 0 };
  for (const { groups } of sections) for (const { lines } of groups) for (const { mark } of lines) marks[mark] += 1;
  return marks;
}
