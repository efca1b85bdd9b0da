/** Assesses whether key libraries are in use in one line of versions, so that one upgrade and one fix serve all. */
import { integer, list, number } from '../../checks/params.ts';
import { counted, shortened } from '../../checks/words.ts';
import { defineEstateCheck, type Trouble, weighed } from '../define.ts';
import { type Node, placeIn } from '../graph.ts';
import { keyLibraries, type Library, linesOf } from '../libraries.ts';

/** Most places of one library that are listed. */
const MOST_PLACES = 20;

export const check = defineEstateCheck({
  summary:
    'Compares the exact versions in which lockfiles fix direct dependencies, services against services: one line is a major version (below 1.0 a minor one). Without `libraries` those are compared that a share of the services of their ecosystem builds on.',
  params: {
    libraries: list(
      'The libraries to compare, e.g. react or "npm react"; * stands for anything. None: the widespread ones.',
      [],
    ),
    share: number('A library is widespread from this share of the services of its ecosystem, in percent.', 30),
    services: integer('And from this number of services.', 3, 2),
    lines: integer('How many lines may be in use at once.', 1, 1),
  },
  assess({ graph, params, excused }) {
    const keys = keyLibraries(graph.alive, params);
    const apart = keys.filter((library) => linesOf(library).length > params.lines);
    const wrong = apart.flatMap((library) => troubleOf(library, params.lines, excused));
    const doubtful = graph.alive.flatMap(({ name, facts }) =>
      (facts.unknown ?? []).filter(({ what }) => what === 'libraries').map(({ because }) => ({ name, because })),
    );
    const untold = doubtful
      .slice(0, 1)
      .map(({ name, because }) => `packages of ${counted(doubtful.length, 'service')}, first ${name}: ${because}`);
    if (keys.length === 0)
      return weighed({
        untold,
        otherwise: 'not-applicable',
        because:
          params.libraries.length > 0
            ? 'no service builds on the libraries that are named'
            : 'no library is widespread enough',
      });
    const because =
      wrong.length === 0
        ? `${counted(keys.length, 'key library', 'key libraries')} (${shortened(keys.map(({ name }) => name))}), none in more than ${counted(params.lines, 'line')} at once`
        : `${wrong.length} of ${counted(keys.length, 'key library', 'key libraries')} ${wrong.length === 1 ? 'is' : 'are'} in use in more than ${counted(params.lines, 'line')}`;
    return weighed({ wrong, untold, otherwise: 'verified', because });
  },
});

function troubleOf(library: Library, most: number, excused: (node: Node) => boolean): readonly Trouble[] {
  const lines = linesOf(library);
  const [newest] = lines;
  const behind = lines.slice(most).flatMap(({ uses }) => uses);
  const late = behind.filter(({ node }) => !excused(node));
  if (late.length === 0 || !newest) return [];
  const spread = lines.map(({ line, uses }) => `${line} (${shortened(namesOf(uses.map(({ node }) => node)), 3)})`);
  return [
    {
      message: `${library.name} (${library.ecosystem}) is in use in ${counted(lines.length, 'line')}: ${shortened(spread, 4)}`,
      services: [...new Set(late.map(({ node }) => node))],
      places: late.slice(0, MOST_PLACES).map(({ node, at }) => placeIn(node, at)),
      fix: `Move ${shortened(namesOf(late.map(({ node }) => node)))} to ${library.name} ${newest.line}.`,
      about: `${library.ecosystem} ${library.name}`,
    },
  ];
}

function namesOf(nodes: readonly Node[]): readonly string[] {
  return [...new Set(nodes.map(({ name }) => name))];
}
