/** The card for one alert: finds the services, their alerts and the one that is meant, gathers what the card needs and nothing else. */

import { type Judging, ruleParams } from '../assess.ts';
import type { Values } from '../checks/params.ts';
import type { linkParams } from '../checks/runbooks/runbook-links.ts';
import { isAnothers } from '../checks/whose.ts';
import type { Alert, Facts as Alerts } from '../evidence/alerts.ts';
import type { Sources } from '../evidence/collector.ts';
import { gather } from '../evidence/gather.ts';
import { openReading, openSources, type Reading } from '../evidence/sources.ts';
import { InputError } from '../input-error.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Gathered } from '../model.ts';
import type { Card } from '../report/card.ts';
import { servicesAt, type Workspace } from '../run.ts';
import { dashboardsOf } from './dashboards.ts';
import { escalationOf } from './escalation.ts';
import { incidentsOf } from './incidents.ts';
import { meaningOf, queryOf } from './meaning.ts';
import { alertMeant, type Meant } from './name.ts';
import { partnersOf } from './partners.ts';
import { runbookOf } from './runbook.ts';
import { CARD_KINDS, type CardSubject, unreadNote } from './subject.ts';

/** One service and its alerts. */
interface Ward {
  readonly manifest: Manifest;
  readonly sources: Sources;
  readonly gathered: Gathered<Alerts>;
  readonly own: readonly Alert[];
}

/** What the card is made under. */
export interface PageOptions {
  /** ISO date that counts as today. */
  readonly asOf: string;
  /** Names of evidence roots whose pages are looked through. */
  readonly roots: readonly string[];
  /** What the organisation's words mean. */
  readonly judging: Judging;
}

/** The rule whose parameters say which alerts wake someone and which annotations link a runbook: the card reads alerts as it does. */
const READ_AS = 'runbooks/alert-links-runbook';

/** The card; an InputError where no alert, or more than one, is meant. */
export async function pageFor(
  workspace: Workspace,
  given: string,
  { asOf, roots, judging }: PageOptions,
): Promise<Card> {
  const { within, found } = await servicesAt(workspace, asOf);
  const reading = openReading(within.repo, within.rootNamed);
  const wards: Ward[] = [];
  for (const manifest of found.manifests)
    wards.push(await wardOf(manifest, openSources(reading, manifest, found.dirs, { roots }), reading));
  const all = [...new Set(wards.flatMap(({ own }) => own.map(({ name }) => name)))];
  const meant = alertMeant(given, all);
  if (meant.kind !== 'one') throw notOne(given, meant, all.length, wards);
  const ward = wardWith(meant.name, wards);
  const taken = meant.how === 'exact' ? undefined : `"${given}" was taken for ${meant.name}`;
  const { tier = 3, profile = 'balanced' } = ward.manifest.identity;
  const params = (await ruleParams(READ_AS, { tier, profile }, judging)) as Values<typeof linkParams>;
  return cardOf(meant.name, ward, params, { reading, taken });
}

/** Alerts that say they are another service's are that one's, where it is here too. */
async function wardOf(manifest: Manifest, sources: Sources, reading: Reading): Promise<Ward> {
  const { evidence, failures } = await gather(['alerts'], sources, reading.parsers);
  const [failure] = failures.values();
  if (failure) throw failure;
  const gathered = evidence.alerts ?? { facts: NO_ALERTS, looked: { files: 0, note: '' }, unread: [], delegated: [] };
  return { manifest, sources, gathered, own: gathered.facts.alerts };
}

const NO_ALERTS: Alerts = { alerts: [], ruleFiles: [], tested: [], names: [] };

/** The service whose alert it is; several may read one folder of shared rules. */
function wardWith(name: string, wards: readonly Ward[]): Ward {
  const having = wards.filter(({ own }) => own.some((alert) => alert.name === name));
  const theirs = having.filter((ward) => ward.own.some((alert) => alert.name === name && !isForeign(alert, ward)));
  const [ward, ...more] = theirs.length > 0 ? theirs : having;
  if (!ward) throw new Error(`no service has the alert ${name}, which was found before`);
  const places = (it: Ward): string =>
    JSON.stringify(it.own.filter((alert) => alert.name === name).map(({ at }) => at));
  const other = more.find((it) => places(it) !== places(ward));
  if (!other) return ward;
  throw new InputError(
    `"${name}" is an alert of ${serviceName(ward)} and of ${serviceName(other)}`,
    'page',
    `give the folder of the one that is meant, e.g. ${ward.manifest.dir || '.'}`,
  );
}

