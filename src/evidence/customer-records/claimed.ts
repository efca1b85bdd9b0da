/** Where the manifest says that records about users are, and the names by which such pages are found. Pure. */
import type { Claims } from '../../manifest/manifest.ts';

/** What a record is about. */
export type Topic = 'research' | 'feedback' | 'accessibility' | 'audit' | 'status' | 'outcome' | 'answer';

/** One reference of the manifest. */
export interface Claimed {
  readonly topic: Topic;
  /** JSON pointer of the reference. */
  readonly pointer: string;
  readonly reference: string;
  /** What the record is to show: a number, or a duration such as `3h`. */
  readonly figure?: number | string;
}

/** Every reference to a record about users, in the manifest's order. */
export function claimedRecords(claims: Claims): readonly Claimed[] {
  const { user_research: research = [], feedback, accessibility, status, outcomes = [], support } = claims;
  return [
    ...(support?.channels ?? []).flatMap(({ measured }, index) =>
      all('answer', `/support/channels/${index}/measured/evidence`, measured?.evidence, measured?.response_time),
    ),
    ...outcomes.flatMap(({ evidence, current }, index) =>
      all('outcome', `/outcomes/${index}/evidence`, evidence, current),
    ),
    ...one('feedback', '/feedback/last_summary/path', feedback?.last_summary?.path),
    ...research.flatMap(({ evidence }, index) => all('research', `/user_research/${index}/evidence`, evidence)),
    ...one('accessibility', '/accessibility/statement', accessibility?.statement),
    ...all('audit', '/accessibility/audit/evidence', accessibility?.audit?.evidence),
    ...one('status', '/status/page', status?.page),
    ...one('status', '/status/template', status?.template),
  ];
}

function one(topic: Topic, pointer: string, reference: string | undefined): readonly Claimed[] {
  return reference === undefined ? [] : [{ topic, pointer, reference }];
}

function all(
  topic: Topic,
  pointer: string,
  references: readonly string[] = [],
  figure?: number | string,
): readonly Claimed[] {
  return references.map((reference, index) => ({
    topic,
    pointer: `${pointer}/${index}`,
    reference,
    ...(figure !== undefined && { figure }),
  }));
}

const TOPICS: readonly (readonly [Topic, RegExp])[] = [
  [
    'accessibility',
    /(?:^|\/)(?:accessibility|a11y)(?:[-_ ]?statement)?\.(?:mdx?|markdown|adoc|rst|html?|njk|erb|html\.erb|hbs|ejs|twig|j2|jinja2?)$/i,
  ],
  [
    'status',
    /(?:^|[/_-])(?:(?:incident|outage)[-_ ](?:communications?|comms)|status[-_ ]?page[-_ ](?:templates?|updates?))(?:[-_ ]?templates?)?\.(?:mdx?|markdown|adoc|rst)$/i,
  ],
  [
    'research',
    /(?:^|[/_-])(?:user[-_ ]?research|user[-_ ]?interviews?|customer[-_ ]?interviews?|usability[-_ ]?tests?|user[-_ ]?surveys?|customer[-_ ]?surveys?)(?:[/_.-].*)?\.(?:mdx?|markdown|adoc|rst)$/i,
  ],
];
/** Forms and lists of records are none. */
const NO_RECORD = /(?:^|\/)(?:readme|index|_index)\.\w+$|(?:^|[/_-])(?:plan|guide|how-?to|consent|script)(?:[/_.-]|$)/i;

/** What a page's path promises; a template is one for news of incidents alone, where a template is what one wants. */
export function topicOf(path: string): Topic | undefined {
  if (path.length > 500 || NO_RECORD.test(path)) return undefined;
  const topic = TOPICS.find(([, pattern]) => pattern.test(path))?.[0];
  return topic !== 'status' && /template[^/]*$/i.test(path) ? undefined : topic;
}
