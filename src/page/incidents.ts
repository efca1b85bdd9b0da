/** What happened before: reviews of incidents and records of exercises that name the alert, newest first. Pure. */
import type { RecordEntry } from '../evidence/records.ts';
import type { CardItem, CardSection } from '../report/card.ts';
import { type CardSubject, failureModes, isNamedIn, unreadNote } from './subject.ts';
import { keyOf } from './where.ts';

const MOST = 5;
const WORDS: Readonly<Record<RecordEntry['kind'], string>> = {
  postmortem: 'incident',
  exercise: 'exercise',
  decision: 'decision',
};

/** Records that name the alert, and those by which its failure mode was tried out. */
export function incidentsOf(subject: CardSubject): CardSection {
  const { name, evidence } = subject;
  const records = evidence.records?.facts.records ?? [];
  const tried = triedIn(subject);
  // What a record keeps of its words is cut; here the whole page counts.
  const wordsOf = ({ at, title, text }: RecordEntry): string =>
    `${title}\n${subject.text(at.root ?? '', at.path) ?? text}`;
  const naming = records.filter((it) => isNamedIn(name, wordsOf(it)) || tried.has(keyOf(it.at)));
  const incidents = records.filter(({ kind }) => kind === 'postmortem');
  const items: readonly CardItem[] = [
    ...(naming.some(({ kind }) => kind === 'postmortem') ? [] : [noIncident(incidents.length)]),
    ...naming.slice(0, MOST).map(recordItem),
    ...(naming.length > MOST
      ? [{ kind: 'fact' as const, label: 'also', text: `${naming.length - MOST} older records` }]
      : []),
    ...unreadNote(evidence.records, 'records'),
  ];
  return { title: 'What happened before', items };
}

function noIncident(count: number): CardItem {
  if (count === 0) return { kind: 'absent', text: 'no review of an incident is kept here' };
  return { kind: 'absent', text: `none of the ${count} reviews of incidents here names the alert` };
}

function recordItem({ kind, title, date = 'no date', at, parts }: RecordEntry): CardItem {
  const [actions] = parts.filter(({ part }) => part === 'actions');
  return { kind: 'fact', label: `${WORDS[kind]} ${date}`, text: title, at: actions?.at ?? at };
}

/** Files that the manifest cites for tests of the failure modes that the alert tells of. */
function triedIn(subject: CardSubject): ReadonlySet<string> {
  const references = subject.evidence.references?.facts.references ?? [];
  const pointers = failureModes(subject).map(({ index }) => `/failure_modes/${index}/tested/`);
  return new Set(
    references
      .filter(({ pointer }) => pointers.some((it) => pointer.startsWith(it)))
      .flatMap(({ matches }) => matches.map(keyOf)),
  );
}
