/** What is different from something earlier, for a person at a terminal: the gate, what got worse and where, what got better, what remains. */

import { distinct } from '../grouped.ts';
import type { Against, Change, Finding, Report, RuleChange, ServiceChange, ServiceReport, Waiver } from '../model.ts';
import { acceptedWords, answerWords, gateWords, WITHOUT_ANSWER_AFTER, withoutAnswerBefore } from './change-words.ts';
import { flow, type Lines, stack } from './layout.ts';
import { bySeverity } from './order.ts';
import type { Pen } from './pen.ts';
import { placeText } from './places.ts';
import { overall } from './terminal-estate.ts';
import { findingInFull, labelled } from './terminal-finding.ts';
import { notes } from './terminal-gaps.ts';
import { headline, verdictText } from './terminal-head.ts';
import { heading } from './terminal-rulings.ts';
import { counted } from './words.ts';

/** The change, with the verdict before it and the gate as the last line. */
export function changed(report: Report, change: Change, pen: Pen, quiet: boolean): Lines {
  const several = report.services.length > 1;
  const head = several ? overall(report, pen) : report.services.flatMap((it) => headline(it, report, pen));
  const services = change.services.flatMap((it) => ofService(it, report, change, pen, { several, quiet }));
  const rest = quiet ? [] : [asides(change, pen), notes(report, pen), remaining(report, change, pen)];
  return stack([head, ...services, ...rest, gate(report, change, pen)]);
}

/** Whether the gate passes and why, beside the verdict that it does not change. */
function gate(report: Report, change: Change, pen: Pen): Lines {
  const { ruling, word, why } = gateWords(report, change);
  const sign = pen.signs.ruling[ruling];
  if (word === undefined) return flow(pen.width, [{ text: `${sign} ${why}`, paint: pen.ruling[ruling] }], { hang: 2 });
  const stays = { text: `the verdict is ${verdictText(report.verdict, pen)}`, whole: true };
  return flow(pen.width, [{ text: `${sign} ${word}:`, paint: pen.ruling[ruling] }, `${why};`, stays], { hang: 2 });
}

interface Shape {
  readonly several: boolean;
  readonly quiet: boolean;
}

function ofService(
  it: ServiceChange,
  report: Report,
  { against }: Change,
  pen: Pen,
  { several, quiet }: Shape,
): readonly Lines[] {
  const judged = report.services.find(({ service }) => service.name === it.service && service.dir === it.dir);
  const worse = it.rules
    .filter(({ direction }) => direction === 'worse' || direction === 'mixed')
    .toSorted(blockingFirst);
  const ways = (way: RuleChange['direction']) =>
    it.rules.filter(({ direction }) => direction === way).toSorted(bySeverity);
  const shown = [
    inFull('WORSE', quiet ? worse.filter(({ blocks }) => blocks) : worse, judged, against.what, pen),
    quiet ? [] : inBrief(against.what === 'baseline' ? 'FIXED' : 'BETTER', ways('better'), against.what, pen),
    quiet ? [] : inBrief('EASED, AND NOT BETTER', ways('eased'), against.what, pen),
    quiet ? [] : inBrief('OTHERWISE DIFFERENT', ways('neither'), against.what, pen),
    waivedBy(it.waived ?? [], report.asOf, pen),
  ].filter((block) => block.length > 0);
  if (!several || shown.length === 0) return shown;
  return [
    flow(pen.width, [
      { text: it.service, paint: pen.strong },
      { text: it.dir, paint: pen.dim, gap: 2 },
    ]),
    ...shown,
  ];
}

function blockingFirst(a: RuleChange, b: RuleChange): number {
  return Number(b.blocks) - Number(a.blocks) || bySeverity(a, b);
}

/** What got worse, with all that a person needs to act on it: only the problems that are new, where there are some. */
function inFull(
  title: string,
  rules: readonly RuleChange[],
  judged: ServiceReport | undefined,
  what: Against['what'],
  pen: Pen,
): Lines {
  if (rules.length === 0) return [];
  const blocking = rules.filter(({ blocks }) => blocks).length;
  const head = heading(
    title,
    `${counted(rules.length, 'rule')}, ${blocking} blocking`,
    pen,
    pen.ruling[blocking > 0 ? 'fail' : 'warn'],
  );
  return stack([
    head,
    ...rules.map((rule) => {
      const finding = judged?.findings.find((it) => it.rule === rule.rule);
      const fixed = rule.gone.length > 0 ? [`${counted(rule.gone.length, 'other problem')} gone`] : [];
      return finding
        ? [
            ...findingInFull(aboutNew(finding, rule), pen),
            ...labelled('was', [before(rule, what), ...fixed].join('; '), pen),
          ]
        : brief(rule, what, pen);
    }),
  ]);
}

