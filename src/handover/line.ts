/** How lines are made, and how each comes by its mark: from a finding, from a part of a check, from a reference that was looked up, else it is only declared. Pure. */
import type { Part } from '../checks/parts.ts';
import { referencesUnder } from '../evidence/references/lookup.ts';
import type { Reference } from '../evidence/references.ts';
import type { Finding, Place } from '../model.ts';
import { type Context, gathered } from './context.ts';
import type { Group, Line, Mark, Section } from './handover.ts';

/** Places shown beside one line at most; the report has all. */
const MOST_PLACES = 4;

/** References that a person cannot follow. */
const DEAD: readonly Reference['outcome'][] = ['no-file', 'no-match', 'no-section', 'outside'];

/** What else is known of a line. */
export interface Grounds {
  /** What a check made of this very thing. */
  readonly part?: Part | undefined;
  readonly because?: string;
  readonly quote?: readonly string[];
}

/** A line with each place once. */
export function line(
  label: string,
  text: string,
  mark: Mark,
  rest: Partial<Omit<Line, 'label' | 'text' | 'mark'>> = {},
): Line {
  const { because, places = [], quote } = rest;
  return {
    label,
    text,
    mark,
    ...(because && because !== text && { because }),
    places: distinctPlaces(places).slice(0, MOST_PLACES),
    ...(quote && quote.length > 0 && { quote }),
  };
}

/** Each place once; a whole file is not named beside a line of it. */
function distinctPlaces(places: readonly Place[]): readonly Place[] {
  const once = [...new Map(places.map((at) => [`${fileOf(at)}:${at.line ?? ''}`, at])).values()];
  const cited = new Set(once.filter(({ line: at }) => at !== undefined).map(fileOf));
  return once.filter((at) => at.line !== undefined || !cited.has(fileOf(at)));
}

function fileOf({ root = '', path }: Place): string {
  return `${root}:${path}`;
}

/** A line that the manifest claims; none where it says nothing. Without a part it is contradicted by a dead reference below the pointer, else declared. */
export function claimed(
  context: Context,
  label: string,
  text: string | undefined,
  pointer: string,
  grounds: Grounds = {},
): readonly Line[] {
  if (text === undefined || text.trim() === '') return [];
  const cited = referencesOf(context, pointer);
  const part = grounds.part ?? deadPart(cited);
  const because = part?.problems?.[0]?.message ?? grounds.because;
  const places = [
    context.at(pointer),
    ...(part?.evidence ?? []),
    ...cited.flatMap(({ matches }) => matches.slice(0, 1)),
  ];
  return [
    line(label, text, markOf(part), {
      places,
      ...(because && { because }),
      ...(grounds.quote && { quote: grounds.quote }),
    }),
  ];
}

/** The mark that a part gives; what does not concern the service stays a claim. */
function markOf(part: Part | undefined): Mark {
  return part === undefined || part.standing === 'not-applicable' ? 'declared' : part.standing;
}

/** What a rule's finding has against one thing; undefined where it has nothing. */
export function troubleWith({ findings }: Context, rule: string, subject: string): Part | undefined {
  const finding = findings.get(rule);
  const problems = (finding?.problems ?? []).filter((problem) => problem.subject === subject);
  if (!finding || problems.length === 0) return undefined;
  return { standing: finding.standing === 'verified' ? 'declared' : finding.standing, problems };
}

/** What a finding makes of the one thing it is about; undefined where the rule was not judged or does not concern the service. */
export function partOf({ findings }: Context, rule: string): Part | undefined {
  const finding = findings.get(rule);
  return finding && finding.standing !== 'not-applicable' ? finding : undefined;
}

/** The references at or below a pointer. */
export function referencesOf(context: Context, pointer: string): readonly Reference[] {
  const evidence = gathered(context, 'references');
  return evidence ? referencesUnder(evidence.references.facts, pointer) : [];
}

function deadPart(cited: readonly Reference[]): Part | undefined {
  const dead = cited.find(({ outcome }) => DEAD.includes(outcome));
  return dead && { standing: 'contradicted', problems: [{ message: `it cites ${dead.target}, which does not exist` }] };
}

/** What a rule's finding says; nothing where the rule was not judged or does not concern the service. */
export function ruled(context: Context, label: string, ...rules: readonly string[]): readonly Line[] {
  return rules.flatMap((rule) => {
    const finding = context.findings.get(rule);
    return finding ? fromFinding(label, finding) : [];
  });
}

function fromFinding(label: string, finding: Finding): readonly Line[] {
  const { standing, because } = finding;
  return standing === 'not-applicable' ? [] : [line(label, because, standing, { places: placesOf(finding) })];
}

/** Where a finding is: what is wrong first, then the claim and the evidence. */
export function placesOf({ claim, evidence, problems }: Finding): readonly Place[] {
  return [...problems.flatMap(({ at }) => at ?? []), ...(claim ? [claim] : []), ...evidence];
}

/** All that the rules of an area say, but for those that a section tells by itself. */
export function ruledArea(context: Context, area: string): readonly Line[] {
  const findings = [...context.findings.values()].filter((finding) => finding.area === area);
  return findings.flatMap((finding) => fromFinding(finding.statement.replace(/\.$/, ''), finding));
}

/** A group, or none where there is nothing in it. */
export function group(title: string | undefined, lines: readonly Line[]): readonly Group[] {
  return lines.length === 0 ? [] : [{ ...(title !== undefined && { title }), lines }];
}

/** A section; where nothing is claimed or shown, a sentence says so. */
export function section(id: string, title: string, groups: readonly Group[], silence: string): Section {
  const isSilent = groups.every(({ lines }) => lines.every(({ mark }) => mark === 'missing'));
  return { id, title, ...(isSilent && { lead: silence }), groups };
}

/** Parts of a text that are there, with something between them; undefined where none is. */
export function joined(parts: readonly (string | undefined | false)[], between = ', '): string | undefined {
  const said = parts.filter((part): part is string => typeof part === 'string' && part.trim() !== '');
  return said.length === 0 ? undefined : said.join(between);
}
