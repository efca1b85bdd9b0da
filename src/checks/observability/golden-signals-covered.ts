/** Assesses whether latency, traffic, errors and saturation are each queried by an alert or a dashboard panel. */
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Problem } from '../../model.ts';
import { table } from '../../table.ts';
import { alertScope } from '../alert-scope.ts';
import { claimPlace, placed } from '../claimed.ts';
import { declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { list, map } from '../params.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { listed, shortened } from '../words.ts';
import { type Coverage, coverageOf } from './coverage.ts';

export const check = defineCheck({
  summary:
    "Classes the metrics that alerts and Grafana panels query in PromQL: latency, traffic, errors, saturation. A burn rate counts as errors. What only an alert's name suggests is not counted as seen.",
  needs: ['alerts', 'references', 'dashboards'],
  params: {
    wanted: list('The signals that have to be watched.', ['latency', 'traffic', 'errors', 'saturation']),
    signals: map('Your own metrics and the signal each one is, e.g. { seats_locked: saturation }.', {}),
    ...severityParams,
  },
  assess(subject) {
    const { claims, evidence, params, at } = subject;
    const { alerts } = alertScope(subject);
    const { dashboards } = evidence.dashboards.facts;
    const coverage = params.wanted.map((signal) => coverageOf(signal, alerts, dashboards, params.signals));
    const open = coverage.filter(({ watchers }) => watchers.length === 0);
    const because = summed(coverage, open);
    const places = coverage.flatMap(({ watchers }) => watchers.slice(0, 1).map((it) => it.at));
    const cited = [...new Map(places.map((place) => [`${place.path}:${place.line}`, place])).values()];
    if (open.length === 0) return verified(because, cited);
    const elsewhere = referencesUnder(evidence.references.facts, '/observability/dashboards').filter(
      ({ outcome }) => outcome === 'url' || outcome === 'root-not-at-hand',
    );
    const [dashboard] = elsewhere;
    if (dashboard) {
      return declared(`${because}; the dashboard ${dashboard.target} is not opened`, dashboard.at, { evidence: cited });
    }
    const uid = (claims.observability?.dashboards ?? []).findIndex(
      (it) => it.uid !== undefined && !dashboards.some((known) => known.uid === it.uid),
    );
    if (uid >= 0) {
      return declared(
        `${because}; the dashboard with the uid ${claims.observability?.dashboards?.[uid]?.uid} is not in the repository`,
        at(`/observability/dashboards/${uid}`),
        { evidence: cited },
      );
    }
    const named = open.filter(({ hints }) => hints.length > 0);
    if (named.length === open.length) {
      const hints = named.flatMap(({ hints: its }) => its.slice(0, 1));
      return unknown(`${because}; ${listed(hints.map(({ name }) => name))} may by name, and not by what is queried`, {
        evidence: [...cited, ...hints.map((it) => it.at)],
      });
    }
    const opaque = dashboards.filter(({ unreadableQueries }) => unreadableQueries > 0);
    if (opaque.length > 0) {
      const titles = shortened(opaque.map(({ title }) => `"${title}"`));
      return unknown(
        `${because}; ${titles} ${opaque.length === 1 ? 'asks' : 'ask'} in part in languages that are not read`,
        {
          evidence: [...cited, ...opaque.map((it) => it.at)].slice(0, 5),
        },
      );
    }
    const place = placed(claimPlace(subject, '/observability'));
    return missing(
      because,
      open.map((it) => ({ ...unwatched(it), ...place })),
      { evidence: cited },
    );
  },
});

/** "3 of 4 signals are watched: latency by CheckoutSlow; …; nothing watches traffic". */
function summed(coverage: readonly Coverage[], open: readonly Coverage[]): string {
  const watched = coverage.filter((it) => !open.includes(it));
  const by = watched.map(({ signal, watchers }) => {
    const more = watchers.length > 1 ? ` and ${watchers.length - 1} more` : '';
    return `${signal} by ${watchers[0]?.name}${more}`;
  });
  const head = `${share(watched.length, coverage.length, 'signal', ['is', 'are'])} watched`;
  const rest = open.length > 0 ? [`nothing is seen to watch ${listed(open.map(({ signal }) => signal))}`] : [];
  return by.length === 0 ? rest.join('') : `${head}: ${[...by, ...rest].join('; ')}`;
}

const HARM: Readonly<Record<string, string>> = table({
  latency: 'answers may take a minute, and no graph shows it',
  traffic: 'when no request arrives any more, nothing looks wrong',
  errors: 'when every answer is an error, nothing says so',
  saturation: 'what fills up is noticed when it is full',
});

function unwatched({ signal }: Coverage): Problem {
  const message = `nothing watches ${signal}: ${HARM[signal] ?? 'nobody would notice'}`;
  const fix = `Add an alert or a panel on ${signal}; if a metric of your own is one, say so in the rule's \`signals\`.`;
  return { message, fix, subject: signal };
}
