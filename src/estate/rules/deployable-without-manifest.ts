/** Assesses whether everything that is deployed has a manifest, so that somebody claims something about it. */
import { list } from '../../checks/params.ts';
import { counted, shortened } from '../../checks/words.ts';
import { pieceFits } from '../../evidence/glob.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Node, placeIn } from '../graph.ts';

export const check = defineEstateCheck({
  summary:
    'Looks in every repository without a manifest for signs of deployment: workloads in production of any platform, functions, an image that starts something and opens a port or has a health check. Whether an image without either serves or is a tool is unknown. Libraries show none; archived repositories are left out, and so is what `ignore` names. A service beside others that have a manifest is not looked for.',
  params: {
    ignore: list(
      'Repositories that are no services although they look so, e.g. acme/cli-*; * stands for anything.',
      [],
    ),
  },
  assess({ graph, params }) {
    const ignored = (node: Node): boolean => params.ignore.some((pattern) => pieceFits(pattern, node.repo));
    const bare = graph.alive.filter((node) => node.facts.manifest === 'absent' && !ignored(node));
    const missing = bare.flatMap(troubleOf);
    const untold = [
      ...bare.flatMap(({ repo, facts }) =>
        (facts.unknown ?? []).filter(({ what }) => what === 'deployed').map(({ because }) => `${repo}: ${because}`),
      ),
      ...graph.unjudged.map((repo) => `${repo} was not judged`),
    ];
    const left = graph.alive.filter(ignored).length;
    const rest = left === 0 ? '' : `; ${counted(left, 'service')} left out by \`ignore\``;
    if (graph.alive.length === 0)
      return weighed({ untold, otherwise: 'not-applicable', because: 'nothing was judged' });
    const shows = bare.length === 0 ? '' : '; nothing that is read shows that the others are deployed';
    const because =
      missing.length === 0
        ? `services with a manifest: ${graph.alive.length - bare.length - left} of ${graph.alive.length}${shows}${rest}`
        : `signs of deployment without a manifest: ${missing.length} of ${counted(graph.alive.length, 'service')}${rest}`;
    // That nothing is seen of a repository is no proof that nothing of it runs.
    return weighed({ missing, untold, otherwise: bare.length === 0 ? 'verified' : 'declared', because });
  },
});

function troubleOf(node: Node): readonly Trouble[] {
  const signs = node.facts.deployed ?? [];
  if (signs.length === 0) return [];
  return [
    {
      message: `${node.key} has no gonogo.yaml, and there are signs that it is deployed: ${shortened([...new Set(signs.map(({ what }) => what))], 3)}`,
      services: [node],
      places: signs.map(({ at }) => placeIn(node, at)),
      fix: 'Run `gonogo init` in it and commit the manifest; archive the repository if nobody runs it any more.',
      about: node.key,
    },
  ];
}
