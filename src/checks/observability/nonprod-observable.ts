/** Assesses whether the environments before production are watched as it is: the same keys and objects for metrics, traces, logs and alerts. */
import type { Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { type Pairing, pairings, type Side, type Trait } from '../environment-pairs.ts';
import { list } from '../params.ts';
import { counted, shortened } from '../words.ts';

export const check = defineCheck({
  summary:
    'Takes what production sets for metrics, traces, logs, errors, dashboards and alerts, by the names of keys, variables, sidecars and monitors, and looks for the same in every other environment that is declared or has files of its own: set, and not switched off where production has it on. Environments that come and go are not asked.',
  needs: ['workloads', 'environments'],
  params: {
    only_production: list('Keys that only production may set, with all below them, e.g. `alerts.pager`.', []),
  },
  assess(subject) {
    const compared = pairings(subject.evidence, subject.claims).flatMap((it) =>
      it.others.map((other) => comparison(it, other, subject.params.only_production)),
    );
    const watched = compared.filter(({ count }) => count > 0);
    const seen = new Set(compared.map(({ environment }) => environment));
    const unseen = (subject.claims.environments ?? []).filter(
      ({ id, production }) => production !== true && !/^(prod|production|live|prd)\b/.test(id) && !seen.has(id),
    );
    const [hidden] = [...subject.evidence.environments.unread, ...subject.evidence.workloads.unread];
    const [lost] = unseen;
    if (compared.length === 0) {
      if (lost) return unknown(`how ${lost.id} is watched is not told here`, { claim: subject.at('/environments') });
      if (hidden) return unknown(`no two environments could be compared: ${hidden.at.path}: ${hidden.detail}`);
      return notApplicable('no chart and no workload here has settings for another environment than production');
    }
    const environments = shortened([...seen], 4);
    if (watched.length === 0)
      return unknown(
        `production sets nothing of its own for metrics, traces, logs or alerts that ${environments} could lack`,
        {
          evidence: compared.map(({ at }) => at).slice(0, 5),
        },
      );
    const same = watched.filter(({ problems }) => problems.length === 0);
    const because = `${same.length} of ${counted(watched.length, 'comparison')} of ${environments} with production ${same.length === 1 ? 'shows' : 'show'} the same metrics, traces, logs and alerts`;
    const evidence = same.map(({ at }) => at).slice(0, 5);
    const problems = watched.flatMap((it) => (it.unsure === undefined ? it.problems : []));
    if (problems.length > 0) return contradicted(because, problems, { evidence });
    const open = watched.find(({ problems }) => problems.length > 0);
    if (open)
      return unknown(
        `${because}; ${open.subject} in ${open.environment} lacks ${counted(open.problems.length, 'key')}, and ${open.unsure}`,
        { evidence: [open.at] },
      );
    if (lost) return unknown(`${because}; how ${lost.id} is watched is not told here`, { evidence });
    if (hidden) return unknown(`${because}; but ${hidden.at.path} could not be read: ${hidden.detail}`, { evidence });
    const veiled = watched.find(({ unsure }) => unsure !== undefined);
    if (veiled)
      return unknown(`${because}, as far as it is written: ${veiled.unsure} (${veiled.subject})`, { evidence });
    return verified(because, evidence);
  },
});

/** Words of keys and variables that are about being watched. */
const WATCHES =
  /(^|[._\-[\] ])(metrics?|prometheus(rules?)?|(service|pod)monitors?|alert(s|ing|manager)?|grafana|dashboards?|otel|opentelemetry|traces?|tracing|jaeger|zipkin|sentry|datadog|dd|newrelic|new_relic|appinsights|applicationinsights|logging|loki|fluent-?(bit|d)|promtail|filebeat|observability|monitoring|healthcheck-?alerts?)([._\-[\] ]|$)/i;
/** What only tells how much or where, not whether: the level of a log, a rate of sampling, what runs the monitoring; and what is on where it says no. */
const DETAIL =
  /(disabled?(_|$)|log[_.-]?level|sampl|severity|threshold|interval|timeout|resources|images?|[._]tag|replica|affinity|disruption|budget|retention|storage|persist|toleration|node_?selector|priority)/i;

interface Compared {
  readonly subject: string;
  readonly environment: string;
  /** How many things production sets. */
  readonly count: number;
  readonly problems: readonly Problem[];
  readonly unsure?: string;
  readonly at: Side['at'];
}

function comparison({ subject, production }: Pairing, other: Side, allowed: readonly string[]): Compared {
  const there = new Map(other.traits.map((it) => [it.name, it]));
  const own = production.traits.filter(
    (it) => watches(it.name) && !it.off && !allowed.some((key) => isBelow(it.name, key)),
  );
  const problems = own.flatMap((trait): readonly Problem[] => {
    const found = there.get(trait.name);
    if (found && !found.off) return [];
    return [problemOf({ subject, environment: other.environment, trait, off: found })];
  });
  const veiled = own.find(({ name, hidden }) => hidden || there.get(name)?.hidden);
  const unsure = other.partial ?? production.partial ?? (veiled && `whether ${veiled.name} is on comes from elsewhere`);
  return {
    subject,
    environment: other.environment,
    count: own.length,
    problems,
    at: other.at,
    ...(unsure !== undefined && { unsure }),
  };
}

/** Products and standards by which variables are known; other words there may be about the service's own subject. */
const VARIABLES =
  /(^|_)(otel|opentelemetry|sentry|datadog|dd|new_?relic|app(lication)?insights|jaeger|zipkin|prometheus|metrics?|tracing|traces?|loki|fluent(d|bit)?)(_|$)/i;

/** In one word too: `serviceMonitor.enabled`, `env OTEL_EXPORTER`. */
function watches(name: string): boolean {
  if (name === 'collection of metrics') return true;
  if (DETAIL.test(name)) return false;
  const variable = /(?:^|[.[ ])([A-Z][A-Z0-9_]{2,})\]?$/.exec(name)?.[1];
  if (variable !== undefined) return VARIABLES.test(variable);
  return WATCHES.test(name) || WATCHES.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'));
}

function isBelow(name: string, key: string): boolean {
  return name === key || name.startsWith(`${key}.`) || name.startsWith(`${key}[`);
}

function problemOf({
  subject,
  environment,
  trait,
  off,
}: {
  readonly subject: string;
  readonly environment: string;
  readonly trait: Trait;
  readonly off: Trait | undefined;
}): Problem {
  return {
    message: `${subject}: production sets ${trait.name}, and ${environment} ${off ? 'switches it off' : 'does not'}`,
    at: off?.at ?? trait.at,
    fix: `Set it in ${environment} too: what is not watched there is first seen in production.`,
    subject: `${subject} ${trait.name} ${environment}`,
  };
}
