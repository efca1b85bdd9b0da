/** Assesses whether a service promises no more availability than what it needs allows, by the promises of those services themselves. */
import { allNeeded, percent, productAgainst, reaches } from '../../checks/arithmetic.ts';
import { counted, listed, shortened } from '../../checks/words.ts';
import { type Allowed, allowedFor, edgesOf, type Factor } from '../allowed.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Node, placeIn } from '../graph.ts';

/** Most factors of a product that are printed. */
const MOST_FACTORS = 12;

interface Judged {
  readonly node: Node;
  /** Percent. */
  readonly objective: number;
  readonly allowed: Allowed;
}

export const check = defineEstateCheck({
  summary:
    'Multiplies the availability of all hard dependencies and compares the product with the highest availability objective of the service. A dependency that is an audited service counts by its own objective, whatever its caller believes; one without an objective by those below it; one that was not audited by `slo.availability` of the caller. Soft and asynchronous dependencies and those with a `fallback` (a cache, a default) are left out.',
  params: {},
  ofClaims: true,
  assess({ graph, excused }) {
    const judged = graph.alive.flatMap((node): readonly Judged[] => {
      const objective = node.facts.availability?.percent;
      if (objective === undefined) return [];
      const allowed = allowedFor(node, graph);
      // Where every number is the caller's own belief, the rule on one service has said it all.
      return reachesOthers(allowed) ? [{ node, objective, allowed }] : [];
    });
    const wrong = judged.flatMap(({ node, objective, allowed }) => {
      const product = allNeeded(allowed.factors.map((it) => it.percent));
      if (reaches(product, objective) || excused(node)) return [];
      return [troubleOf(node, objective, allowed.factors)];
    });
    const untold = judged.flatMap(({ node, allowed: { gaps, untold: why } }) => [
      ...(gaps.length > 0
        ? [
            `${shortened([...new Set(gaps)], 3)} below ${node.name} ${gaps.length === 1 ? 'promises' : 'promise'} nothing`,
          ]
        : []),
      ...why,
      ...unreadIn(node),
    ]);
    if (judged.length === 0)
      return weighed({
        otherwise: 'not-applicable',
        because: 'no service with an availability objective hard-depends on another one that was audited',
      });
    const because =
      wrong.length === 0
        ? `${counted(judged.length, 'objective')} of services that need others: ${judged.slice(0, 3).map(sumOf).join('; ')}${judged.length > 3 ? `; and ${judged.length - 3} more` : ''}`
        : `of ${counted(judged.length, 'objective')} of services that need others, ${wrong.length} ${wrong.length === 1 ? 'is' : 'are'} above what those allow`;
    return weighed({ wrong, untold: [...new Set(untold)], otherwise: 'declared', because });
  },
});

/** `checkout 0.9990 × 0.9995 = 99.85 % ≥ 99.80 %`. */
function sumOf({ node, objective, allowed }: Judged): string {
  return `${node.name} ${productText(allowed.factors, objective)}`;
}

function reachesOthers({ factors, untold }: Allowed): boolean {
  return factors.some(({ node }) => node !== undefined) || untold.length > 0;
}

function troubleOf(node: Node, objective: number, factors: readonly Factor[]): Trouble {
  const sorted = [...factors].sort((a, b) => a.percent - b.percent);
  const way = edgesOf(sorted[0]?.way);
  const at = node.facts.availability?.at;
  return {
    get message() {
      return `${node.name} promises ${percent(objective)}, more than ${namesIn(sorted)} allow${factors.length === 1 ? 's' : ' together'}: ${productText(sorted, objective)}${beliefs(factors)}`;
    },
    services: [node, ...sorted.flatMap((it) => it.node ?? [])],
    get places() {
      const below = sorted.slice(0, 5).flatMap(({ node: it }) => {
        const its = it?.facts.availability;
        return it && its ? [placeIn(it, its.at)] : [];
      });
      return [...(at ? [placeIn(node, at)] : []), ...below];
    },
    path: [node.name, ...way.map(({ to, dependency }) => to?.name ?? dependency.name)],
    edges: way,
    fix: 'Lower the objective, make a dependency soft with a `fallback`, or agree on a better promise with its owner.',
    about: node.key,
  };
}

/** `payments 99.90 %, ledger 99.95 % (as its caller says)`. */
function namesIn(factors: readonly Factor[]): string {
  const shown = factors.slice(0, MOST_FACTORS).map(wordsOf);
  return factors.length > MOST_FACTORS
    ? `${shown.slice(0, 5).join(', ')} and ${factors.length - 5} more`
    : listed(shown);
}

/** Objectives that are kept as code and could not be read. */
function unreadIn({ name, facts }: Node): readonly string[] {
  return (facts.unknown ?? [])
    .filter(({ what }) => what === 'availability')
    .map(({ because }) => `${name}: ${because}`);
}

/** `payments 99.90 %`, and by whom where it is not the service itself that says so. */
function wordsOf({ name, percent: value, node }: Factor): string {
  return `${name} ${percent(value)}${node ? '' : ' (as its caller says)'}`;
}

function productText(factors: readonly Factor[], objective: number): string {
  const percents = factors.map((it) => it.percent);
  if (factors.length <= MOST_FACTORS) return productAgainst(percents, objective);
  const product = allNeeded(percents);
  const sign = reaches(product, objective) ? '≥' : '<';
  return `${factors.length} factors = ${percent(product, objective)} ${sign} ${percent(objective, product)}`;
}

/** Where the caller counts on more than the service promises. */
function beliefs(factors: readonly Factor[]): string {
  const said = factors.flatMap(({ name, node, percent: own, way }) => {
    const believed = node && way.edge.dependency.slo?.availability;
    return believed !== undefined && !reaches(own, believed)
      ? [`${way.edge.from.name} counts on ${percent(believed, own)} of ${name}`]
      : [];
  });
  return said.length === 0 ? '' : `; ${shortened(said, 3)}`;
}
