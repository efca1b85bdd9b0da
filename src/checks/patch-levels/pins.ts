/** The standing of "all of these are named so that they stay the same", for images and for actions. Pure. */
import type { Assessment, Place, Problem, Unread } from '../../model.ts';
import { contradicted, unknown, verified } from '../define.ts';
import { choice } from '../params.ts';
import { distinct } from '../places.ts';
import type { Forms } from '../shares.ts';
import { counted, listed, shortened } from '../words.ts';

/** What is taken in from elsewhere, by the name it is written with. */
export interface Named {
  readonly name: string;
  /** `fixed`: a digest or a full commit. `tag`: a version that its maker may move. `moving`: moves by design. `open`: filled in by whoever builds. */
  readonly holds: 'fixed' | 'tag' | 'moving' | 'open';
  /** Of what moves: how it is named, a clause, e.g. "has no tag, which means latest". */
  readonly moves?: string;
  readonly at: Place;
}

/** How a check speaks. */
interface Wording {
  readonly noun: Forms;
  /** E.g. "a digest". */
  readonly fixed: string;
  /** E.g. "`latest`, or no tag at all": what moves by design. */
  readonly moving: string;
  readonly fix: string;
  /** Clauses about what is left out, each beginning with "; ". */
  readonly aside: string;
}

/** What a version's tag is worth; each tier sets its own. */
export const TAGS = choice(
  'What a tag with a version is worth: `refused` disproves the statement, `doubted` leaves it unknown, `allowed` meets it.',
  'refused',
  ['refused', 'doubted', 'allowed'],
);

/** Problems and places cited at most. */
const MOST_CITED = 5;

/** Sums up; `unread` is what may hold more of them. */
export function pinned(
  named: readonly Named[],
  tags: 'refused' | 'doubted' | 'allowed',
  wording: Wording,
  unread: readonly Unread[],
): Assessment {
  const of = (holds: Named['holds']) => named.filter((it) => it.holds === holds);
  const [fixed, tagged, moving, open] = [of('fixed'), of('tag'), of('moving'), of('open')];
  const because = `${ratio(fixed, named, wording)}${rest(tagged, moving, open, wording)}${wording.aside}`;
  const evidence = distinct(fixed.map(({ at }) => at)).slice(0, MOST_CITED);
  const loose = [...moving, ...(tags === 'allowed' ? [] : tagged)];
  const problems = problemsOf(loose, wording);
  if (moving.length > 0 || (tags === 'refused' && tagged.length > 0))
    return contradicted(because, problems, { evidence });
  const hidden = [...open, ...unread].map(({ at }) => at);
  if (tagged.length > 0 && tags === 'doubted')
    return unknown(`${because}; whoever made a tag may move it`, { evidence: [...evidence, ...hidden], problems });
  const [first] = unread;
  if (first)
    return unknown(`${because}; but ${first.at.path} could not be read: ${first.detail}`, { evidence: hidden });
  if (open.length > 0)
    return unknown(because, { evidence: [...evidence, ...distinct(hidden)].slice(0, MOST_CITED * 2) });
  const shown = tags === 'allowed' ? [...fixed, ...tagged] : fixed;
  const enough = tagged.length > 0 ? '; a tag with a version is enough for this tier' : '';
  return verified(`${because}${enough}`, distinct(shown.map(({ at }) => at)).slice(0, MOST_CITED));
}

function ratio(fixed: readonly Named[], all: readonly Named[], { noun, fixed: by }: Wording): string {
  const verb = fixed.length === 1 || all.length === 1 ? 'is' : 'are';
  return `${fixed.length} of ${counted(all.length, ...noun)} ${verb} named by ${by}`;
}

function rest(
  tagged: readonly Named[],
  moving: readonly Named[],
  open: readonly Named[],
  { moving: words }: Wording,
): string {
  const parts = [
    tagged.length > 0 ? `${tagged.length} by a tag alone` : '',
    moving.length > 0 ? `${moving.length} by ${words}` : '',
    open.length > 0 ? `${open.length} by a name that is filled in elsewhere (${names(open)})` : '',
  ].filter(Boolean);
  return parts.length > 0 ? `, ${listed(parts)}` : '';
}

function names(some: readonly Named[]): string {
  return shortened([...new Set(some.map(({ name }) => name))], 2);
}

/** One problem for each name, at its first place; what moves by design comes first. */
function problemsOf(loose: readonly Named[], { moving, fixed, fix }: Wording): readonly Problem[] {
  const byName = new Map<string, Named[]>();
  for (const it of loose) byName.set(it.name, [...(byName.get(it.name) ?? []), it]);
  return [...byName].flatMap(([name, uses]) => {
    const [first] = uses;
    if (!first) return [];
    const times = uses.length > 1 ? `, in ${uses.length} places,` : '';
    const said =
      first.holds === 'moving' ? (first.moves ?? `is named by ${moving}`) : `is named by a tag, not by ${fixed}`;
    return [{ message: `${name}${times} ${said}`, at: first.at, fix, subject: name }];
  });
}
