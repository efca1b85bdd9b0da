/** What the human formats of a trend say in the same words. Pure. */
import type {
  CommitTurn,
  Movement,
  RuleSetChange,
  Share,
  Trend,
  TrendRow,
  Turn,
  VerdictChange,
  YardstickMove,
} from '../../model-trend.ts';
import { counted, percent, STANDING_WORDS, VERDICT_WORDS } from '../words.ts';

/** Titles of the sections in their order; what stayed as it was is only counted. */
export const SECTIONS: readonly (readonly [movement: Movement, title: string])[] = [
  ['improved', 'Most improved'],
  ['regressed', 'Regressions'],
  ['mixed', 'As much better as worse'],
  ['new', 'New'],
  ['gone', 'Gone'],
  ['unjudged', 'Not judged in one of the runs, so nothing is known'],
];

/** From when to when. */
export function spanWords({ what, from, to }: Trend): string {
  const [then, now] = [from, to].map(({ asOf, id }) => `${asOf} (${what === 'runs' ? 'run ' : ''}${id.slice(0, 12)})`);
  return `from ${then} to ${now}`;
}

/** The name of a row; nobody is an owner too. */
export function nameOf({ name }: Pick<TrendRow, 'name'>, by: Trend['by']): string {
  return by === 'owner' && name === '' ? 'no owner declared' : name;
}

/** `62 % → 71 %`; a dash where there is no share. */
export function moveWords(before: Share | undefined, after: Share | undefined): string {
  return [before, after].map((share) => (share ? percentOf(share) : '–')).join(' → ');
}

/** `45 of 72 → 52 of 73`. */
export function sumWords(before: Share | undefined, after: Share | undefined): string {
  return [before, after].map((share) => (share ? `${share.met} of ${share.applicable}` : '–')).join(' → ');
}

function percentOf({ met, applicable }: Share): string {
  return applicable === 0 ? '–' : `${percent(met, applicable)} %`;
}

/** The whole in one sentence: how many were compared, and the arithmetic of their score. */
export function wholeWords({ whole }: Trend): string {
  const { services, before, after } = whole;
  const others = (['new', 'gone'] as const).flatMap((it) => (services[it] > 0 ? [`${services[it]} ${it}`] : []));
  const unjudged = services.unjudged > 0 ? [`${services.unjudged} not judged in one of the runs`] : [];
  const counts = [`${counted(services.compared, 'service')} compared`, ...others, ...unjudged].join(', ');
  return `${counts}; score ${moveWords(before, after)} (${sumWords(before, after)} rules met)`;
}

/** What the services did themselves, by the rules that applied both times. */
export function alikeWords({ alike, gained, lost }: TrendRow): string {
  return `by the same rules ${moveWords(alike.before, alike.after)} (${sumWords(alike.before, alike.after)}): ${gained.length} gained, ${lost.length} lost`;
}

/** What is different in by what is judged; empty where nothing is. */
export function yardstickWords(moves: YardstickMove): string {
  const { more, moreUnmet, fewer, fewerUnmet, came, cameUnmet, went, wentUnmet, stricter, looser } = moves;
  return [
    more > 0 ? `${more} more judged (${moreUnmet} not met)` : '',
    fewer > 0 ? `${fewer} no longer judged (${fewerUnmet} were not met)` : '',
    came > 0 ? `${came} came to apply (${cameUnmet} not met)` : '',
    went > 0 ? `${went} no longer apply (${wentUnmet} were not met)` : '',
    stricter > 0 ? `${stricter} ruled on more strictly` : '',
    looser > 0 ? `${looser} ruled on less strictly` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** The rule set's change in sentences; empty where it is the same. */
export function ruleSetWords({ added, removed, isOther }: RuleSetChange): readonly string[] {
  return [
    added.length > 0 ? `${counted(added.length, 'rule')} only in the later run: ${added.join(', ')}` : '',
    removed.length > 0 ? `${counted(removed.length, 'rule')} only in the earlier run: ${removed.join(', ')}` : '',
    isOther ? 'version, checklists or policy differ: the same rule may judge otherwise' : '',
  ].filter(Boolean);
}

/** `GO → NO-GO`, and whose doing that is. */
export function verdictWords({ from, to, because }: VerdictChange): string {
  const whose = because === 'rules' ? ' (by the change of the rules alone)' : '';
  return `${VERDICT_WORDS[from].word} → ${VERDICT_WORDS[to].word}${whose}`;
}

/** `missing → verified`. */
export function turnWords({ from, to }: Pick<Turn, 'from' | 'to'>): string {
  return `${STANDING_WORDS[from].word} → ${STANDING_WORDS[to].word}`;
}

/** Where a rule turned for the first time, as exactly as it is known. */
export function turnedAt({ at, after }: CommitTurn): string {
  const commit = `${at.on} ${at.commit.slice(0, 12)}`;
  return after === undefined ? commit : `${commit} or a commit between ${after.slice(0, 12)} and it`;
}
