/** The sentence of the design in code: a repo yields evidence, checks assess it, the verdict rules, the report says so. The only orchestrator. */
import { assessRule, kindsAskedFor, kindsOf, type LoadedRule, loadRules, paramsFor, questionsOf } from './assess.ts';
import type { Checklist, ProfileDefinition } from './checklist/entry.ts';
import type { OwnChecks } from './checklist/plugins.ts';
import type { Policy } from './checklist/policy.ts';
import { layersFor, type Plan, resolveRules } from './checklist/resolve.ts';
import type { Sources } from './evidence/collector.ts';
import { type CollectedKind, gather, type Harvest } from './evidence/gather.ts';
import type { Memory } from './evidence/memory.ts';
import type { Reference } from './evidence/reference.ts';
import { openReading, openSources, type Parsers, type Reading } from './evidence/sources.ts';
import { ESTATE } from './generated/checklists.ts';
import { COLLECTORS, type Evidence } from './generated/evidence.ts';
import { InputError } from './input-error.ts';
import { journeysOf } from './journeys-report.ts';
import { linesOf } from './lines.ts';
import { type FoundManifests, findManifests } from './manifest/find.ts';
import { type LoadedWaivers, loadWaivers } from './manifest/load-waivers.ts';
import { ASSUMED, type Manifest } from './manifest/manifest.ts';
import type {
  Finding,
  Gathered,
  Looked,
  Profile,
  Report,
  Service,
  ServiceReport,
  Stage,
  Supplement,
  Tier,
} from './model.ts';
import { componentsOf, packagesOf } from './packages-report.ts';
import type { Repo } from './repo/repo.ts';
import { subRepo } from './repo/sub.ts';
import { type Bench, judge, scoreOf, verdictOf, worst } from './verdict/judge.ts';
import type { Facts as Judged, LedgerEntry } from './verdict/judged.ts';
import type { FailOn } from './verdict/policy.ts';
import { DEFAULT_LIMITS, type Examined, examine, type WaiverLimits } from './verdict/waivers.ts';

/** What is judged. */
export interface Workspace {
  readonly repo: Repo;
  /** Folder from the repository's root at which services are looked for; empty for the root. */
  readonly dir: string;
  /** Real path of the folder that holds the repository; absent for one in memory. */
  readonly folder?: string;
  /** A further evidence root by the name the manifest uses; undefined when it is not at hand. */
  rootNamed(name: string): Repo | undefined;
  /** Sentences about roots that were asked for, seemed to be at hand, and were not taken. */
  rootsLeftOut?(): readonly string[];
}

/** By which yardstick. */
export interface Options {
  /** ISO date on which ages and expiries are counted. */
  readonly asOf: string;
  readonly tier?: Tier;
  readonly stage?: Stage;
  readonly profile?: Profile;
  /** Ids or areas; empty means every rule. */
  readonly only: readonly string[];
  readonly failOn: FailOn;
  /** Which workloads are judged; the service's own in production when not given. */
  readonly scope?: 'production' | 'all';
  readonly policy?: Policy;
  readonly checklists: readonly NamedChecklist[];
  /** Checks that checklists may name besides the built-in ones. */
  readonly checks?: OwnChecks;
  readonly profiles: Readonly<Record<string, ProfileDefinition>>;
  /** What is known from outside the repository; nothing when not given. */
  readonly reference?: Reference;
  /** What the report carries besides, for formats that show it. */
  readonly supplements?: readonly Supplement[];
  /** Kinds of evidence to gather besides those that the rules need. */
  readonly kinds?: readonly CollectedKind[];
  /** What is remembered of an earlier run over the same repository. */
  readonly memory?: Memory;
  /** What is judged is only held against something else: that no rule applies to it is an answer then, and no error. */
  readonly mayBeEmpty?: boolean;
  /** Version of the tool, for the report. */
  readonly version: string;
  /** Rethrow what a check or collector throws instead of answering "unknown". */
  readonly debug?: boolean;
}

