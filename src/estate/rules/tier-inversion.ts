/** Assesses whether what must not fail leans on nothing that may fail sooner. */
import { integer } from '../../checks/params.ts';
import { counted } from '../../checks/words.ts';
import type { Link } from '../cycles.ts';
import { defineEstateCheck, lostAmong, type Trouble, weighed } from '../define.ts';
import { type Edge, type Node, placeIn, unreadOf } from '../graph.ts';
import { isHard } from '../hard.ts';

export const check = defineEstateCheck({
  summary:
    'Compares the tier of every service with the tiers of the services that it hard-depends on: neither soft, nor asynchronous, nor with a `fallback`. A tier that no manifest declares is unknown.',
  params: {
    tier: integer('Services of this tier and more critical ones are held to it.', 2, 1),
  },
  ofClaims: true,
  assess({ graph, params, excused }) {
    const held = graph.edges.filter(
      ({ from, dependency, ...edge }) =>
        from.service.tier <= params.tier && isHard({ dependency }) && !dependency.fallback && edge.to !== from,
    );
    const links = held.filter((edge): edge is Link => edge.to !== undefined);
    const open = links.filter(({ from, to }) => isAssumed(from) || isAssumed(to));
    const inverted = links.filter((it) => !open.includes(it) && it.to.service.tier > it.from.service.tier);
    const wrong = inverted.filter(({ from }) => !excused(from)).map(troubleOf);
    const untold = [
      ...open.map(({ from, to }) => withoutTier(isAssumed(to) ? to : from)),
      ...lostAmong(held.filter(mayBeLesser)),
    ];
    if (links.length + untold.length === 0)
      return weighed({
        otherwise: 'not-applicable',
        because: `no service up to tier ${params.tier} hard-depends on another one that was audited`,
      });
    const because =
      wrong.length === 0
        ? `${counted(links.length - open.length - inverted.length, 'hard dependency', 'hard dependencies')} of services up to tier ${params.tier} compared, and none leads to a less critical service`
        : `${wrong.length} of ${counted(links.length, 'hard dependency', 'hard dependencies')} of services up to tier ${params.tier} ${wrong.length === 1 ? 'leads' : 'lead'} to a less critical service`;
    return weighed({ wrong, untold: [...new Set(untold)], otherwise: 'declared', because });
  },
});

/** A store is no less critical than the service of its name. */
function mayBeLesser({ from, meaning }: Edge): boolean {
  return meaning.is !== 'store' || isAssumed(meaning.node) || meaning.node.service.tier > from.service.tier;
}

function withoutTier(node: Node): string {
  const because = unreadOf(node);
  return `${node.name}${because === undefined ? ' declares no tier' : `: ${because}`}`;
}

function isAssumed({ service }: Node): boolean {
  return service.assumed.includes('tier');
}

function troubleOf(edge: Link): Trouble {
  const { from, to, dependency } = edge;
  const [upper, lower] = [from.service.tier, to.service.tier];
  const at = to.facts.tier?.at;
  return {
    message: `${from.name} (tier ${upper}) cannot work without ${to.name} (tier ${lower}), which gets the care of a tier ${lower} service`,
    services: [from, to],
    places: [placeIn(from, dependency.at), ...(at ? [placeIn(to, at)] : [])],
    path: [from.name, to.name],
    edges: [edge],
    fix: `Make the dependency soft with a \`fallback\`, or agree with the owner of ${to.name} to raise it to tier ${upper}.`,
    about: `${from.key} ${to.key}`,
  };
}
