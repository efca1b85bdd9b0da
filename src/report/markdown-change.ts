/** What is different from something earlier, as parts of a comment: what got worse, what got better, what remains. */
import type { Against, Change, Report, RuleChange, ServiceChange, Waiver } from '../model.ts';
import { acceptedWords, answerWords, gateWords, WITHOUT_ANSWER_AFTER, withoutAnswerBefore } from './change-words.ts';
import type { Part } from './markdown-budget.ts';
import { code, type Markdown, remark } from './markdown-template.ts';
import { bySeverity } from './order.ts';
import { lineText } from './places.ts';
import { RULING_SIGNS } from './signs.ts';
import { capital, counted, nameWords, VERDICT_WORDS } from './words.ts';

/** How many new or mended problems of one rule are shown; the rest is counted. */
const SHOWN_PROBLEMS = 5;

const SIGNS: Readonly<Record<RuleChange['direction'], string>> = {
  worse: '↓',
  better: '↑',
  mixed: '↕',
  eased: '↗',
  neither: '·',
};

const TITLES: readonly (readonly [way: RuleChange['direction'], title: string, importance: number])[] = [
  ['worse', 'Worse', 0],
  ['mixed', 'Worse in part, better in part', 1],
  ['better', 'Better', 5],
  ['eased', 'Eased, and not better', 5],
  ['neither', 'Different, and neither worse nor better', 8],
];

interface Entry {
  readonly rule: RuleChange;
  readonly service: ServiceChange;
  readonly named: boolean;
  readonly what: Against['what'];
}

/** The parts; none on a plain check. */
export function changeParts(report: Report): readonly Part[] {
  const { change, asOf } = report;
  if (!change) return [];
  const { against, services, notes = [] } = change;
  const named = services.length > 1;
  const entries = services
    .flatMap((service) => service.rules.map((rule) => ({ rule, service, named, what: against.what })))
    .toSorted((a, b) => bySeverity(a.rule, b.rule));
  const waived = services.flatMap((it) => it.waived ?? []);
  return [
    remark`### What changed\n\n${summary(report, change)}\n`,
    { importance: 0, open: remark``, entries: against.what === 'baseline' ? [] : services.flatMap(verdictEntry) },
    // Whoever reviews a change has to see what it lets through.
    {
      importance: 0,
      open: remark`**Waived by this change** (${waived.length})\n\n`,
      entries: waived.map((it) => waiverEntry(it, asOf)),
    },
    { importance: 1, open: remark``, entries: notes.map((note) => remark`- ${RULING_SIGNS.warn} ${note}\n`) },
    ...TITLES.map(([way, title, importance]) => {
      const those = entries.filter(({ rule }) => rule.direction === way);
      return { importance, open: remark`**${title}** (${those.length})\n\n`, entries: those.map(entryOf) };
    }),
  ];
}

function summary(report: Report, change: Change): Markdown {
  const { ruling, word, why } = gateWords(report, change);
  const gate =
    word === undefined ? remark`${RULING_SIGNS[ruling]}` : remark`${RULING_SIGNS[ruling]} **${capital(word)}**:`;
  const remaining = change.services.reduce((sum, service) => sum + service.remaining, 0);
  return remark`${gate} ${why}. ${counted(change.worse, 'rule')} got worse, ${change.better} got better; ${remaining} as unmet as before.`;
}

function waiverEntry(waiver: Waiver, asOf: string): Markdown {
  const { rule, reason, scope, at } = waiver;
  return remark`- ${RULING_SIGNS.waived} ${code(rule)} (${code(lineText(at))}): ${acceptedWords(waiver, asOf)}: ${reason}${scope !== undefined && remark`; only for ${code(scope)}`}\n`;
}

/** A service that is new, gone, or has another verdict. A baseline knows none. */
function verdictEntry({ service, before, after }: ServiceChange): readonly Markdown[] {
  const then = before ? VERDICT_WORDS[before.verdict].word : 'not judged before';
  const now = after ? VERDICT_WORDS[after.verdict].word : WITHOUT_ANSWER_AFTER;
  return before?.verdict === after?.verdict ? [] : [remark`- **${nameWords(service)}**: ${then} → **${now}**\n`];
}

function entryOf({ rule: its, service, named, what }: Entry): Markdown {
  const whose = named && remark` of **${nameWords(service.service)}**`;
  const blocks = its.blocks && remark` **blocks**`;
  return remark`- ${SIGNS[its.direction]} **${its.severity}** ${code(its.rule)}${whose}${blocks}: ${its.statement}
  - ${answer(its.before, withoutAnswerBefore(its, what))} → ${answer(its.after, WITHOUT_ANSWER_AFTER)}
${problems('new', its.appeared)}${problems('gone', its.gone)}`;
}

function answer(its: RuleChange['before'], otherwise: string): string {
  if (!its) return otherwise;
  return `${RULING_SIGNS[its.ruling]} ${answerWords(its)}`;
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
