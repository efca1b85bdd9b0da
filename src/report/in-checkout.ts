/** A report for receivers that have the whole checkout: every path from its root, also where a manifest made a folder a repository of its own. Pure. */
import type { Change, Finding, Place, Report, ReportedProblem, ServiceReport, Waiver } from '../model.ts';

/** Puts a place below a folder; what is in another repository, or leads away, stays as it is. */
type Move = <T extends Place>(place: T) => T;

/** The same report with places, lines and folders from the checkout's root, and so without a folder of its own. */
export function inCheckout(report: Report): Report {
  const { dir, ...repo } = report.repo;
  if (dir === undefined || dir === '') return report;
  const below = (path: string) => (path === '' ? dir : `${dir}/${path}`);
  const move: Move = (place) =>
    place.root === undefined && !place.path.startsWith('/') ? { ...place, path: below(place.path) } : place;
  return {
    ...report,
    repo,
    services: report.services.map((it) => serviceBelow(it, move, below)),
    ...(report.change && { change: changeBelow(report.change, move, below) }),
    ...(report.lines && { lines: report.lines.map((line) => ({ ...line, path: below(line.path) })) }),
  };
}

function serviceBelow(it: ServiceReport, move: Move, below: (path: string) => string): ServiceReport {
  const { service, manifest, findings, waivers, looked, journeys, packages, components } = it;
  return {
    ...it,
    service: { ...service, dir: below(service.dir) },
    ...(manifest && { manifest: move(manifest) }),
    findings: findings.map((finding) => findingBelow(finding, move)),
    waivers: waivers.map((waiver) => standing(waiver, move)),
    looked: looked.map((kind) => ({
      ...kind,
      unread: kind.unread.map((gap) => standing(gap, move)),
      delegated: kind.delegated.map((handed) => standing(handed, move)),
    })),
    ...(journeys && { journeys: journeys.map((sum) => standing(sum, move)) }),
    ...(packages && { packages: { ...packages, rows: packages.rows.map((row) => standing(row, move)) } }),
    ...(components && { components: components.map((component) => standing(component, move)) }),
  };
}

function findingBelow(finding: Finding, move: Move): Finding {
  const { claim, evidence, problems, waiver } = finding;
  return {
    ...finding,
    ...(claim && { claim: move(claim) }),
    evidence: evidence.map(move),
    problems: problems.map((problem): ReportedProblem => standing(problem, move)),
    ...(waiver && { waiver: standing(waiver, move) }),
  };
}

function changeBelow(change: Change, move: Move, below: (path: string) => string): Change {
  return {
    ...change,
    services: change.services.map((it) => ({
      ...it,
      dir: below(it.dir),
      rules: it.rules.map((rule) => ({
        ...rule,
        appeared: rule.appeared.map((problem) => standing(problem, move)),
        gone: rule.gone.map((problem) => standing(problem, move)),
      })),
      ...(it.waived && { waived: it.waived.map((waiver): Waiver => standing(waiver, move)) }),
    })),
  };
}

/** Whatever stands somewhere, moved. */
function standing<T extends { readonly at?: Place }>(it: T, move: Move): T {
  return it.at === undefined ? it : { ...it, at: move(it.at) };
}
