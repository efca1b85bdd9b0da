/** What a review says of its incident: its name, how bad it was, when it was, and when the review was written. Pure. */
import { dateIn } from '../pages/review-date.ts';

/** The incident that a review is of. */
export interface ReviewedIncident {
  /** As written, e.g. `INC-112`. */
  readonly id?: string;
  /** As written, e.g. `SEV-1`. */
  readonly severity?: string;
  /** Day of the incident, where the review tells it from its own. */
  readonly on?: string;
  /** Day the review itself was held or written. */
  readonly reviewed?: string;
}

const NAMES: readonly (readonly [keyof ReviewedIncident, RegExp])[] = [
  ['id', /^(?:incident|incident[ _-]?(?:id|number|key)|id|ticket)$/i],
  ['severity', /^(?:severity|sev|priority|class|error[ _-]?class|level|impact level)$/i],
  [
    'on',
    /^(?:incident[ _-]?date|date[ _-]of[ _-](?:the )?incident|occurred(?:[ _-](?:on|at))?|started(?:[ _-]at)?|start(?:[ _-]time)?|began|happened(?:[ _-]on)?)$/i,
  ],
  [
    'reviewed',
    /^(?:review(?:ed)?(?:[ _-](?:on|date|held|held on))?|postmortem[ _-]date|date[ _-]of[ _-](?:the )?(?:review|postmortem)|written(?:[ _-]on)?|published(?:[ _-]on)?|completed(?:[ _-]on)?|meeting)$/i,
  ],
];
const HEAD = 60;
const LABEL = /^\s*(?:[-*+|]\s*)?[*_]{0,3}([A-Za-z][A-Za-z _-]{1,30}?)[*_]{0,3}\s*[:|][*_]{0,3}\s*(\S.*?)\s*\|?\s*$/;

/** Reads the front matter first, then lines such as `Severity: SEV-1` near the top. */
export function reviewedIncident(frontMatter: Readonly<Record<string, unknown>>, text: string): ReviewedIncident {
  const given = Object.entries(frontMatter).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[key, String(value)] as const] : [],
  );
  const labels = text.split('\n', HEAD).flatMap((line) => {
    const [, name, value] = LABEL.exec(line.slice(0, 300)) ?? [];
    return name !== undefined && value !== undefined ? [[name.trim(), value] as const] : [];
  });
  const found = NAMES.flatMap(([field, pattern]) => {
    const values = [...given, ...labels]
      .filter(([name]) => pattern.test(name))
      .map(([, value]) => value.replace(/^[*_`]+|[*_`]+$/g, ''));
    const value =
      field === 'on' || field === 'reviewed'
        ? values.map((it) => dateIn(it)).find((it) => it !== undefined)
        : values[0]?.slice(0, 60);
    return value === undefined || value === '' ? [] : [[field, value] as const];
  });
  return Object.fromEntries(found);
}
