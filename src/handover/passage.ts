/** The passage of a document that a reference of the manifest leads to, as it is written. Pure. */
import type { Part } from '../checks/parts.ts';
import { type DocumentSection, TEXT_CAP } from '../evidence/documents.ts';
import { referenceAt } from '../evidence/references/lookup.ts';
import { stateOf, subtree } from '../evidence/runbooks/structure.ts';
import type { Place } from '../model.ts';
import { type Context, gathered } from './context.ts';

/** Lines of a passage that are shown. */
const MOST_LINES = 60;
/** Fewer words, without a command, say nothing that one could do; `runbooks/section-exists` has the same number. */
const FEWEST_WORDS = 8;

/** What stands where a reference leads. */
export interface Passage {
  /** Verified: the section is there and says something. */
  readonly part: Part;
  readonly quote: readonly string[];
}

/** The passage at a pointer; undefined where the manifest refers to none. A whole page is not quoted. `words` are those that count as steps where there is no command. */
export function passageAt(context: Context, pointer: string, words = FEWEST_WORDS): Passage | undefined {
  const evidence = gathered(context, 'references', 'documents');
  const reference = evidence && referenceAt(evidence.references.facts, pointer);
  if (!evidence || !reference) return undefined;
  const [at] = reference.matches;
  if (['url', 'root-not-at-hand', 'unread'].includes(reference.outcome) || !at)
    return withoutText(reference.target, reference.outcome);
  const own = sectionsAt(evidence.documents.facts.documents, at);
  if (!own) return { part: { standing: 'declared', evidence: [at] }, quote: [] };
  const isWritten = stateOf(own) === 'filled' && (sum(own, 'commands') > 0 || sum(own, 'words') >= words);
  if (!isWritten)
    return {
      part: { standing: 'contradicted', problems: [{ message: `${reference.target} says nothing that one could do` }] },
      quote: [],
    };
  return { part: { standing: 'verified', evidence: [at] }, quote: at.line === undefined ? [] : quoted(own) };
}

function withoutText(target: string, outcome: string): Passage {
  if (outcome === 'url' || outcome === 'root-not-at-hand') return { part: { standing: 'declared' }, quote: [] };
  if (outcome === 'unread' || outcome === 'claim')
    return { part: { standing: 'unknown', problems: [{ message: `${target} could not be read` }] }, quote: [] };
  return { part: { standing: 'contradicted', problems: [{ message: `${target} leads nowhere` }] }, quote: [] };
}

/** The section that a place is the heading of, with those below it; all of the page for the page itself. */
function sectionsAt(
  documents: readonly { readonly root: string; readonly path: string; readonly sections: readonly DocumentSection[] }[],
  { path, root = '', line }: Place,
): readonly DocumentSection[] | undefined {
  const sections = documents.find((it) => it.path === path && it.root === root)?.sections;
  if (!sections || line === undefined) return sections;
  const start = sections.findLastIndex((section) => section.line <= line);
  return start < 0 ? sections : subtree(sections, start);
}

function sum(sections: readonly DocumentSection[], key: 'words' | 'commands'): number {
  return sections.reduce((total, section) => total + section[key], 0);
}

function quoted(sections: readonly DocumentSection[]): readonly string[] {
  const lines = sections
    .flatMap(({ title, text }, index) => [
      ...(index === 0 ? [] : [`${title}:`]),
      ...text.split('\n'),
      ...(text.length < TEXT_CAP ? [] : ['(cut here)']),
    ])
    .filter((it) => it.trim() !== '');
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `(${rest} more lines)`] : lines;
}
