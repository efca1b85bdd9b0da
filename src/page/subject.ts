/** What every section of the card is made from: one alert's rules, its service and the evidence. Types, and what several sections ask. */
import type { Alert } from '../evidence/alerts.ts';
import type { Evidence } from '../generated/evidence.ts';
import { type Manifest, placeOf } from '../manifest/manifest.ts';
import type { Place } from '../model.ts';

/** Kinds that a card is made from, beside the alerts. */
export const CARD_KINDS = ['dashboards', 'documents', 'records', 'references', 'runbooks'] as const;

/** The evidence of a card; a kind is absent where its collector failed. */
type CardEvidence = Partial<Pick<Evidence, (typeof CARD_KINDS)[number]>>;

/** One alert, and all that is known. */
export interface CardSubject {
  readonly name: string;
  /** Rules of that name: one for each severity, or for each objective. Never empty. */
  readonly rules: readonly Alert[];
  /** Where the same rules stand once more. */
  readonly copies: readonly Place[];
  readonly manifest: Manifest;
  readonly evidence: CardEvidence;
  /** Text of a file of a root; undefined where it cannot be read. */
  text(root: string, path: string): string | undefined;
}

/** Place of a claim. */
export function claimAt({ manifest }: Pick<CardSubject, 'manifest'>, pointer: string): Place {
  return placeOf(manifest, pointer);
}

/** Failure modes that the alert tells of, with their index in the manifest. */
export function failureModes({ name, manifest }: Pick<CardSubject, 'name' | 'manifest'>) {
  return (manifest.claims.failure_modes ?? [])
    .map((mode, index) => ({ mode, index }))
    .filter(({ mode }) => (mode.alert ?? []).includes(name) || mode.detection === `alert:${name}`);
}

/** Whether a text holds a name as a word of its own. */
export function isNamedIn(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = [text[at - 1] ?? ' ', text[at + name.length] ?? ' '];
    if (!around.some((it) => /[\p{L}\p{N}_]/u.test(it))) return true;
  }
  return false;
}

/** "why there may be more than is shown", for a kind of evidence of which something could not be read. */
export function unreadNote(
  gathered: { readonly unread: readonly { readonly at: Place; readonly detail: string }[] } | undefined,
  what: string,
): readonly { readonly kind: 'absent'; readonly text: string; readonly at?: Place }[] {
  if (!gathered) return [{ kind: 'absent', text: `${what} could not be looked for, which is a fault of gonogo` }];
  const [first, ...more] = gathered.unread;
  if (!first) return [];
  const rest = more.length > 0 ? `, and ${more.length} more` : '';
  return [{ kind: 'absent', text: `not all ${what} could be read: ${first.detail}${rest}`, at: first.at }];
}
