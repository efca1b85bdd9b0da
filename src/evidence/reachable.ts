/** Finds in prose how to reach a person, and which links lead to a dashboard, by their shape. Pure; opens nothing. */

import type { MarkdownLink } from './pages/markdown.ts';
import { proseLines } from './pages/prose-lines.ts';
import { linkTarget } from './references/link-target.ts';

/** A way to reach someone. */
export interface Reach {
  /** As written: a channel, an address, a number, a link. */
  readonly text: string;
  readonly line: number;
}

const PAGER =
  /\bhttps?:\/\/[\w.-]*(?:pagerduty|opsgenie|victorops|splunkoncall|squadcast|incident\.io|rootly|xmatters|grafana\.net\/a\/grafana-oncall)[\w./?=#&%:-]*/gi;
const CHAT =
  /\bhttps?:\/\/(?:[\w-]+\.slack\.com|teams\.microsoft\.com|chat\.google\.com|discord\.gg|[\w.-]*mattermost[\w.-]*|zoom\.us|[\w-]+\.zoom\.us|meet\.google\.com)\/[\w./?=#&%:@-]+/gi;
const MAIL = /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g;
const CHANNEL =
  /(?<![\w/&#[(`.-])#(?![0-9a-f]{3}(?:[0-9a-f]{3})?(?![\w-]))[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*(?![\w/])|`#[a-z][a-z0-9_-]{2,}`/g;
const PHONE = /(?<![\w.])\+\d{1,3}[\d ().-]{6,18}\d/g;
const HANDLE = /(?<![\w/.`])@[a-z][\w-]*(?:\/[\w-]+|[-_](?:team|oncall|on-call|sre|ops))(?!\w)/gi;
const SCHEDULE =
  /\b(?:pagerduty|opsgenie|victorops|on-?call)\s+(?:schedule|rota|rotation|service|escalation policy|policy)\b[^.\n]{0,60}/gi;
const NOBODY =
  /@(?:example|localhost|[\w.-]+\.(?:internal|local|svc|cluster))\b|@[\w.-]*example\.|^(?:noreply|no-reply|git|user|username|root|postgres|admin)@/i;

/** Ways to reach someone that a text states, outside code blocks and comments; the first of each. */
export function reachIn(text: string, firstLine = 1): readonly Reach[] {
  const found = new Map<string, Reach>();
  proseLines(text).forEach((line, index) => {
    for (const reach of line.length > 2000 ? [] : reachOn(line)) {
      const name = reach.replace(/`/g, '').trim();
      if (!found.has(name)) found.set(name, { text: name, line: firstLine + index });
    }
  });
  return [...found.values()];
}

function reachOn(line: string): readonly string[] {
  const isHeading = /^\s{0,3}#{1,6}\s/.test(line);
  const body = isHeading ? line.replace(/^\s*#+/, '') : line;
  const mails = (body.match(MAIL) ?? []).filter((it) => !NOBODY.test(it));
  return [PAGER, CHAT, PHONE, HANDLE, SCHEDULE]
    .flatMap((pattern) => body.match(pattern) ?? [])
    .concat(mails, channelsOn(body));
}

/** `#ledger-help` is a channel; `#412`, a colour and the section of a link are not. */
function channelsOn(line: string): readonly string[] {
  const plain = line.replace(/\]\([^)]*\)/g, ']').replace(/https?:\/\/\S+/g, ' ');
  return (plain.match(CHANNEL) ?? []).filter(
    (it) => it.length > 3 && !/^`?#(?:include|define|pragma|region|endregion|if|endif|todo|l\d+)`?$/i.test(it),
  );
}

const DASHBOARD =
  /grafana|kibana|\bdashboards?\b|datadoghq\.|newrelic|honeycomb|splunk|cloudwatch|appinsights|applicationinsights|portal\.azure|console\.cloud\.google|dynatrace|lightstep|sentry|kiali|chronosphere|sumologic|prometheus\.|\/goto\/|metabase|logit\.io|opensearch-dashboards/i;

/** Whether a link leads to a dashboard or another live view of the service, by its address or its text. */
export function isDashboardLink({ target, text }: Pick<MarkdownLink, 'target' | 'text'>): boolean {
  if (['placeholder', 'malformed'].includes(linkTarget(target).kind)) return false;
  if (!/^https?:\/\//i.test(target)) return /\bdashboards?\b.*\.json$/i.test(target);
  const documentation = /\/\/(?:docs?|www|developers?)\.[\w.-]+|\/docs?\//i.test(target) && !/\/d\//.test(target);
  return !documentation && DASHBOARD.test(`${target} ${text}`);
}
