/** Whom else it concerns: dependencies that the alert or its runbook names, with their contacts, and contacts in the runbook. Pure. */
import type { Dependency } from '../generated/service.ts';
import type { CardItem, CardSection } from '../report/card.ts';
import { letters } from './name.ts';
import { type CardSubject, claimAt, failureModes, isNamedIn } from './subject.ts';
import { keyOf, type Spot } from './where.ts';

/** Shorter names are part of too many words. */
const SHORTEST = 4;
const MOST_CONTACTS = 10;

/** How to reach the teams and vendors that may have to act. */
export function partnersOf(subject: CardSubject, spots: readonly Spot[]): CardSection {
  const found = (subject.manifest.claims.dependencies ?? []).flatMap((dependency, index) => {
    const why = reasonFor(dependency, subject, spots);
    return why === undefined ? [] : [{ dependency, index, why }];
  });
  const contacts = contactsIn(subject, spots);
  const items = [
    ...found.flatMap(({ dependency, index, why }) =>
      itemsFor(dependency, why, claimAt(subject, `/dependencies/${index}`)),
    ),
    ...contacts,
    ...(found.length === 0 && contacts.length === 0
      ? [{ kind: 'absent' as const, text: 'neither the alert nor its runbook names a dependency or a contact' }]
      : []),
  ];
  return { title: 'Partner teams', items };
}

/** Why a dependency concerns the alert, the surest first. */
function reasonFor({ id }: Dependency, subject: CardSubject, spots: readonly Spot[]): string | undefined {
  const modes = failureModes(subject).filter(({ mode }) => mode.cause === `dep:${id}`);
  const [first] = modes;
  if (first) return `the cause of the failure "${first.mode.id}"`;
  const wanted = letters(id);
  if (wanted.length < SHORTEST) return undefined;
  if (letters(subject.name).includes(wanted)) return "its name is in the alert's";
  if (subject.rules.some((rule) => isNamedIn(id, rule.expr) || Object.values(rule.labels).includes(id)))
    return 'the alert asks about it';
  const isNamed = spots.some((spot) => isNamedIn(id, textOf(spot, subject)));
  return isNamed ? 'the runbook names it' : undefined;
}

function textOf({ root, path, from = 1, to }: Spot, subject: CardSubject): string {
  return (subject.text(root, path) ?? '')
    .split('\n')
    .slice(from - 1, to)
    .join('\n');
}

function itemsFor(dependency: Dependency, why: string, at: ReturnType<typeof claimAt>): readonly CardItem[] {
  const { id, owner, contact, impact, fallback, criticality } = dependency;
  const who = [owner, criticality].filter((it) => it !== undefined).join(', ');
  return [
    { kind: 'fact', label: id, text: [who, why].filter(Boolean).join('; '), at },
    contact === undefined
      ? { kind: 'absent', text: `the manifest names no contact for ${id}`, at }
      : { kind: 'fact', label: 'reach them', text: contact },
    ...(impact === undefined ? [] : [{ kind: 'fact' as const, label: 'users notice', text: impact }]),
    ...(fallback === undefined ? [] : [{ kind: 'fact' as const, label: 'meanwhile', text: fallback.kind }]),
  ];
}

/** Contacts that stand in the pages of which something is shown. */
function contactsIn({ evidence }: CardSubject, spots: readonly Spot[]): readonly CardItem[] {
  const pages = new Set(spots.map(keyOf));
  const contacts = (evidence.runbooks?.facts.runbooks ?? [])
    .filter(({ at }) => pages.has(keyOf(at)))
    .flatMap((runbook) => runbook.contacts);
  const unique = [...new Map(contacts.map((it) => [it.text, it])).values()].slice(0, MOST_CONTACTS);
  return unique.map(({ text, at }) => ({ kind: 'fact', label: 'the runbook names', text, at }));
}
