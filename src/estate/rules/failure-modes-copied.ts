/** Assesses whether each service thought about its own failures, as far as copied words tell. */
import { integer } from '../../checks/params.ts';
import { counted, shortened } from '../../checks/words.ts';
import { grouped } from '../../grouped.ts';
import type { FailureModeFact } from '../../model-facts.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Node, placeIn } from '../graph.ts';

export const check = defineEstateCheck({
  summary:
    "Compares effect, detection and mitigation of all `failure_modes`, word for word; case, punctuation, numbers and the service's own name are left aside. Short texts are alike by chance and not compared.",
  params: {
    services: integer('In how many services the same text is one too many.', 3, 2),
    words: integer('The least number of words of a text that is compared.', 8, 1),
  },
  ofClaims: true,
  assess({ graph, params, excused }) {
    const listing = graph.alive.filter(({ facts }) => (facts.failureModes ?? []).length > 0);
    const modes = listing.flatMap((node) =>
      (node.facts.failureModes ?? []).filter(({ words }) => words >= params.words).map((mode) => ({ node, mode })),
    );
    const copied = [...grouped(modes, ({ mode }) => mode.digest).values()].filter(
      (its) => nodesOf(its).length >= params.services,
    );
    const wrong = copied.flatMap((its) => {
      const left = its.filter(({ node }) => !excused(node));
      return nodesOf(left).length >= params.services ? [troubleOf(left)] : [];
    });
    if (listing.length < params.services)
      return weighed({
        otherwise: 'not-applicable',
        because: `fewer than ${params.services} services describe how they fail`,
      });
    const because =
      wrong.length === 0
        ? `${counted(modes.length, 'failure mode')} of ${counted(listing.length, 'service')} with at least ${params.words} words, and no text in ${params.services} of them`
        : `${counted(wrong.length, 'text')} ${wrong.length === 1 ? 'stands' : 'stand'} word for word in ${params.services} services or more`;
    return weighed({ wrong, otherwise: 'verified', because });
  },
});

interface Described {
  readonly node: Node;
  readonly mode: FailureModeFact;
}

function nodesOf(its: readonly Described[]): readonly Node[] {
  return [...new Set(its.map(({ node }) => node))];
}

function troubleOf(its: readonly Described[]): Trouble {
  const nodes = nodesOf(its);
  const [first] = its;
  return {
    message: `"${first?.mode.begins} …" stands word for word in ${counted(nodes.length, 'service')}: ${shortened(nodes.map(({ name }) => name))}`,
    services: nodes,
    places: its.map(({ node, mode }) => placeIn(node, mode.at)),
    fix: "Say in each what its own users notice and what its own people do; move what is really the same into the platform's own manifest.",
    about: first?.mode.digest ?? '',
  };
}
