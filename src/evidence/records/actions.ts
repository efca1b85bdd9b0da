/** Finds what a review of an incident says is to be done: who, until when, and whether it is. Pure; knows no clock. */
import { dayIn, type Entry, entriesIn, fieldOf } from './entries.ts';

/** One action. */
export interface RecordAction {
  readonly text: string;
  readonly owner?: string;
  /** YYYY-MM-DD. */
  readonly due?: string;
  /** `unsaid` where neither a box nor a word tells. */
  readonly state: 'open' | 'done' | 'dropped' | 'unsaid';
  readonly line: number;
}

const HEADING =
  /\bactions?\b|\bfollow[- ]?ups?\b|\bnext steps?\b|\bremediations?\b|\bto-?dos?\b|\bimprovements?\b|\bcorrective\b/i;
/** Sections of what was done during the incident, and of what others might do, are no plan. */
const TAKEN = /\b(?:taken|during|timeline|immediate(?:ly)?|you|your|users?|customers?)\b/i;
const OWNER = /^(?:owner|owned by|who|assignee|assigned(?: to)?|responsible|dri|lead)$/;
const DUE = /^(?:due|due date|deadline|by|target(?: date)?|eta|when|until)$/;
const STATE = /^(?:state|status|done|progress|closed)$/;
const DONE = /^(?:done|closed|completed?|finished|resolved|fixed|merged|shipped|released|yes|x|✅|✔️?|☑️?)(?:\W|$)/i;
const DROPPED = /^(?:dropped|won'?t ?(?:do|fix)|cancell?ed|rejected|obsolete|not needed)(?:\W|$)/i;
const OPEN = /^(?:open|to ?do|planned|in[- ]progress|started|pending|doing|backlog|blocked|no|new|🔄|⏳)(?:\W|$)/i;
const NOTHING = /^(?:none|nothing|n\/?a|tbd|todo|-)\.?$/i;

/** The actions of a review's text. */
export function actionsIn(text: string): readonly RecordAction[] {
  const entries = entriesIn(text).filter(
    ({ shape, under }) => shape !== 'section' && under.some((it) => HEADING.test(it) && !TAKEN.test(it)),
  );
  return entries.flatMap((entry) => {
    const words = fieldOf(entry, /^(?:actions?|what|task|item|description|title|follow[- ]?up)$/) ?? entry.text;
    if (words.trim() === '' || NOTHING.test(words.trim())) return [];
    const owner = fieldOf(entry, OWNER) ?? /(?:^|[\s(])(@[\w/-]{2,60})/.exec(entry.text)?.[1];
    const due =
      dayIn(fieldOf(entry, DUE)) ??
      dayIn(
        /\b(?:due|by|until|before)\b.{0,20}$|\b(?:due|by|until|before)\b.{0,40}/i.exec(entry.text.slice(0, 1000))?.[0],
      );
    return [
      {
        text: words.slice(0, 160),
        ...(owner && { owner: owner.slice(0, 80) }),
        ...(due && { due }),
        state: stateOf(entry),
        line: entry.line,
      },
    ];
  });
}

function stateOf(entry: Entry): RecordAction['state'] {
  if (entry.checked !== undefined) return entry.checked ? 'done' : 'open';
  const said = fieldOf(entry, STATE)?.replace(/^[*_`~\s]+/, '') ?? '';
  const struck = /^~~.+~~/.test(entry.text);
  if (DONE.test(said)) return 'done';
  if (DROPPED.test(said) || struck) return 'dropped';
  return OPEN.test(said) ? 'open' : 'unsaid';
}
