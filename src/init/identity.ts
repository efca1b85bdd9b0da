/** Who the service is: name, description, owner and on-call, each from the surest place that says so. */
import { plain } from '../checks/catalog-entries.ts';
import { answersIn } from '../checks/ownership/answers.ts';
import { bareName, isPerson, isSomebody, sameTeam } from '../checks/ownership/people.ts';
import { placeholderIn } from '../checks/placeholders.ts';
import type { Sources } from '../evidence/collector.ts';
import type { CatalogEntry, Said } from '../evidence/owners/catalog-readers.ts';
import type { Facts as Owners } from '../evidence/owners.ts';
import type { Place } from '../model.ts';
import { slugged } from './names.ts';
import type { Package } from './package-names.ts';
import type { Observation, Owner } from './propose.ts';

/** A description longer than this is a page. */
const LONGEST = 300;

/** `path:line`. */
export function spot({ path, line }: Place): string {
  return line === undefined ? path : `${path}:${line}`;
}

/** The name: the catalogue's, the package's, the folder's. */
export function nameOf(
  entries: readonly CatalogEntry[],
  packages: readonly Package[],
  folder: string,
): Observation<string> {
  const said = entries.flatMap(({ name }) => (name ? [{ value: plain(name) ?? '', from: spot(name.at) }] : []));
  const packaged = packages.flatMap(({ name }) => name ?? []);
  const candidates = [...said, ...packaged, { value: folder, from: "the folder's name", guess: true }];
  const found = candidates.map((it) => ({ ...it, value: slugged(it.value) })).find(({ value }) => value !== '');
  return found ?? { value: 'service', from: 'the folder has no name that could be used', guess: true };
}

/** What it does: in the catalogue's words, the package's, or those that begin the README. */
export function descriptionOf(
  entries: readonly CatalogEntry[],
  packages: readonly Package[],
  sources: Sources,
): Observation<string> | undefined {
  const said = entries.flatMap(({ description }) =>
    description ? [{ value: description.value, from: spot(description.at) }] : [],
  );
  const packaged = packages.flatMap(({ description }) => description ?? []);
  const candidates = [...said, ...packaged].map((it) => ({ ...it, value: it.value.replace(/\s+/g, ' ').trim() }));
  return candidates.find(({ value }) => isSentence(value)) ?? fromReadme(sources);
}

function isSentence(text: string): boolean {
  return /\p{L}.*\s.*\p{L}/u.test(text) && text.length <= LONGEST && !/[{}<>]/.test(text) && !placeholderIn(text);
}

/** The first sentence below the README's title, when it reads like one. */
function fromReadme(sources: Sources): Observation<string> | undefined {
  const { dir } = sources.manifest;
  const path = (dir === '' ? 'readme.md' : `${dir}/readme.md`).toLowerCase();
  const file = sources.shared.find((it) => it.path.toLowerCase() === path);
  const [first] = (file && sources.markdown(file, [])?.sections.filter((it) => it.state === 'filled')) ?? [];
  const text = first?.text
    .split('\n')
    .map((it) => it.trim())
    .find((it) => /^\p{L}/u.test(it));
  const sentence = /^.{20,}?[.!](?=\s|$)/u.exec(text ?? '')?.[0];
  return file && first && sentence && isSentence(sentence)
    ? { value: sentence, from: `${file.path}:${first.line}` }
    : undefined;
}

/** The owner: a team before a person, the catalogue before CODEOWNERS; with the name that CODEOWNERS has for the same team. */
export function ownerOf(entries: readonly CatalogEntry[], facts: Owners, dir: string): Observation<Owner> | undefined {
  const catalogued = entries.flatMap(({ owner }) =>
    owner && isSomebody(plain(owner)) ? [{ name: personOrTeam(owner), from: spot(owner.at) }] : [],
  );
  const answers = answersIn({ ...facts, catalog: [] }, { service: { name: '' }, manifest: { dir }, claims: {} });
  // The last of the rules that match is the one that counts.
  const ruled = answers
    .toReversed()
    .flatMap(({ who, at, source }) =>
      who.map((name) => ({ name: source === 'approvers' ? asPerson(name) : name, from: spot(at) })),
    );
  const candidates = [...catalogued, ...ruled].filter(({ name }) => isName(name));
  const team = candidates.find(({ name }) => !isPerson(name) && bareName(name) !== '');
  const handles = ruled.filter(({ name }) => name.startsWith('@') && !isPerson(name) && isName(name));
  if (team) {
    const known = handles.filter(({ name }) => sameTeam(name, team.name)).map(({ name }) => name);
    return { value: { team: bareName(team.name), repoTeams: [...new Set(known)] }, from: team.from };
  }
  const [person] = candidates;
  return (
    person && {
      value: { team: person.name, repoTeams: [] },
      from: `${person.from} names a person; a team is wanted`,
      guess: true,
    }
  );
}

/** Who approves in an OWNERS file is written without a mark. */
function asPerson(name: string): string {
  return isPerson(name) || name.includes('/') ? name : `@${name}`;
}

function isName(text: string): boolean {
  return !placeholderIn(text) && !placeholderIn(bareName(text));
}

/** A catalogue's owner as it is written says whether it is a user; without that word it is a team. */
function personOrTeam({ value, written }: Said): string {
  return isPerson(written ?? value) ? (written ?? value) : value;
}

/** Where the catalogue says that the pager is. */
export function oncallOf(entries: readonly CatalogEntry[]): Observation<string> | undefined {
  const [said] = entries
    .flatMap(({ oncall }) => oncall)
    .filter(({ value }) => /^[\p{L}\p{N}][^\s{}<>]*$/u.test(value) && !placeholderIn(value));
  return said && { value: said.value, from: spot(said.at) };
}
