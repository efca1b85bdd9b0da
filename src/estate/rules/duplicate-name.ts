/** Assesses whether a name means one service. */
import { counted, listed } from '../../checks/words.ts';
import { folded } from '../../evidence/declared-callers.ts';
import { grouped } from '../../grouped.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Node, placeIn } from '../graph.ts';

export const check = defineEstateCheck({
  summary:
    'Compares the declared names of all services, without case and separators. Forks and archived repositories are left out, and so are services without a manifest: nobody gave those a name.',
  params: {},
  ofClaims: true,
  assess({ graph, excused }) {
    const named = graph.alive.filter(({ service, fork }) => !fork && !service.assumed.includes('name'));
    const groups = [...grouped(named, ({ service }) => folded(service.name))].filter(([, nodes]) => nodes.length > 1);
    const wrong = groups.flatMap(([name, nodes]) => {
      const left = nodes.filter((node) => !excused(node));
      return left.length > 1 ? [troubleOf(name, left)] : [];
    });
    if (named.length === 0)
      return weighed({ otherwise: 'not-applicable', because: 'no audited service declares a name' });
    const because =
      wrong.length === 0
        ? `${counted(named.length, 'service')}, each with a name of its own`
        : `${counted(wrong.length, 'name')} ${wrong.length === 1 ? 'means' : 'mean'} several services`;
    const untold = graph.unjudged.map((repo) => `${repo} was not judged`);
    return weighed({ wrong, untold, otherwise: 'verified', because });
  },
});

function troubleOf(name: string, nodes: readonly Node[]): Trouble {
  return {
    message: `${name} is the name of ${counted(nodes.length, 'service')}: ${listed(nodes.slice(0, 10).map(({ key }) => key))}`,
    services: nodes,
    places: nodes.flatMap((node) => (node.facts.names ?? []).slice(0, 1).map(({ at }) => placeIn(node, at))),
    fix: 'Rename all but one; who depends on the name, a page and a waiver cannot tell them apart.',
    about: name,
  };
}