/** A checklist with the digest that a report cites. */
export interface NamedChecklist extends Checklist {
  readonly digest: string;
  /** The judged repository itself brought it along. */
  readonly isCarried?: boolean;
}

/** A service with what its judgement rests on, for whoever compiles more from it than a report. */
export interface JudgedService {
  readonly report: ServiceReport;
  readonly manifest: Manifest;
  /** What the rules needed and `kinds` asked for; a kind whose collector failed is absent. */
  readonly evidence: Partial<Evidence>;
  /** The parameters that each rule was assessed with, by its id. */
  readonly params: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A report with what it rests on. */
export interface Judgement {
  readonly report: Report;
  /** Folder of the workspace's repository that all places start from; empty for its root. */
  readonly root: string;
  readonly services: readonly JudgedService[];
}

/** Judges every service found at a path. */
export async function judgeRepository(workspace: Workspace, options: Options): Promise<Report> {
  return (await judgeInFull(workspace, options)).report;
}

/** The same, with what each judgement rests on. */
export async function judgeInFull(asked: Workspace, options: Options): Promise<Judgement> {
  const { within: workspace, found, root } = await servicesAt(asked, options.asOf);
  const { repo, rootNamed } = workspace;
  const reading = options.memory?.reading(repo, rootNamed) ?? openReading(repo, rootNamed);
  const notes: string[] = [];
  const judged: JudgedService[] = [];
  for (const manifest of found.manifests) judged.push(await judgeService(manifest, found, reading, options, notes));
  const services = judged.map(({ report }) => report);
  if (
    !options.mayBeEmpty &&
    services.every((service) => service.findings.every((finding) => finding.ruling === 'skip'))
  ) {
    throw new InputError('no rule applies, so nothing was judged', 'rules', 'widen --only, or judge a later --stage');
  }
  const report: Report = {
    schemaVersion: 1,
    tool: { name: 'gonogo', version: options.version },
    repo: { name: workspace.repo.name, ...workspace.repo.state(), ...(root !== '' && { dir: root }) },
    asOf: options.asOf,
    checklists: options.checklists.map(({ area, digest }) => ({ name: area, digest })),
    ...(options.policy && { policy: { name: options.policy.name, digest: options.policy.digest } }),
    verdict: worst(services.map((service) => service.verdict)),
    services,
    ...(wants('lines', options) && { lines: linesOf(services, workspace.repo) }),
    notes: [...notes, ...(workspace.rootsLeftOut?.() ?? [])],
  };
  return { report, root, services: judged };
}

function wants(supplement: Supplement, { supplements = [] }: Options): boolean {
  return supplements.includes(supplement);
}

/** Where services were looked for, and which there are. */
interface ServicesFound {
  readonly within: Workspace;
  readonly found: FoundManifests;
  /** Folder that all places start from; empty for the repository's own root. */
  readonly root: string;
}

/** The services at a path, and the workspace they are read in: where a manifest says `root: true`, its folder is the repository. */
export async function servicesAt(workspace: Workspace, asOf: string): Promise<ServicesFound> {
  const { repo, dir } = workspace;
  const found = await findManifests(repo, dir, asOf);
  const own = found.standalone;
  if (own === undefined) return { within: workspace, found, root: '' };
  const inside = await servicesAt({ ...workspace, repo: subRepo(repo, own), dir: dir.slice(own.length + 1) }, asOf);
  return { ...inside, root: [own, inside.root].filter(Boolean).join('/') };
}

async function judgeService(
  manifest: Manifest,
  found: FoundManifests,
  reading: Reading,
  options: Options,
  notes: string[],
): Promise<JudgedService> {
  const service = identify(manifest, reading, options);
  const plan = planFor(service, options);
  const loaded = await loadRules(plan.rules, options.checks);
  const open = options.memory?.sources ?? openSources;
  const sources = open(reading, manifest, found.dirs, options.reference, questionsOf(loaded, service));
  const harvest = await harvestFor(loaded, sources, reading.parsers, { manifest, service, options, notes });
  for (const [kind, error] of harvest.failures) {
    if (options.debug) throw error;
    notes.push(
      `collecting ${kind} failed: ${error.message}; rules that need it say "unknown". This is a fault of gonogo.`,
    );
  }
  if (options.reference?.live && !harvest.evidence.live)
    notes.push(`${service.name}: nothing that runs was asked, because no rule that is judged here asks it`);
  const written = await loadWaivers(sources, manifest);
  const bench = benchFor(service, plan, written, options);
  const findings = assessAll(loaded, { manifest, service, harvest, options, notes }, bench);
  const run = harvest.evidence.live?.facts.run;
  const report: ServiceReport = {
    service,
    ...(manifest.state !== 'absent' && { manifest: { path: manifest.path } }),
    verdict: verdictOf(findings),
    score: scoreOf(findings),
    findings,
    later: plan.later,
    waivers: bench.waivers,
    looked: collected(Object.keys(harvest.evidence)).flatMap((kind) => lookedAt(kind, harvest)),
    ...journeysOf(findings, manifest, service),
    ...packagesOf(loaded, { evidence: harvest.evidence, manifest, asOf: options.asOf }, service),
    ...(wants('components', options) && componentsOf(harvest.evidence)),
    ...(run && { live: { at: run.at, requests: run.sent } }),
  };
  const params = Object.fromEntries(loaded.map((it) => [it.rule.id, paramsFor(it, service)]));
  return { report, manifest, evidence: harvest.evidence, params };
}

/** What the rules need, and the counts of files, which every report shows. What costs a process comes last: often no check asks for it. */
async function harvestFor(
  loaded: readonly LoadedRule[],
  sources: Sources,
  parsers: Parsers,
  subject: Omit<Case, 'harvest'>,
): Promise<Harvest> {
  const first = await gather(
    collected([
      ...loaded.flatMap(({ check }) => check.needs),
      'files',
      ...(wants('components', subject.options) ? ['lockfiles'] : []),
      ...(subject.options.kinds ?? []),
    ]),
    sources,
    parsers,
  );
  const asked = loaded.flatMap((it) => kindsAskedFor(it, { ...subject, ...first }));
  const known = [...Object.keys(first.evidence), ...first.failures.keys()];
  const later = await gather(collected(asked.filter((kind) => !known.includes(kind))), sources, parsers);
  return {
    evidence: { ...first.evidence, ...later.evidence },
    failures: new Map([...first.failures, ...later.failures]),
  };
}

/** Kinds that collectors gather, each once, sorted; `judged` is none. */
function collected(kinds: readonly string[]): readonly CollectedKind[] {
  return [...new Set(kinds)].filter((kind): kind is CollectedKind => kind in COLLECTORS).sort();
}

/** Name, tier, stage and profile: the command line over the manifest over a default that the report names. */
function identify(manifest: Manifest, reading: Reading, options: Options): Service {
  const { identity, claims, dir } = manifest;
  const declared = {
    name: identity.name,
    tier: options.tier ?? identity.tier,
    stage: options.stage ?? identity.stage,
    profile: options.profile ?? identity.profile,
  };
  const owner = claims.owner?.team;
  return {
    name: declared.name ?? (dir.split('/').pop() || reading.repo('')?.name || 'service'),
    dir,
    tier: declared.tier ?? ASSUMED.tier,
    stage: declared.stage ?? ASSUMED.stage,
    profile: declared.profile ?? ASSUMED.profile,
    ...(owner && { owner }),
    assumed: Object.entries(declared).flatMap(([field, value]) => (value === undefined ? [field] : [])),
  };
}

function planFor(service: Service, options: Options): Plan {
  return resolveRules(options.checklists, layersFor(service, options), service, options.only);
}

interface ServiceBench extends Bench {
  readonly examined: readonly Examined[];
  readonly known: ReadonlySet<string>;
  readonly written: LoadedWaivers;
  /** Rules that the judged repository made for itself: however many are met, they prove none of the others. */
  readonly carried: ReadonlySet<string>;
}

function benchFor(service: Service, plan: Plan, written: LoadedWaivers, options: Options): ServiceBench {
  const { failOn, asOf, checklists } = options;
  const lists = [...checklists, ESTATE];
  const known = new Set(lists.flatMap(({ rules }) => rules.flatMap(({ id, aliases = [] }) => [id, ...aliases])));
  const carried = new Set(checklists.flatMap((list) => (list.isCarried ? list.rules.map(({ id }) => id) : [])));
  const limits: WaiverLimits = { ...DEFAULT_LIMITS, ...options.policy?.waivers };
  const examined = written.claims.map((claim) => examine(claim, { rules: plan.rules, known, limits, asOf }));
  const waivers = examined.flatMap(({ waiver }) => (waiver ? [waiver] : []));
  return { service, waivers, failOn, asOf, examined, known, written, carried };
}

interface Case {
  readonly manifest: Manifest;
  readonly service: Service;
  readonly harvest: Harvest;
  readonly options: Options;
  readonly notes: string[];
}

/** Assesses and judges every rule; those that look at the verdict itself come last, in checklist order. */
function assessAll(loaded: readonly LoadedRule[], subject: Case, bench: ServiceBench): readonly Finding[] {
  const findings = new Map<string, Finding>();
  const [plain, reflective] = [loaded.filter((it) => !isReflective(it)), loaded.filter(isReflective)];
  for (const { rule, check } of [...plain, ...reflective]) {
    const judged = isReflective({ check }) ? judgedSoFar([...findings.values()], loaded, bench) : undefined;
    const evidence = { ...subject.harvest.evidence, ...(judged && { judged }) };
    const assessment = assessRule({ rule, check }, { ...subject, evidence, failures: subject.harvest.failures });
    findings.set(rule.id, judge(rule, assessment, bench));
  }
  return loaded.flatMap(({ rule }) => findings.get(rule.id) ?? []);
}

function isReflective({ check }: Pick<LoadedRule, 'check'>): boolean {
  return check.needs.includes('judged');
}

function judgedSoFar(
  findings: readonly Finding[],
  loaded: readonly LoadedRule[],
  bench: ServiceBench,
): Gathered<Judged> {
  const waivers = bench.examined.map((examined) => ledgerEntry(examined, findings));
  const note = waivers.length === 0 ? 'no waivers' : `${waivers.length} waivers`;
  const verifiable = loaded
    .filter(
      ({ rule, check }) =>
        rule.area !== 'manifest' &&
        rule.area !== 'waivers' &&
        !bench.carried.has(rule.id) &&
        kindsOf(check).length > 0 &&
        !check.claimOnly,
    )
    .map(({ rule }) => rule.id);
  const facts = { findings, waivers, knownRules: [...bench.known], verifiable };
  return { facts, looked: { files: bench.written.files, note }, unread: bench.written.unread, delegated: [] };
}

function ledgerEntry({ claim, waiver, trouble, fix }: Examined, findings: readonly Finding[]): LedgerEntry {
  if (!waiver) return { claim, outcome: 'invalid', ...(trouble && { trouble }), ...(fix && { fix }) };
  const used = findings.some((finding) => finding.waiver?.at.line === claim.at.line || coversPart(finding, claim.rule));
  return { claim, outcome: used ? 'covers' : 'unused' };
}

/** A waiver that covers some of a finding's problems is in use even where others still block. */
function coversPart(finding: Finding, rule: string): boolean {
  return finding.rule === rule && finding.problems.some((problem) => problem.waived);
}

function lookedAt(kind: CollectedKind, { evidence }: Harvest): readonly Looked[] {
  const gathered = evidence[kind];
  if (!gathered) return [];
  const { looked, unread, delegated } = gathered;
  return [{ kind, files: looked.files, note: looked.note, unread, delegated }];
}
