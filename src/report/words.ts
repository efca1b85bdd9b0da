/** The words for every standing, ruling, severity, verdict and reason: exhaustive tables, so that a new member cannot be forgotten. */
import type { Against, Proof, Ruling, Severity, Stage, Standing, Tier, UnreadReason, Verdict } from '../model.ts';

/** A short word, and the clause that explains it. */
export interface Wording {
  readonly word: string;
  readonly meaning: string;
}

/** What stands about a statement. */
export const STANDING_WORDS: Readonly<Record<Standing, Wording>> = {
  verified: { word: 'verified', meaning: 'the repository shows it' },
  declared: { word: 'only declared', meaning: 'the manifest says so and nothing here confirms or denies it' },
  contradicted: { word: 'contradicted', meaning: 'the repository disproves it' },
  stale: { word: 'stale', meaning: 'it was true, and its date has run out' },
  missing: { word: 'missing', meaning: 'neither claimed nor shown' },
  unknown: { word: 'unknown', meaning: 'evidence was there but could not be read' },
  'not-applicable': { word: 'not applicable', meaning: 'it does not concern this service' },
};

/** What the verdict made of a finding. */
export const RULING_WORDS: Readonly<Record<Ruling, Wording>> = {
  pass: { word: 'met', meaning: 'shown by the repository' },
  trust: { word: 'trusted', meaning: 'met by the word of the manifest' },
  warn: { word: 'warning', meaning: 'not met, does not block' },
  fail: { word: 'blocking', meaning: 'not met, blocks the release' },
  waived: { word: 'waived', meaning: 'not met, accepted by a named person until a date' },
  skip: { word: 'skipped', meaning: 'not applicable, not counted' },
};

/** How bad it is when a rule is not met. */
export const SEVERITY_WORDS: Readonly<Record<Severity, Wording>> = {
  critical: { word: 'critical', meaning: 'blocks; an exception is an emergency' },
  major: { word: 'major', meaning: 'blocks unless waived' },
  standard: { word: 'standard', meaning: 'warns' },
  off: { word: 'off', meaning: 'does not apply to this tier' },
};

/** The answer to the one question. */
export const VERDICT_WORDS: Readonly<Record<Verdict, Wording>> = {
  GO: { word: 'GO', meaning: 'nothing blocks the release' },
  'CONDITIONAL GO': { word: 'CONDITIONAL GO', meaning: 'nothing blocks the release but what is waived' },
  'NO-GO': { word: 'NO-GO', meaning: 'the release is blocked' },
};

/** In the place of a verdict where no rule applied. */
export const NOTHING_JUDGED = 'nothing judged';

/** The ruling that a verdict amounts to: a verdict is drawn with its symbol and colour. */
const VERDICT_RULING: Readonly<Record<Verdict, Ruling>> = {
  GO: 'pass',
  'CONDITIONAL GO': 'waived',
  'NO-GO': 'fail',
};

/** A verdict in a word, or what stands in its place. */
export function verdictWord(verdict: Verdict | undefined): string {
  return verdict === undefined ? NOTHING_JUDGED : VERDICT_WORDS[verdict].word;
}

/** A verdict's ruling; where nothing was judged that of what does not apply. */
export function verdictRuling(verdict: Verdict | undefined): Ruling {
  return verdict === undefined ? 'skip' : VERDICT_RULING[verdict];
}

/** Whether a claim alone is enough. */
export const PROOF_WORDS: Readonly<Record<Proof, Wording>> = {
  optional: { word: 'claim suffices', meaning: 'a claim in the manifest is enough; evidence makes it verified' },
  required: { word: 'proof needed', meaning: 'the repository has to show it; a claim alone is not enough' },
};

/** How much depends on a service. */
export const TIER_WORDS: Readonly<Record<Tier, string>> = {
  1: 'customer-critical',
  2: 'important',
  3: 'standard internal',
  4: 'experimental',
};

/** From when a rule counts. */
export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  design: 'from design on',
  build: 'from build on',
  beta: 'from beta on',
  live: 'from live on',
  sunset: 'at sunset',
};

/** Why something was not read: what one says of one file, and of several. */
export const UNREAD_WORDS: Readonly<Record<UnreadReason, { readonly one: string; readonly many: string }>> = {
  'invalid-syntax': { one: 'file with invalid syntax', many: 'files with invalid syntax' },
  template: { one: 'template', many: 'templates' },
  'too-large': { one: 'file too large', many: 'files too large' },
  binary: { one: 'binary file', many: 'binary files' },
  encoding: { one: 'file not in UTF-8', many: 'files not in UTF-8' },
  encrypted: { one: 'encrypted file', many: 'encrypted files' },
  unreadable: { one: 'unreadable file', many: 'unreadable files' },
  submodule: { one: 'submodule', many: 'submodules' },
  'large-file-pointer': { one: 'large-file pointer', many: 'large-file pointers' },
  link: { one: 'link not followed', many: 'links not followed' },
  language: { one: 'file in a language not read', many: 'files in languages not read' },
  shallow: { one: 'shallow clone', many: 'shallow clones' },
  'no-history': { one: 'place without history', many: 'places without history' },
  limit: { one: 'limit reached', many: 'limits reached' },
};

/** A name that can be seen: bold type around nothing is none. */
export function nameWords(name: string): string {
  return name.trim() || '(without a name)';
}

/** "1 rule", "3 rules". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A share in whole percent that says 100 only of all and 0 only of none. */
export function percent(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  if (part >= whole) return 100;
  return Math.min(99, Math.max(1, Math.round((100 * part) / whole)));
}

/** What a report is held against, as a clause behind a sentence. */
export const AGAINST_WORDS: Readonly<Record<Against['what'], string>> = {
  commit: 'since',
  report: 'since the report',
  folder: 'since the folder',
  baseline: 'beyond the baseline',
};

/** The same with a capital letter to begin a sentence. */
export function capital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
