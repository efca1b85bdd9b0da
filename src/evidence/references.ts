/** Every reference in the manifest, looked up. Whether a reference has to lead somewhere is for the checks to say. */
import { REFERENCE_POINTERS } from '../generated/references.ts';
import { placeOf } from '../manifest/manifest.ts';
import { below, member } from '../manifest/pointer.ts';
import type { Place, Unread } from '../model.ts';
import { defineCollector } from './collector.ts';
import { type Outcome, resolveReference } from './references/resolve-reference.ts';

/** One reference of the manifest and what it leads to. */
export interface Reference {
  /** JSON pointer of the reference in the manifest with its short forms written out. */
  readonly pointer: string;
  /** The reference as it is written. */
  readonly target: string;
  /** Where it is written. */
  readonly at: Place;
  readonly outcome: Outcome;
  /** Where it leads: the file, the folder, up to 100 files of a glob, the section's heading. */
  readonly matches: readonly Place[];
  /** What was perhaps meant, as it would be written, when it leads nowhere: a reference, or a section's name. */
  readonly nearest?: string;
}

/** Facts of this kind. */
export interface Facts {
  /** In the order of their pointers. */
  readonly references: readonly Reference[];
}

/** Hand-written manifests have fewer than two hundred. */
const REFERENCE_CAP = 500;

export const collector = defineCollector<Facts>({
  summary:
    'every path, glob, section and repository that the manifest refers to, looked up; URLs are listed and not followed',
  parses: ['markdown'],
  collect(sources) {
    const unread: Unread[] = [];
    const seen = new Set<string>();
    const written = REFERENCE_POINTERS.flatMap((pattern) => textsAt(sources.manifest.claims, pattern));
    const references = written.map(({ pointer, text }, index): Reference => {
      const about = { pointer, target: text, at: placeOf(sources.manifest, pointer) };
      if (index >= REFERENCE_CAP) return { ...about, outcome: 'unread', matches: [] };
      const { files, ...resolved } = resolveReference(text, sources, unread);
      for (const file of files) seen.add(`${file.root}:${file.path}`);
      return { ...about, ...resolved };
    });
    const beyond = references[REFERENCE_CAP];
    if (beyond)
      unread.push({
        at: beyond.at,
        reason: 'limit',
        detail: `only the first ${REFERENCE_CAP} references are looked up`,
      });
    const note =
      references.length === 1 ? '1 reference in the manifest' : `${references.length} references in the manifest`;
    return { facts: { references }, looked: { files: seen.size, note }, unread, delegated: [] };
  },
});

interface Found {
  readonly pointer: string;
  readonly text: string;
}

/** The texts that a pattern with `*` for any item or key reaches. */
function textsAt(claims: unknown, pattern: string): readonly Found[] {
  let reached: readonly { readonly pointer: string; readonly value: unknown }[] = [{ pointer: '', value: claims }];
  for (const step of pattern.split('/').slice(1)) {
    reached = reached.flatMap(({ pointer, value }) =>
      (step === '*' ? keysOf(value) : [step]).map((key) => ({
        pointer: below(pointer, key),
        value: member(value, key),
      })),
    );
  }
  return reached.flatMap(({ pointer, value }) => (typeof value === 'string' ? [{ pointer, text: value }] : []));
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value).filter((key) => !key.startsWith('x-')) : [];
}
