/** Assesses whether the service has a dashboard, and whether it is the one that the manifest names. */
import type { Facts } from '../../evidence/dashboards.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Place, Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { counted, shortened } from '../words.ts';

export const check = defineCheck({
  summary:
    'Looks for Grafana dashboards with panels in JSON files, ConfigMaps and GrafanaDashboard objects, and for dashboards that Terraform defines. Where the manifest names dashboards, one of them has to be found by its uid or file; a link is not opened. Without a manifest any dashboard counts that is not merely part of the documentation.',
  needs: ['dashboards', 'references'],
  params: {},
  assess(subject) {
    const { claims, evidence, at, manifest } = subject;
    const { facts } = evidence.dashboards;
    const claimed = claims.observability?.dashboards ?? [];
    const references = referencesUnder(evidence.references.facts, '/observability/dashboards');
    const parts = claimed.map(({ uid }, index) => {
      const pointer = `/observability/dashboards/${index}`;
      const files = referencesUnder(evidence.references.facts, pointer).flatMap(({ matches }) => matches);
      return dashboardPart(
        uid,
        files.map(({ path }) => path),
        facts,
        at(pointer),
      );
    });
    const wrong = parts.flatMap(({ problem }) => problem ?? []);
    const shown = parts.flatMap((it) => it.shown ?? []);
    if (wrong.length > 0)
      return contradicted(
        `${counted(wrong.length, 'dashboard')} that the manifest names ${wrong.length === 1 ? 'is' : 'are'} not what it says`,
        wrong,
        { evidence: shown },
      );
    if (shown.length > 0)
      return verified(
        `${shown.length} of ${counted(claimed.length, 'dashboard')} that the manifest names ${shown.length === 1 ? 'is' : 'are'} here as code`,
        shown,
      );
    if (claimed.length > 0) {
      const targets = [...references.map(({ target }) => target), ...claimed.flatMap(({ uid }) => uid ?? [])];
      return declared(
        `the manifest names ${counted(claimed.length, 'dashboard')}, ${shortened(targets, 3)}, which ${claimed.length === 1 ? 'is' : 'are'} not in the repository`,
        at('/observability/dashboards'),
      );
    }
    return (
      withoutClaim(facts) ??
      missing(`no dashboard is here as code, and ${unclaimed(manifest, 'any')}`, [
        {
          message: 'whoever is woken begins by building a graph',
          ...placed(claimPlace(subject, '/observability/dashboards')),
          fix: 'Keep the dashboard as JSON beside the service, or name it under `observability.dashboards`.',
          subject: 'dashboard',
        },
      ])
    );
  },
});

/** Where it is, or what is wrong with it; neither where it is not here. */
interface DashboardPart {
  readonly shown?: Place;
  readonly problem?: Problem;
}

/** A dashboard the manifest names, held against those that are here. */
export function dashboardPart(
  uid: string | undefined,
  files: readonly string[],
  { dashboards }: Facts,
  at: Place,
): DashboardPart {
  const named = dashboards.filter(({ at: { path } }) => files.includes(path));
  const same = (named.length > 0 ? named : dashboards).find((it) => uid !== undefined && it.uid === uid);
  if (same) return { shown: same.at };
  const [file] = named;
  if (file && (uid === undefined || file.uid === undefined)) return { shown: file.at };
  if (file)
    return {
      problem: {
        message: `the manifest's uid is ${uid}, and that of the dashboard in ${file.at.path} is ${file.uid}`,
        at,
        fix: 'Write the uid that the file has, or keep the file that belongs to it.',
        subject: uid ?? '',
      },
    };
  const [path] = files;
  if (path === undefined) return {};
  const message = `${path} holds no dashboard with panels`;
  return { problem: { message, at, fix: 'Export the dashboard as JSON and name that file.', subject: path } };
}

function withoutClaim({ dashboards, defined, documented }: Facts) {
  const titles = shortened([...new Set(dashboards.map(({ title }) => `"${title}"`))], 3);
  const names = shortened([...new Set(defined.map(({ type, name }) => `${type} ${name}`))], 3);
  const because = [
    dashboards.length > 0
      ? `${counted(dashboards.length, 'dashboard')} ${dashboards.length === 1 ? 'is' : 'are'} here as code: ${titles}`
      : '',
    defined.length > 0
      ? `Terraform defines ${names}, and what ${defined.length === 1 ? 'it shows' : 'they show'} is not read`
      : '',
  ].filter(Boolean);
  if (because.length === 0 && documented.length > 0)
    return unknown(
      `${counted(documented.length, 'dashboard')} ${documented.length === 1 ? 'is' : 'are'} among the documentation, and nothing says that a screen shows ${documented.length === 1 ? 'it' : 'one'}`,
      { evidence: documented.map(({ at }) => at).slice(0, 5) },
    );
  return because.length === 0
    ? undefined
    : verified(because.join('; '), [...dashboards, ...defined].map(({ at }) => at).slice(0, 5));
}
