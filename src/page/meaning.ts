/** What an alert means: its words, how bad it is here, since when it holds when it fires, and the query. Pure. */
import { type SeverityParams, type Urgency, urgencyOf } from '../checks/severity.ts';
import type { Alert } from '../evidence/alerts.ts';
import { isKnown } from '../evidence/known.ts';
import type { CardItem, CardSection } from '../report/card.ts';
import { passageOf } from './passage.ts';
import { type CardSubject, claimAt, failureModes } from './subject.ts';

/** What it means, for each rule of the name. */
export function meaningOf(subject: CardSubject, params: SeverityParams, links: readonly string[]): CardSection {
  const items = subject.rules.flatMap((rule) => [
    ...annotationsOf(rule, links),
    ...severityOf(rule, subject, params),
    ...timingOf(rule),
    { kind: 'fact' as const, label: 'rule', text: ruleWords(rule), at: rule.at },
  ]);
  const effects = failureModes(subject).flatMap(({ mode, index }): readonly CardItem[] => {
    const at = claimAt(subject, `/failure_modes/${index}`);
    const facts = [
      ['failure', mode.cause === undefined ? mode.id : `${mode.id} (${mode.cause})`],
      ['users notice', mode.effect],
      ['answer', mode.mitigation],
    ] as const;
    return facts.flatMap(([label, text], nth) =>
      text === undefined ? [] : [{ kind: 'fact', label, text, ...(nth === 0 && { at }) }],
    );
  });
  const copies = subject.copies.map((at): CardItem => ({ kind: 'fact', label: 'also', text: 'the same rule', at }));
  return { title: 'What it means', items: [...items, ...copies, ...effects] };
}

/** All but links, the summary first; text of several lines is shown as it is laid out. */
function annotationsOf(rule: Alert, links: readonly string[]): readonly CardItem[] {
  const order = ['summary', 'description', 'message'];
  const keys = Object.keys(rule.annotations).filter((key) => !links.includes(key) && !/dashboard/i.test(key));
  const sorted = [...order.filter((key) => keys.includes(key)), ...keys.filter((key) => !order.includes(key))];
  if (sorted.length === 0)
    return [{ kind: 'absent', text: 'the alert carries no summary and no description', at: rule.at }];
  return sorted.flatMap((key) => textItem(key, (rule.annotations[key] ?? '').trim()));
}

/** Text of more characters is no message to a person, and is shown as far as it fits a line. */
const LONGEST = 20_000;

function textItem(label: string, text: string): readonly CardItem[] {
  if (text === '') return [{ kind: 'absent', text: `its ${label} is empty` }];
  const blocks =
    text.includes('\n') && text.length <= LONGEST ? passageOf(`${label}.md`, text, { from: 1 }) : undefined;
  if (!blocks) return [{ kind: 'fact', label, text }];
  return [
    { kind: 'fact', label, text: '' },
    { kind: 'passage', blocks, left: 0 },
  ];
}

const WAKES: Readonly<Record<Urgency['wakes'], string>> = {
  yes: 'it wakes someone',
  no: 'it wakes nobody',
  unknown: 'whether it wakes someone is not said',
};

function severityOf(rule: Alert, { manifest }: CardSubject, params: SeverityParams): readonly CardItem[] {
  const urgency = urgencyOf(rule, manifest.claims, params);
  const { label, class: meant } = urgency;
  if (!label) return [{ kind: 'absent', text: `the alert carries no severity; ${WAKES[urgency.wakes]}`, at: rule.at }];
  if (urgency.templated)
    return [{ kind: 'absent', text: `a template fills its severity in: ${label.value}`, at: rule.at }];
  const here = meant === undefined ? 'a word that nobody explains here' : meant === label.value ? '' : `${meant} here`;
  const policy = meant === undefined ? undefined : manifest.claims.error_classes?.[meant];
  const times = [
    policy?.react === undefined ? '' : `react within ${policy.react}`,
    policy?.resolve === undefined ? '' : `resolve within ${policy.resolve}`,
  ].filter(Boolean);
  return [
    {
      kind: 'fact',
      label: label.key,
      text: [label.value, here, WAKES[urgency.wakes], ...times].filter(Boolean).join(', '),
    },
    ...(policy?.definition === undefined
      ? []
      : [{ kind: 'fact' as const, label: `${meant} is`, text: policy.definition }]),
  ];
}

/** For how long it held before anybody was told; a template's time, a condition and a mute are said. */
function timingOf(rule: Alert): readonly CardItem[] {
  const held = rule.templated.includes('for')
    ? `after a time that a template fills in: ${rule.for ?? ''}`
    : rule.for === undefined || /^0+[a-z]*$/.test(rule.for)
      ? 'as soon as it is true once'
      : `after it has been true for ${rule.for}, so it began at least that long before the page`;
  const target = rule.sendsTo;
  return [
    { kind: 'fact', label: 'fires', text: held },
    ...rule.conditions.map((it) => ({ kind: 'fact' as const, label: 'exists only if', text: it })),
    ...(target === undefined
      ? []
      : [{ kind: 'fact' as const, label: 'tells', text: isKnown(target) ? told(target.value) : target.opaque }]),
    ...(rule.muted
      ? [{ kind: 'absent' as const, text: `it tells nobody: ${rule.muted.because}`, at: rule.muted.at }]
      : []),
  ];
}

function told(targets: readonly string[]): string {
  return targets.length === 0 ? 'nobody' : targets.join(', ');
}

function ruleWords({ engine, group, labels }: Alert): string {
  const said = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [engine, group === undefined ? '' : `group ${group}`, said.length === 0 ? '' : `labels ${said.join(', ')}`]
    .filter(Boolean)
    .join(', ');
}

/** The query of each rule, to paste as it stands. */
export function queryOf({ rules }: CardSubject): CardSection {
  const items = rules.flatMap((rule): readonly CardItem[] => {
    const expr = rule.expr.trim();
    if (expr === '') return [{ kind: 'absent', text: 'no query could be read', at: rule.at }];
    const filled: readonly CardItem[] = rule.templated.includes('expr')
      ? [{ kind: 'absent', text: 'a template fills parts of the query in, so it cannot be pasted as it stands' }]
      : [];
    return [...filled, { kind: 'code', language: rule.dialect === 'unparsed' ? '' : rule.dialect, text: expr }];
  });
  return { title: 'The query', items };
}
