/** What the rules across services need of each: taken from its manifest and evidence while these are at hand. Pure. */
import { ownAvailability } from '../checks/non-functionals/own-availability.ts';
import { ownPromise } from '../checks/non-functionals/own-promise.ts';
import { says } from '../checks/placeholders.ts';
import { sloScope } from '../checks/slo-scope.ts';
import type { CollectedKind } from '../evidence/gather.ts';
import { type Claims, placeOf } from '../manifest/manifest.ts';
import type { Place } from '../model.ts';
import type { ServiceFacts } from '../model-facts.ts';
import type { JudgedService } from '../run.ts';
import { endsOf } from './end-of-life.ts';
import { MOST_CLAIMS } from './facts/bounds.ts';
import { consumersOf, dependenciesOf, journeysOf, leadsOf } from './facts/claims.ts';
import { deployedOf } from './facts/deployed.ts';
import { excusesOf } from './facts/excuses.ts';
import { failureModesOf } from './facts/failure-modes.ts';
import { librariesOf } from './facts/libraries.ts';
import { namesOf } from './facts/names.ts';

/** Kinds of evidence that the facts rest on, so that an audit gathers them whatever its rules need. */
export const FACT_KINDS: readonly CollectedKind[] = [
  'frameworks',
  'images',
  'lockfiles',
  'owners',
  'runtimes',
  'slos',
  'workloads',
];

type Untold = NonNullable<ServiceFacts['unknown']>;

/** The facts of one service that was judged as of a day. */
export function factsOf(judged: JudgedService, asOf: string): ServiceFacts {
  const { manifest } = judged;
  const { claims, state, path } = manifest;
  const at = (pointer: string): Place => placeOf(manifest, pointer);
  const libraries = librariesOf(judged.evidence);
  const deployed = state === 'absent' ? deployedOf(judged.evidence) : {};
  const unknown: Untold = [
    ...(state === 'invalid' ? [{ what: 'all' as const, because: `${path} is not valid` }] : []),
    ...sayUntold('all', cutIn(claims)),
    ...sayUntold('availability', state === 'absent' ? undefined : unreadOf(judged.evidence.slos, 'slos')),
    ...sayUntold('libraries', libraries.untold),
    ...sayUntold('deployed', deployed.untold),
  ];
  return {
    manifest: state,
    names: namesOf(judged),
    dependencies: dependenciesOf(claims, at),
    ...(claims.dependencies && { dependenciesAt: at('/dependencies') }),
    consumers: consumersOf(claims, at),
    ...(claims.consumers && { consumersAt: at('/consumers') }),
    ...(claims.tier !== undefined && { tier: { at: at('/tier'), reasoned: says(claims.tier_reason) } }),
    ...(claims.timeout && { timeout: { request: claims.timeout.request, at: at('/timeout') } }),
    ...availabilityOf(judged, at),
    ...(claims.nfrs && { promise: ownPromise(claims) }),
    ...some('journeys', journeysOf(claims, at)),
    ...some('failureModes', failureModesOf(claims, at)),
    ...some('leads', leadsOf(claims, at)),
    ...some('libraries', libraries.libraries),
    ...some('deployed', deployed.signs ?? []),
    ...some('excuses', excusesOf(judged, at)),
    ...some('unknown', unknown),
    ...endsOf(judged.evidence, asOf),
  };
}

function some<K extends keyof ServiceFacts>(key: K, values: readonly unknown[]): Partial<ServiceFacts> {
  return values.length > 0 ? { [key]: values } : {};
}

function sayUntold(what: Untold[number]['what'], because: string | undefined): Untold {
  return because === undefined ? [] : [{ what, because }];
}

/** Why a kind cannot be told from; a kind whose collector failed is absent. */
function unreadOf(
  gathered: { readonly unread: readonly { readonly at: Place; readonly detail: string }[] } | undefined,
  kind: string,
): string | undefined {
  if (!gathered) return `gonogo could not gather ${kind}`;
  const [first] = gathered.unread;
  return first && `${first.at.path} could not be read: ${first.detail}`;
}

/** Which list is longer than what is kept of it. */
function cutIn({ dependencies, consumers, journeys, failure_modes: failureModes }: Claims): string | undefined {
  const cut = Object.entries({ dependencies, consumers, journeys, failureModes }).find(
    ([, list]) => (list?.length ?? 0) > MOST_CLAIMS,
  );
  return cut && `only the first ${MOST_CLAIMS} of its ${cut[0]} are looked at`;
}

function availabilityOf(
  { manifest: { claims }, evidence, report: { service } }: JudgedService,
  at: (pointer: string) => Place,
): Pick<ServiceFacts, 'availability'> {
  const asCode = evidence.slos ? sloScope({ service, claims, evidence: { slos: evidence.slos } }).slos : [];
  const [highest] = [...ownAvailability(claims, asCode, at)].sort((a, b) => b.target - a.target);
  return highest ? { availability: { name: highest.name.slice(0, 200), percent: highest.target, at: highest.at } } : {};
}
