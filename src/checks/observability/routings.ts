/** Which Alertmanager configurations may be the one that runs in production. Each is followed by itself: two files are two Alertmanagers. Pure. */
import { environmentIn, isProduction } from '../../evidence/environment-names.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Routing } from '../../evidence/routes.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';

/** What the choice is made from. */
export interface RoutingSubject {
  readonly claims: Claims;
  readonly evidence: Pick<Evidence, 'references' | 'routes'>;
}

/** Several where nothing says which one runs. */
export interface RoutingScope {
  /** Each is one Alertmanager: a file, and the objects that an operator adds to it. */
  readonly candidates: readonly (readonly Routing[])[];
  /** Configurations that are of another environment than production. */
  readonly elsewhere: readonly Routing[];
}

/** The candidates: those of production where some say so, else those that name no environment. */
export function routingScope(subject: RoutingSubject): RoutingScope {
  const routings = subject.evidence.routes.facts.routings.filter(({ route }) => route);
  const placed = routings.map((routing) => ({ routing, environment: environmentOf(routing.at, subject) }));
  const elsewhere = placed.filter(({ environment }) => environment !== undefined && !isProduction(environment));
  const here = placed.filter((it) => !elsewhere.includes(it));
  const files = here.filter(({ routing }) => routing.source === 'file');
  const live = files.filter(({ environment }) => environment !== undefined);
  const objects = here.filter(({ routing }) => routing.source === 'object').map(({ routing }) => routing);
  const chosen = (live.length > 0 ? live : files).map(({ routing }) => [routing, ...objects]);
  return {
    candidates: chosen.length === 0 && objects.length > 0 ? [objects] : chosen,
    elsewhere: elsewhere.map(({ routing }) => routing),
  };
}

/** The environment whose `deploy` in the manifest leads to a file, by the word in its id, else the one that the path names. */
export function environmentOf(at: Place, { claims, evidence }: RoutingSubject): string | undefined {
  const claimed = (claims.environments ?? []).find((_, index) =>
    referencesUnder(evidence.references.facts, `/environments/${index}/deploy`)
      .flatMap(({ matches }) => matches)
      .some(({ path, root }) => root === at.root && (path === at.path || at.path.startsWith(`${path}/`))),
  );
  return environmentIn(claimed?.id ?? at.path);
}
