/** Assesses whether every dependency is a service of the audit, or says that it is none of ours. */

import { list } from '../../checks/params.ts';
import { counted, shortened } from '../../checks/words.ts';
import { productOf } from '../../evidence/backing.ts';
import { folded } from '../../evidence/declared-callers.ts';
import { pieceFits } from '../../evidence/glob.ts';
import { nearest } from '../../nearest.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Edge, type Graph, placeIn, unreadOf } from '../graph.ts';

/** Kinds that a product or a vendor is behind, not a service with a manifest. */
const NOT_OURS: readonly unknown[] = ['db', 'queue', 'cache', 'saas', 'file'];
/** Names for which the nearest known one is looked up: each is held against all names. */
const MOST_HINTS = 50;

export const check = defineEstateCheck({
  summary:
    'Looks up the id of every dependency among the names of all audited services; case and separators do not matter. A dependency is not ours where its `kind` is db, queue, cache, saas or file, its `owner` begins with `vendor:`, its name is a product such as postgres, or `outside` names it. What may be in a repository that was not judged is unknown.',
  params: {
    outside: list('Names of systems outside of the audit that services depend on; * stands for anything.', []),
  },
  ofClaims: true,
  assess({ graph, params, excused }) {
    const open = graph.edges.filter((edge) => edge.meaning.is === 'unknown' && !isOutside(edge, params.outside));
    const hints = hintsFor(graph, open);
    const missing = open.filter(({ from }) => !excused(from)).map((edge) => troubleOf(edge, hints));
    const waiting = graph.edges.filter(({ meaning }) => meaning.is === 'unjudged').length;
    const ours = graph.edges.filter(({ meaning }) => meaning.is === 'service' || meaning.is === 'ambiguous').length;
    const all = counted(graph.edges.length, 'dependency', 'dependencies');
    const doubt = waiting > 0 ? `, ${waiting} on repositories that were not judged` : '';
    const because =
      missing.length === 0
        ? `${all}: ${ours} on audited services${doubt}, none of ours: ${graph.edges.length - ours - waiting}`
        : `${missing.length} of ${all} name neither an audited service nor what is none of ours${doubt}`;
    if (graph.edges.length === 0)
      return weighed({ otherwise: 'not-applicable', because: 'no audited service declares a dependency' });
    const unnamed = graph.alive.filter((node) => unreadOf(node) !== undefined && node.service.assumed.includes('name'));
    const dark = [...graph.unjudged, ...unnamed.map(({ key }) => key)];
    if (dark.length === 0 || missing.length + waiting === 0)
      return weighed({ missing, otherwise: 'verified', because });
    const may = `${shortened(dark, 3)} could not be judged or read and may be what is meant`;
    return { standing: 'unknown', because: `${because}; ${may}`, problems: missing };
  },
});

function isOutside({ dependency: { name, kind, owner = '' } }: Edge, outside: readonly string[]): boolean {
  return (
    NOT_OURS.includes(kind) ||
    /^vendor:/i.test(owner) ||
    productOf(name) !== undefined ||
    outside.some((pattern) => pieceFits(folded(pattern), folded(name)))
  );
}

function hintsFor({ names }: Graph, open: readonly Edge[]): ReadonlyMap<string, string | undefined> {
  const asked = [...new Set(open.map(({ dependency }) => folded(dependency.name)))].slice(0, MOST_HINTS);
  return new Map(asked.map((name) => [name, nearest(name, names.known)]));
}

function troubleOf(edge: Edge, hints: ReadonlyMap<string, string | undefined>): Trouble {
  const { from, dependency } = edge;
  const hint = hints.get(folded(dependency.name));
  const elsewhere = 'or say that it is none of ours: `kind: saas`, or `owner: vendor:…`.';
  return {
    message: `${from.name} depends on ${dependency.name}, and no audited service has that name${hint ? `; ${hint} is close` : ''}`,
    services: [from],
    places: [placeIn(from, dependency.at)],
    path: [from.name, dependency.name],
    edges: [edge],
    fix: hint
      ? `Write ${hint} if that is meant, ${elsewhere}`
      : `Correct the id, audit its repository too, ${elsewhere}`,
    about: `${from.key} ${folded(dependency.name)}`,
  };
}
