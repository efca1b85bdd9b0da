/** Assesses whether tier 1 still means something: not everything can be what customers cannot do without. */
import { plain } from '../../checks/arithmetic.ts';
import { integer, number } from '../../checks/params.ts';
import { counted } from '../../checks/words.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Node, placeIn, unreadOf } from '../graph.ts';

export const check = defineEstateCheck({
  summary:
    'Counts the services whose manifests declare tier 1, as a share of all that declare a tier. Where the share is too large, those without a `tier_reason` are named first: they are the ones to look at.',
  params: {
    share: number('The largest share of services that may be tier 1, in percent.', 30),
    services: integer('The least number of services of which a share is taken.', 10, 1),
  },
  ofClaims: true,
  assess({ graph, params, excused }) {
    const tiered = graph.alive.filter(({ service }) => !service.assumed.includes('tier'));
    const top = tiered.filter(({ service }) => service.tier === 1);
    if (tiered.length < params.services)
      return weighed({
        otherwise: 'not-applicable',
        because: `${counted(tiered.length, 'service')} declare a tier, and a share of fewer than ${params.services} says nothing`,
      });
    const share = (top.length / tiered.length) * 100;
    const because = `${top.length} of ${counted(tiered.length, 'service')} are tier 1: ${shareText(share)} ${share > params.share ? '>' : '≤'} ${plain(params.share)} %`;
    const dark = graph.alive.filter((node) => !tiered.includes(node) && unreadOf(node) !== undefined);
    const most = ((top.length + dark.length) / (tiered.length + dark.length)) * 100;
    const untold = most > params.share ? dark.map((node) => `${node.name}: ${unreadOf(node)}`) : [];
    if (share <= params.share) return weighed({ untold, otherwise: 'declared', because });
    const silent = top.filter(({ facts }) => !facts.tier?.reasoned);
    const wrong = silent.filter((node) => !excused(node)).map(troubleOf);
    const whole: Trouble = {
      message: `${because}; ${silent.length === 0 ? 'each gives a reason' : `${silent.length} of them do not say why`}`,
      services: top,
      places: [],
      fix: 'Agree what tier 1 means, e.g. customers cannot pay, and move the others down; or raise `share` in the policy and say why.',
      about: 'share',
    };
    return weighed({ wrong: [whole, ...wrong], otherwise: 'declared', because });
  },
});

function shareText(share: number): string {
  return `${plain(Math.round(share * 10) / 10)} %`;
}

function troubleOf(node: Node): Trouble {
  const at = node.facts.tier?.at;
  return {
    message: `${node.name} is tier 1 and does not say why`,
    services: [node],
    places: at ? [placeIn(node, at)] : [],
    fix: 'Add `tier_reason` with what customers cannot do without it, or lower the tier.',
    about: node.key,
  };
}
