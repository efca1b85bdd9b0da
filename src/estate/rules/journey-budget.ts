/** Assesses whether a journey through services of several teams can keep its promise, by what those services promise themselves. */
import { budgetsBy } from '../../checks/non-functionals/journey-budget.ts';
import { judgeJourney } from '../../checks/non-functionals/journey-verdict.ts';
import { counted } from '../../checks/words.ts';
import type { Journey } from '../../generated/service.ts';
import type { BudgetFact, JourneyFact } from '../../model-facts.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Graph, type Node, placeIn, unreadOf } from '../graph.ts';
import type { Meaning } from '../names.ts';

export const check = defineEstateCheck({
  summary:
    'Takes every journey with a component that is a service of another repository or folder, and adds it up as the rule on one service does: availability multiplies, serial times add, the longest of parallel ones counts. A step without a budget takes what its component promises in its own manifest (`nfrs`), and a budget has to be one that the component promises to keep.',
  params: {},
  ofClaims: true,
  assess({ graph, excused }) {
    const judged = graph.alive.flatMap((node) =>
      (node.facts.journeys ?? []).flatMap((journey) => {
        const others = componentsOf(journey).map((name) => ({ name, meaning: graph.names.meaning(name, node) }));
        const nodes = others.flatMap(({ meaning }) =>
          meaning.is === 'service' && meaning.node !== node ? [meaning.node] : [],
        );
        const open = others.flatMap(({ name, meaning }) => {
          const why = untoldOf(meaning);
          return why === undefined ? [] : [`${node.name} passes ${name}: ${why}`];
        });
        return nodes.length + open.length > 0
          ? [{ node, journey, nodes, open, verdict: judge(node, journey, graph) }]
          : [];
      }),
    );
    const troubles = (standing: string): readonly Trouble[] =>
      judged
        .filter(({ node, verdict }) => verdict.part.standing === standing && !excused(node))
        .flatMap(({ node, journey, nodes, verdict }) =>
          (verdict.part.problems ?? []).map(({ message, fix }) => troubleOf(node, journey, nodes, message, fix)),
        );
    const wrong = troubles('contradicted');
    const [gaps, open] = [troubles('missing'), judged.flatMap((it) => it.open)];
    const texts = judged.flatMap(({ verdict }) => verdict.texts);
    if (judged.length === 0)
      return weighed({ otherwise: 'not-applicable', because: 'no journey passes through another audited service' });
    const because =
      wrong.length === 0
        ? `${counted(judged.length, 'journey')} through several services${texts.length > 0 ? `: ${texts.slice(0, 5).join('; ')}${texts.length > 5 ? `; and ${texts.length - 5} more` : ''}` : ''}`
        : `of ${counted(judged.length, 'journey')} through several services, ${brokenIn(wrong)} cannot be kept`;
    const untold = [...new Set(open)];
    return weighed({
      wrong,
      missing: untold.length > 0 ? [] : gaps,
      untold: [...untold, ...(untold.length > 0 ? gaps.map(({ message }) => message) : [])],
      otherwise: 'declared',
      because,
    });
  },
});

/** Why nobody knows what a component promises. */
function untoldOf(meaning: Meaning): string | undefined {
  if (meaning.is === 'unjudged') return 'it was not judged';
  if (meaning.is === 'ambiguous') return 'several services have that name';
  return meaning.is === 'service' ? unreadOf(meaning.node) : undefined;
}

/** How many journeys are wrong: several troubles may be of one. */
function brokenIn(troubles: readonly Trouble[]): number {
  return new Set(troubles.map(({ about }) => about.split('\n')[0])).size;
}

function componentsOf({ steps }: JourneyFact): readonly string[] {
  return steps.flatMap((step) => ('parallel' in step ? step.parallel : [step])).map(({ component }) => component);
}

function judge(node: Node, fact: JourneyFact, graph: Graph) {
  const journey: Journey = {
    id: fact.id,
    ...(fact.slo && { slo: fact.slo }),
    steps: fact.steps.map((step) => ('parallel' in step ? { parallel: [...step.parallel] } : step)),
  };
  return judgeJourney(
    journey,
    '',
    budgetsBy((component) => promiseOf(component, node, graph)),
    () => fact.at,
  );
}

/** What the service of that name promises itself; else what the journey's manifest believes. */
function promiseOf(component: string, node: Node, graph: Graph): BudgetFact {
  const meaning = graph.names.meaning(component, node);
  const believed = node.facts.dependencies.find(({ name }) => name === component)?.slo ?? {};
  if (meaning.is !== 'service') return believed;
  const { promise = {}, availability } = meaning.node.facts;
  return { ...believed, ...promise, ...(availability && { availability: availability.percent }) };
}

function troubleOf(node: Node, journey: JourneyFact, nodes: readonly Node[], message: string, fix = ''): Trouble {
  return {
    message: `${node.name}: ${message}`,
    services: [node, ...new Set(nodes)],
    places: [placeIn(node, journey.at)],
    path: [...new Set([node.name, ...componentsOf(journey)])],
    ...(fix !== '' && { fix }),
    about: `${node.key} ${journey.id}\n${message.replace(/\d+(\.\d+)?/g, '')}`,
  };
}