function aboutNew(finding: Finding, { appeared }: RuleChange): Finding {
  return appeared.length > 0 ? { ...finding, problems: appeared } : finding;
}

function inBrief(title: string, rules: readonly RuleChange[], what: Against['what'], pen: Pen): Lines {
  if (rules.length === 0) return [];
  return [...heading(title, counted(rules.length, 'rule'), pen), ...rules.flatMap((rule) => brief(rule, what, pen))];
}

/** One rule on a line or two: what it was and what it is. */
function brief(rule: RuleChange, what: Against['what'], pen: Pen): Lines {
  const ruling = rule.after?.ruling ?? 'skip';
  const symbol = { text: pen.signs.ruling[ruling], paint: pen.ruling[ruling] };
  const weight = { text: rule.severity, paint: pen.severity[rule.severity], pad: 8 };
  const name = { text: rule.rule, paint: pen.strong, whole: true, gap: 2 };
  return [
    ...flow(pen.width, [symbol, weight, name], { hang: 2 }),
    ...flow(pen.width, [`${before(rule, what)} ${pen.signs.arrow} ${after(rule)}${came(rule)}`], { indent: 2 }),
  ];
}

function before(rule: RuleChange, what: Against['what']): string {
  return rule.before ? answerWords(rule.before) : withoutAnswerBefore(rule, what);
}

function after({ after: is }: RuleChange): string {
  return is ? answerWords(is) : WITHOUT_ANSWER_AFTER;
}

function came({ appeared, gone }: RuleChange): string {
  const [accepted, fixed] = [gone.filter(({ waived }) => waived), gone.filter(({ waived }) => !waived)];
  const parts = [
    appeared.length > 0 ? `${counted(appeared.length, 'problem')} new` : '',
    fixed.length > 0 ? `${counted(fixed.length, 'problem')} gone` : '',
    accepted.length > 0 ? `${counted(accepted.length, 'problem')} waived` : '',
  ].filter(Boolean);
  return parts.length > 0 ? `; ${parts.join(', ')}` : '';
}

/** Exceptions that came with the change: whoever reviews it has to see them. */
function waivedBy(waivers: readonly Waiver[], asOf: string, pen: Pen): Lines {
  if (waivers.length === 0) return [];
  return [
    ...heading('WAIVED BY THIS CHANGE', counted(waivers.length, 'waiver'), pen, pen.ruling.waived),
    ...waivers.flatMap((it) => {
      const symbol = { text: pen.signs.ruling.waived, paint: pen.ruling.waived };
      return [
        ...flow(
          pen.width,
          [
            symbol,
            { text: it.rule, paint: pen.strong, whole: true },
            { text: placeText(it.at), paint: pen.place, whole: true, gap: 2 },
          ],
          { hang: 2 },
        ),
        ...flow(pen.width, [acceptedWords(it, asOf)], { indent: 2 }),
        ...labelled('reason', it.reason, pen),
        ...labelled('only for', it.scope ?? '', pen),
      ];
    }),
  ];
}

/** What else is not as before. */
function asides({ notes: said = [] }: Change, pen: Pen): Lines {
  return distinct(said, (it) => it).flatMap((it) =>
    flow(pen.width, [{ text: 'note:', paint: pen.dim }, it], { hang: 2 }),
  );
}

/** Everything that was as unmet before, in one line: left out, not passed. */
function remaining({ services }: Report, change: Change, pen: Pen): Lines {
  const count = change.services.reduce((sum, it) => sum + it.remaining, 0);
  const gated = change.services.flatMap(({ rules }) => rules).filter(({ blocks }) => blocks).length;
  const failing = services.flatMap(({ findings }) => findings).filter(({ ruling }) => ruling === 'fail').length;
  const parts = [
    count > 0 ? `${counted(count, 'rule')} ${count === 1 ? 'is' : 'are'} as unmet as before` : '',
    failing > gated
      ? `${counted(failing - gated, 'rule')} ${failing - gated === 1 ? 'blocks' : 'block'} the release and not the gate`
      : '',
  ].filter(Boolean);
  if (parts.length === 0) return [];
  return flow(pen.width, [`Not listed here and not met: ${parts.join('; ')}.`]);
}
