/** What is different from something earlier, as parts of a comment: what got worse, what got better, what remains. */
import type { Against, Change, Report, RuleChange, ServiceChange } from '../model.ts';
import { agreementWords, gateReason } from './gate-words.ts';
import type { Part } from './markdown-budget.ts';
import { code, type Markdown, remark } from './markdown-template.ts';
import { compareSeverity, compareText } from './order.ts';
import { lineText } from './places.ts';
import { RULING_SIGNS } from './signs.ts';
import { counted, nameWords, RULING_WORDS, STANDING_WORDS, VERDICT_WORDS } from './words.ts';

/** How many new or mended problems of one rule are shown; the rest is counted. */
const SHOWN_PROBLEMS = 5;

const SIGNS: Readonly<Record<RuleChange['direction'], string>> = {
  worse: '↓',
  better: '↑',
  mixed: '↕',
  eased: '↗',
  neither: '·',
};

const TITLES: readonly (readonly [direction: RuleChange['direction'], title: string, importance: number])[] = [
  ['worse', 'Worse', 0],
  ['mixed', 'Worse in part, better in part', 1],
  ['better', 'Better', 5],
  ['eased', 'Eased, and not better', 3],
  ['neither', 'Different, and neither worse nor better', 8],
];

interface Entry {
  readonly rule: RuleChange;
  readonly service: ServiceChange;
  readonly named: boolean;
}

/** The parts; none on a plain check. */
export function changeParts({ change, asOf }: Report): readonly Part[] {
  if (!change) return [];
  const named = change.services.length > 1;
  const entries = change.services
    .flatMap((service) => service.rules.map((rule) => ({ rule, service, named })))
    .toSorted((a, b) => compareSeverity(a.rule.severity, b.rule.severity) || compareText(a.rule.rule, b.rule.rule));
  return [
    remark`### Since ${against(change.against)}\n\n${summary(change)}\n`,
    { importance: 0, open: remark``, entries: change.services.flatMap(verdictEntry) },
    waivedByChange(change, asOf),
    { importance: 1, open: remark``, entries: (change.notes ?? []).map((it) => remark`- note: ${it}\n`) },
    ...TITLES.map(([direction, title, importance]) => {
      const those = entries.filter(({ rule }) => rule.direction === direction);
      return { importance, open: remark`**${title}** (${those.length})\n\n`, entries: those.map(entryOf) };
    }),
  ];
}

function against({ what, name, commit }: Against): Markdown {
  return remark`${what} ${code(name)}${commit !== undefined && commit !== name && remark` (${code(commit.slice(0, 12))})`}`;
}

function summary(change: Change): Markdown {
  const { passes, worse, better, services } = change;
  const remaining = services.reduce((sum, service) => sum + service.remaining, 0);
  const gate = passes ? 'The gate passes' : '**The gate fails**';
  return remark`${{ source: gate }}: ${gateReason(change)}. ${counted(worse, 'rule')} got worse, ${better} got better; ${remaining} as unmet as before.`;
}

/** Exceptions that came with the change: whoever reviews it has to see them. */
function waivedByChange({ services }: Change, asOf: string): Part {
  const waived = services.flatMap(({ waived: its = [] }) => its);
  return {
    importance: 0,
    open: remark`**Waived by this change** (${waived.length})\n\n`,
    entries: waived.map(
      (it) => remark`- ${code(it.rule)} in ${code(lineText(it.at))}: ${agreementWords(it, asOf)}: ${it.reason}\n`,
    ),
  };
}

/** A service that is new, gone, or has another verdict. */
function verdictEntry({ service, before, after }: ServiceChange): readonly Markdown[] {
  const then = before ? VERDICT_WORDS[before.verdict].word : 'not judged';
  const now = after ? VERDICT_WORDS[after.verdict].word : 'not judged any more';
  return before?.verdict === after?.verdict ? [] : [remark`- **${nameWords(service)}**: ${then} → **${now}**\n`];
}

function entryOf({ rule: its, service, named }: Entry): Markdown {
  const whose = named && remark` of **${nameWords(service.service)}**`;
  const blocks = its.blocks && remark` **blocks**`;
  return remark`- ${SIGNS[its.direction]} **${its.severity}** ${code(its.rule)}${whose}${blocks}: ${its.statement}
  - ${answer(its.before, 'not judged')} → ${answer(its.after, 'not judged any more')}
${problems('new', its.appeared)}${problems('gone', its.gone)}`;
}

function answer(its: RuleChange['before'], otherwise: string): string {
  if (!its) return otherwise;
  return `${RULING_SIGNS[its.ruling]} ${STANDING_WORDS[its.standing].word} (${RULING_WORDS[its.ruling].word})`;
}

function problems(word: string, all: RuleChange['gone']): readonly Markdown[] {
  const left = all.length - SHOWN_PROBLEMS;
  return [
    ...all.slice(0, SHOWN_PROBLEMS).map(({ at, message, waived }) => {
      const where = at && remark`${code(lineText(at))}: `;
      return remark`  - ${word}: ${where}${message}${waived && remark` (waived)`}\n`;
    }),
    ...(left > 0 ? [remark`  - ${word}: and ${left} more\n`] : []),
  ];
}
