/** Assesses whether each caller waits at least as long as what it calls may take. */
import { duration, reaches, sumAgainst } from '../../checks/arithmetic.ts';
import { counted } from '../../checks/words.ts';
import { milliseconds } from '../../dates.ts';
import type { Link } from '../cycles.ts';
import { defineEstateCheck, lostAmong, type Trouble, weighed } from '../define.ts';
import { type Node, placeIn, unreadOf } from '../graph.ts';
import { isHard } from '../hard.ts';
import { bySum, type Wait, waitsIn, wayDown } from '../waits.ts';

/** Most terms of a sum that are printed. */
const MOST_TERMS = 12;

const NO_WAIT: Wait = { terms: [], sum: 0, gaps: [], bounded: false };

export const check = defineEstateCheck({
  summary:
    "Compares what a caller waits for one try (`timeout.request` of the dependency) with what the service it calls may take: (connect + request) × (1 + retries) over that service's own hard dependencies, or its own `timeout` where that comes first. A dependency without a timeout takes what is added up below it. Soft and asynchronous dependencies are left out, and so are the pauses between tries.",
  params: {},
  ofClaims: true,
  assess({ graph, excused }) {
    const waits = waitsIn(graph);
    const hard = graph.edges.filter(isHard);
    const links = hard.filter(
      (edge): edge is Link => edge.to !== undefined && edge.to !== edge.from && !edge.to.archived,
    );
    const wrong = links.flatMap((link) => {
      return givesUpFirst(link, waits) && !excused(link.from) ? [troubleOf(link, waits)] : [];
    });
    const impatient = links.filter((link) => patienceOf(link) === undefined);
    const open = links.filter(
      (link) => patienceOf(link) !== undefined && !waits.get(link.to)?.bounded && !givesUpFirst(link, waits),
    );
    const missing = impatient.filter(({ from }) => !excused(from)).map(withoutTimeout);
    const untold = [...open.map(({ to }) => openText(to)), ...lostAmong(hard)];
    if (links.length + untold.length === 0)
      return weighed({ otherwise: 'not-applicable', because: 'no audited service waits for another one' });
    const because =
      wrong.length === 0
        ? `${links.length - impatient.length - open.length} of ${counted(links.length, 'hard dependency', 'hard dependencies')} between services could be compared, and no caller gives up first`
        : `in ${wrong.length} of ${counted(links.length, 'hard dependency', 'hard dependencies')} between services the caller gives up first`;
    return weighed({ wrong, missing, untold: [...new Set(untold)], otherwise: 'declared', because });
  },
});

function openText(node: Node): string {
  return unreadOf(node) ? `${node.name}: ${unreadOf(node)}` : `nothing bounds how long ${node.name} may take`;
}

/** Milliseconds that the caller waits for the answer to one try. */
function patienceOf({ dependency }: Link): number | undefined {
  return milliseconds(dependency.timeout?.request ?? '');
}

function givesUpFirst(link: Link, waits: ReadonlyMap<Node, Wait>): boolean {
  const [patience, answer] = [patienceOf(link), waits.get(link.to)?.answer];
  return patience !== undefined && answer !== undefined && !reaches(patience, answer);
}

function troubleOf(link: Link, waits: ReadonlyMap<Node, Wait>): Trouble {
  const { from, to } = link;
  const wait = waits.get(to) ?? NO_WAIT;
  return {
    get message() {
      return giveUpText(link, wait);
    },
    services: [from, to],
    get places() {
      return placesOf(link, wait);
    },
    get path() {
      return [from.name, ...(bySum(wait) ? wayDown(to, waits) : [to.name])];
    },
    edges: [link],
    fix: `Shorten the waits or retries of ${to.name}, or let ${from.name} wait longer and tell its own callers so.`,
    about: `${from.key} ${to.key}`,
  };
}

function giveUpText(link: Link, wait: Wait): string {
  const { from, to } = link;
  const patience = patienceOf(link) ?? 0;
  const { answer = 0 } = wait;
  const why = bySum(wait)
    ? sumText(wait, patience)
    : `its own \`timeout\` is ${duration(answer, patience)} > ${duration(patience, answer)}`;
  return `${from.name} gives up on ${to.name} after ${duration(patience, answer)}, while ${to.name} may still work on it until ${duration(answer, patience)}: ${why}`;
}

function placesOf({ from, to, dependency }: Link, wait: Wait): Trouble['places'] {
  const ownAt = to.facts.timeout?.at;
  const below = to.facts.dependencies.filter((it) => wait.terms.some(({ name }) => name === it.name));
  return [
    placeIn(from, dependency.at),
    ...(bySum(wait) ? below.slice(0, 5).map(({ at }) => placeIn(to, at)) : ownAt ? [placeIn(to, ownAt)] : []),
  ];
}

function sumText({ terms, sum, gaps }: Wait, patience: number): string {
  const shown =
    terms.length > MOST_TERMS
      ? `${terms.length} waits add up to ${duration(sum)}`
      : sumAgainst(
          terms.map(({ text }) => text),
          sum,
          patience,
        );
  const names = terms.length > MOST_TERMS ? '' : ` (${terms.map(({ name }) => name).join(', ')})`;
  return `${shown}${names}${gaps.length > 0 ? `, not counting ${gaps.slice(0, 3).join(', ')}` : ''}`;
}

function withoutTimeout({ from, to, dependency, ...edge }: Link): Trouble {
  return {
    message: `nothing bounds how long ${from.name} waits for ${to.name}`,
    services: [from, to],
    places: [placeIn(from, dependency.at)],
    path: [from.name, to.name],
    edges: [{ from, to, dependency, ...edge }],
    fix: 'Add `timeout: { connect, request }` to the dependency.',
    about: `unbounded ${from.key} ${to.key}`,
  };
}
