/** What a manifest claims about other services: dependencies, consumers, journeys; and who leads. Pure. */
import { says } from '../../checks/placeholders.ts';
import type { Budget, ComponentStep, Dependency, Step } from '../../generated/service.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';
import type {
  BudgetFact,
  ComponentFact,
  ConsumerFact,
  DependencyFact,
  JourneyFact,
  LeadFact,
} from '../../model-facts.ts';
import { kept, MOST_CLAIMS } from './bounds.ts';

type At = (pointer: string) => Place;

/** Most steps of one journey. */
const MOST_STEPS = 50;

/** The dependencies, in the manifest's order. */
export function dependenciesOf({ dependencies = [] }: Claims, at: At): readonly DependencyFact[] {
  return dependencies
    .slice(0, MOST_CLAIMS)
    .map((dependency, index) => dependencyOf(dependency, at(`/dependencies/${index}`)));
}

function dependencyOf(dependency: Dependency, at: Place): DependencyFact {
  const { id, kind, criticality, owner, timeout, retry, slo, fallback } = dependency;
  return {
    name: kept(id),
    at,
    ...(kind && { kind }),
    ...(criticality && { criticality }),
    ...(dependency.async !== undefined && { async: dependency.async }),
    ...(owner && { owner: kept(owner) }),
    ...(timeout && {
      timeout: {
        ...(timeout.connect && { connect: timeout.connect }),
        ...(timeout.request && { request: timeout.request }),
      },
    }),
    ...(retry?.max !== undefined && { retry: { max: retry.max } }),
    ...(slo && { slo: budgetOf(slo) }),
    ...(fallback && { fallback: says(fallback.kind) }),
  };
}

function budgetOf({ availability, latency_p95, latency_p99 }: Budget): BudgetFact {
  return {
    ...(availability !== undefined && { availability }),
    ...(latency_p95 && { latency_p95 }),
    ...(latency_p99 && { latency_p99 }),
  };
}

/** The consumers; a reference to a manifest in another repository names that repository. */
export function consumersOf({ consumers = [] }: Claims, at: At): readonly ConsumerFact[] {
  return consumers.slice(0, MOST_CLAIMS).map(({ id, manifest }, index) => {
    const repo = /^repo:([^\s/]+(?:\/[^\s/]+)*?)(?:\/\/|$)/.exec(kept(manifest ?? ''))?.[1];
    return { name: kept(id), at: at(`/consumers/${index}`), ...(repo && { repo }) };
  });
}

/** The journeys, with the numbers that can be added up. */
export function journeysOf({ journeys = [] }: Claims, at: At): readonly JourneyFact[] {
  return journeys.slice(0, MOST_CLAIMS).map(({ id, slo, steps = [] }, index) => ({
    id: kept(id),
    at: at(`/journeys/${index}`),
    ...(slo && { slo: budgetOf(slo) }),
    steps: steps.slice(0, MOST_STEPS).map(stepOf),
  }));
}

function stepOf(step: Step): JourneyFact['steps'][number] {
  return 'parallel' in step ? { parallel: step.parallel.slice(0, MOST_STEPS).map(componentOf) } : componentOf(step);
}

function componentOf({ component, budget, soft, fallback }: ComponentStep): ComponentFact {
  return {
    component: kept(component),
    ...(budget && { budget: budgetOf(budget) }),
    ...(soft !== undefined && { soft }),
    ...(fallback && { fallback: kept(fallback) }),
  };
}

/** Who leads which area. */
export function leadsOf({ leads = {} }: Claims, at: At): readonly LeadFact[] {
  return Object.entries(leads)
    .filter(([area, person]) => !area.startsWith('x-') && typeof person === 'string' && says(person))
    .slice(0, MOST_CLAIMS)
    .map(([area, person]) => ({ area: kept(area), person: kept(String(person)), at: at(`/leads/${area}`) }));
}
