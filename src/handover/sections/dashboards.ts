/** Where to look. */
import { dashboardPart } from '../../checks/observability/dashboard-present.ts';
import type { Part } from '../../checks/parts.ts';
import { type Context, gathered, manifestName } from '../context.ts';
import type { Line, Section } from '../handover.ts';
import { claimed, group, joined, line, referencesOf, ruled } from '../line.ts';

/** The section. */
export function dashboards(context: Context): Section {
  const screens = [...named(context), ...found(context)];
  const { logs, traces, metrics } = context.claims.observability ?? {};
  const groups = [
    ...group('Dashboards', screens),
    ...group('Logs, metrics and traces', [
      ...claimed(
        context,
        'Logs',
        logs &&
          joined([
            logs.format,
            logs.correlation && `tied together by ${logs.correlation}`,
            logs.retention && `kept for ${logs.retention}`,
          ]),
        '/observability/logs',
      ),
      ...claimed(context, 'Metrics', metrics?.endpoint, '/observability/metrics'),
      ...claimed(
        context,
        'Traces',
        traces?.sampling === undefined ? undefined : `${Math.round(traces.sampling * 10_000) / 100} % of requests`,
        '/observability/traces',
      ),
      ...ruled(context, 'Logs are structured', 'observability/logs-structured'),
      ...ruled(context, 'Metrics are there', 'observability/metrics-exposed'),
      ...ruled(context, 'Requests are traced', 'observability/tracing-configured'),
    ]),
  ];
  return {
    id: 'dashboards',
    title: 'Where to look',
    ...(screens.length === 0 && { lead: `${manifestName(context)} names a dashboard, and none is kept here as code.` }),
    groups,
  };
}

function named(context: Context): readonly Line[] {
  const facts = gathered(context, 'dashboards')?.dashboards.facts;
  return (context.claims.observability?.dashboards ?? []).flatMap(({ id, uid, url }, index) => {
    const pointer = `/observability/dashboards/${index}`;
    const files = referencesOf(context, pointer).flatMap(({ matches }) => matches.map(({ path }) => path));
    const looked = facts && dashboardPart(uid, files, facts, context.at(pointer));
    const part: Part | undefined = looked?.problem
      ? { standing: 'contradicted', problems: [looked.problem] }
      : looked?.shown && { standing: 'verified', evidence: [looked.shown] };
    const shown = facts?.dashboards.find(({ at }) => at === looked?.shown);
    const text = shown
      ? joined([`"${shown.title}"`, shown.uid && `uid ${shown.uid}`])
      : (joined([uid && `uid ${uid}`, files[0]]) ?? url);
    const name = id ?? `Dashboard ${index + 1}`;
    return [
      ...claimed(context, name, text, pointer, { part }),
      ...(url !== undefined && url !== text ? claimed(context, `${name}, link`, url, `${pointer}/url`) : []),
    ];
  });
}

/** Kept here as code, whether or not the manifest names them. */
function found(context: Context): readonly Line[] {
  const facts = gathered(context, 'dashboards')?.dashboards.facts;
  const claims = context.claims.observability?.dashboards ?? [];
  const files = referencesOf(context, '/observability/dashboards').flatMap(({ matches }) =>
    matches.map(({ path }) => path),
  );
  const others = (facts?.dashboards ?? []).filter(
    ({ uid, at }) => !files.includes(at.path) && !claims.some((it) => it.uid !== undefined && it.uid === uid),
  );
  return [
    ...others.map(({ title, uid, at }) =>
      line(title, joined(['kept as code', uid && `uid ${uid}`]) ?? title, 'verified', { places: [at] }),
    ),
    ...(facts?.defined ?? []).map(({ type, name, at }) =>
      line(name, `${type}; what it shows is not read`, 'verified', { places: [at] }),
    ),
  ];
}
