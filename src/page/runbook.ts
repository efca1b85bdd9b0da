/** The runbook's section itself, as it is written, with how it was found and what is wrong with the link. Pure. */
import { linkedBy } from '../checks/runbooks/runbook-links.ts';
import type { Place } from '../model.ts';
import type { CardItem, CardSection } from '../report/card.ts';
import { passageOf } from './passage.ts';
import type { CardSubject } from './subject.ts';
import { type Lead, linkLead, modeLeads, namedLeads, type Spot, tailLeads } from './where.ts';

/** What the card says on the runbook, and the stretches of pages that it shows. */
export interface RunbookPart {
  readonly section: CardSection;
  readonly spots: readonly Spot[];
}

/** Blocks of a page that are shown; a page of its own for one alert has fewer. */
const MOST_BLOCKS = 120;
/** Further pages that are named and not shown. */
const MOST_FURTHER = 5;

/** The link first; where it leads nowhere, a page where the link would have one, the failure mode's runbook, a page of the alert's name. */
export function runbookOf(subject: CardSubject, annotations: readonly string[]): RunbookPart {
  const linked = subject.rules.map((rule) => linkedBy(rule, annotations));
  const links = linked.map((it) => linkLead(it, subject));
  const link = linked.find((it) => it.link)?.link?.value;
  const ways: readonly (() => readonly Lead[])[] = [
    () => tailLeads(subject, link),
    () => modeLeads(subject),
    () => namedLeads(subject, link),
  ];
  const leads = [...links];
  for (const way of ways) if (!leads.some(({ spot }) => spot)) leads.push(...way());
  const spots = distinct(leads.flatMap(({ spot }) => spot ?? []));
  // What links lead to is shown whole; of what was only found by its name the likeliest.
  const shown = links.some(({ spot }) => spot) ? spots : spots.slice(0, 1);
  const said = distinct(leads.filter(({ spot }) => !spot || sameSpot(spot, shown)).flatMap(saidBy));
  const items = [...said, ...shown.flatMap((spot) => itemsAt(spot, subject)), ...further(spots.slice(shown.length))];
  const none: CardItem = { kind: 'absent', text: 'no page at hand says what to do about this alert' };
  return { section: { title: 'The runbook', items: shown.length > 0 ? items : [...items, none] }, spots: shown };
}

function saidBy({ said, at, found }: Lead): readonly CardItem[] {
  if (said === undefined) return [];
  return [{ ...(found ? { kind: 'fact', label: 'found' } : { kind: 'absent' }), text: said, ...(at && { at }) }];
}

function sameSpot(spot: Spot, shown: readonly Spot[]): boolean {
  return shown.some((it) => it.root === spot.root && it.path === spot.path && it.from === spot.from);
}

function itemsAt(spot: Spot, subject: CardSubject): readonly CardItem[] {
  const at = placeOfSpot(spot);
  const text = subject.text(spot.root, spot.path);
  const stretch = { from: spot.from ?? 1, ...(spot.to !== undefined && { to: spot.to }) };
  const blocks = text === undefined ? undefined : passageOf(spot.path, text, stretch);
  if (!blocks) return [{ kind: 'absent', text: 'the page could not be read', at }];
  const left = Math.max(0, blocks.length - MOST_BLOCKS);
  return [{ kind: 'passage', blocks: blocks.slice(0, MOST_BLOCKS), at, left }];
}

function placeOfSpot({ root, path, from }: Spot): Place {
  return { path, ...(from !== undefined && { line: from }), ...(root !== '' && { root }) };
}

function further(spots: readonly Spot[]): readonly CardItem[] {
  return spots
    .slice(0, MOST_FURTHER)
    .map((spot) => ({ kind: 'fact', label: 'also', text: 'names the alert', at: placeOfSpot(spot) }));
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((it) => [JSON.stringify(it), it])).values()];
}