function isForeign({ labels }: Alert, ward: Ward): boolean {
  const { manifest, gathered } = ward;
  const { claims, dir, identity } = manifest;
  const service = { name: serviceName(ward), dir, assumed: identity.name === undefined ? ['name'] : [] };
  const said = ['service', 'app', 'job'].flatMap((key) => labels[key] ?? []);
  return isAnothers(said, { service, claims, known: gathered.facts.names });
}

function serviceName({ manifest, sources }: Pick<Ward, 'manifest' | 'sources'>): string {
  return manifest.identity.name ?? (manifest.dir.split('/').pop() || sources.repo()?.name || 'this repository');
}

/** Names that are listed at most. */
const MOST_NAMES = 12;

function notOne(
  given: string,
  meant: Exclude<Meant, { kind: 'one' }>,
  count: number,
  wards: readonly Ward[],
): InputError {
  if (meant.kind === 'several') {
    const more = meant.names.length > MOST_NAMES ? ` and ${meant.names.length - MOST_NAMES} more` : '';
    const names = meant.names.slice(0, MOST_NAMES).join(', ');
    return new InputError(`"${given}" may mean several alerts: ${names}${more}`, 'page', 'give one of these names');
  }
  const unread = wards.flatMap(({ gathered }) => gathered.unread);
  const [first] = unread;
  const hidden = first ? `; not all rules could be read: ${first.at.path}, ${first.detail}` : '';
  const [away] = wards.flatMap(({ gathered }) => gathered.delegated);
  const hint =
    count === 0
      ? `no alert rules ${first ? 'could be read' : 'are kept'} here${away ? `; they are handed to ${away.to}, which --evidence-root brings along` : ''}`
      : `${meant.like === undefined ? '' : `did you mean ${meant.like}? `}${count} alerts are kept here; a part of the name is enough`;
  return new InputError(`no alert here is called like "${given}"${hidden}`, 'page', hint);
}

async function cardOf(
  name: string,
  ward: Ward,
  params: Values<typeof linkParams>,
  { reading, taken }: { readonly reading: Reading; readonly taken: string | undefined },
): Promise<Card> {
  const { manifest, sources, gathered, own } = ward;
  const { evidence } = await gather([...CARD_KINDS], sources, reading.parsers);
  const subject: CardSubject = {
    name,
    ...rulesOf(name, own),
    manifest,
    evidence,
    text(root, path) {
      const file = (root === '' ? sources.shared : sources.filesOf(root)).find((it) => it.path === path);
      return file && sources.text(file, []);
    },
  };
  const { claims } = manifest;
  const { annotations } = params;
  const runbook = runbookOf(subject, annotations);
  return {
    alert: name,
    service: [
      claims.title ?? serviceName(ward),
      claims.tier === undefined ? '' : `tier ${claims.tier}`,
      claims.description ?? '',
    ]
      .filter(Boolean)
      .join(' · '),
    ...(taken !== undefined && { taken }),
    sections: [
      meaningOf(subject, params, [...annotations, ...linkKeys(subject)]),
      runbook.section,
      queryOf(subject),
      dashboardsOf(subject, runbook.spots),
      incidentsOf(subject),
      partnersOf(subject, runbook.spots),
      escalationOf(subject),
      ...caveats(gathered),
    ],
  };
}

/** Copies of a rule, e.g. one for each environment, are one; where they stand is kept. */
function rulesOf(name: string, own: readonly Alert[]): Pick<CardSubject, 'rules' | 'copies'> {
  const rules = own.filter((alert) => alert.name === name);
  const first = new Map<string, Alert>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.expr, rule.for, rule.labels, rule.annotations]);
    if (!first.has(key)) first.set(key, rule);
  }
  const kept = [...first.values()];
  return { rules: kept, copies: rules.filter((rule) => !kept.includes(rule)).map(({ at }) => at) };
}

/** Further rules of the name may be in files that could not be read. */
function caveats(gathered: Gathered<Alerts>): Card['sections'] {
  const items = unreadNote(gathered, 'alert rules');
  return items.length === 0 ? [] : [{ title: 'What could not be read', items }];
}

/** Annotations that hold a link to a runbook under another name. */
function linkKeys({ rules }: CardSubject): readonly string[] {
  return rules.flatMap(({ annotations }) =>
    Object.keys(annotations).filter((key) => /run_?-?book|play_?-?book/i.test(key)),
  );
}
