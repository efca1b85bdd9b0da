/** Assesses whether what must not fail hangs on one person in too many places at once. */
import { integer } from '../../checks/params.ts';
import { counted, shortened } from '../../checks/words.ts';
import { grouped } from '../../grouped.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Node, placeIn, unreadOf } from '../graph.ts';

export const check = defineEstateCheck({
  summary:
    'Counts for each person under `leads` the services of which they lead an area. Names are compared as written, without case, `@`, `user:` and the domain of an address; two spellings of one person are two.',
  params: {
    tier: integer('Services of this tier and more critical ones are counted.', 1, 1),
    most: integer('The most services that one person may lead an area of.', 5, 1),
  },
  ofClaims: true,
  assess({ graph, params, excused }) {
    const held = graph.alive.filter(({ service }) => service.tier <= params.tier && !service.assumed.includes('tier'));
    const led = held.flatMap((node) => (node.facts.leads ?? []).map((lead) => ({ node, ...lead })));
    const people = [...grouped(led, ({ person }) => normal(person))].map(([, its]) => its);
    const silent = held.filter(({ facts }) => (facts.leads ?? []).length === 0);
    const wrong = people.flatMap((its) => {
      const nodes = new Set(its.map(({ node }) => node));
      if (nodes.size <= params.most) return [];
      const counted = its.filter(({ node }) => !excused(node));
      return new Set(counted.map(({ node }) => node)).size > params.most ? [troubleOf(counted, params)] : [];
    });
    const widest = Math.max(0, ...people.map((its) => new Set(its.map(({ node }) => node)).size));
    // Nobody reaches the limit, whoever leads those that do not say it.
    const untold = widest + silent.length > params.most ? silent.map(silence) : [];
    if (people.length === 0 && held.length > 0)
      return weighed({
        untold,
        otherwise: 'not-applicable',
        because: `no service up to tier ${params.tier} says who leads`,
      });
    if (held.length === 0)
      return weighed({
        otherwise: 'not-applicable',
        because: `no audited service declares a tier up to ${params.tier}`,
      });
    const who = people.length === 1 ? 'one person leads' : `${people.length} people lead`;
    const because =
      wrong.length === 0
        ? `${who} areas of ${counted(held.length - silent.length, 'service')} up to tier ${params.tier}, none of them of more than ${params.most}`
        : `${counted(wrong.length, 'person', 'people')} ${wrong.length === 1 ? 'leads' : 'lead'} areas of more than ${counted(params.most, 'service')} up to tier ${params.tier}`;
    return weighed({ wrong, untold, otherwise: 'declared', because });
  },
});

function silence(node: Node): string {
  const because = unreadOf(node);
  return `${node.name}${because === undefined ? ' does not say who leads' : `: ${because}`}`;
}

interface Led {
  readonly node: Node;
  readonly area: string;
  readonly person: string;
  readonly at: { readonly path: string };
}

function troubleOf(its: readonly Led[], { tier, most }: { readonly tier: number; readonly most: number }): Trouble {
  const nodes = [...new Set(its.map(({ node }) => node))];
  const person = its.map((it) => it.person).reduce((a, b) => (b.length < a.length ? b : a), its[0]?.person ?? '');
  const areas = [...new Set(its.map(({ area }) => area))].sort();
  return {
    message: `${person} leads ${shortened(areas)} of ${counted(nodes.length, 'service')} up to tier ${tier}, more than ${most}: ${shortened(nodes.map(({ name }) => name))}`,
    services: nodes,
    places: its.map(({ node, at }) => placeIn(node, at)),
    fix: 'Name other leads for some of them; one illness or one bad night would leave all of these without anyone who decides.',
    about: normal(person),
  };
}

function normal(person: string): string {
  return person
    .trim()
    .toLowerCase()
    .replace(/^(user|lead|person):/, '')
    .replace(/^@/, '')
    .replace(/@[^@\s]*$/, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join('.');
}
