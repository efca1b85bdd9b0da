/** Who is called next, after how long, and how: as the manifest says it. Pure. */
import type { CardItem, CardSection } from '../report/card.ts';
import { type CardSubject, claimAt } from './subject.ts';

/** The chain of escalation with its times, who is on call, and the owner. */
export function escalationOf(subject: CardSubject): CardSection {
  const { escalation = [], oncall, owner } = subject.manifest.claims;
  const next = escalation.findIndex(({ after }) => after !== undefined && !/^0+[a-z]*$/.test(after));
  const levels = escalation.map((level, index): CardItem => {
    const time = level.after === undefined ? 'time not said' : `after ${level.after}`;
    const when = index === next ? `next, ${time}` : time;
    const reach = level.contact ?? 'no contact is named';
    return {
      kind: 'fact',
      label: `${level.level ?? index + 1}. ${when}`,
      text: `${level.who}: ${reach}`,
      at: claimAt(subject, `/escalation/${index}`),
    };
  });
  const rota = [oncall?.provider, oncall?.ref, oncall?.hours].filter((it) => it !== undefined).join(', ');
  const team = [owner?.team, owner?.contact].filter((it) => it !== undefined).join(', ');
  const said = (label: string, text: string): CardItem =>
    text === '' ? absent(subject, label) : { kind: 'fact', label, text };
  return {
    title: 'Who is next',
    items: [
      ...(levels.length > 0 ? levels : [absent(subject, 'escalation')]),
      said('on-call rota', rota),
      said('owner', team),
    ],
  };
}

/** The manifest is the one place that could say so. */
function absent({ manifest }: CardSubject, what: string): CardItem {
  if (manifest.state === 'absent') return { kind: 'absent', text: `there is no manifest that could name the ${what}` };
  const text =
    manifest.state === 'valid'
      ? `the manifest names no ${what}`
      : `the manifest is not valid, so the ${what} is not known`;
  return { kind: 'absent', text, at: { path: manifest.path } };
}
