/** Judges the labelled repositories from their files alone and compares every answer with its label. */
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import type { Finding } from '../../src/model.ts';
import type { Repo } from '../../src/repo/repo.ts';
import { judgeRepository } from '../../src/run.ts';
import { type Compared, outcomeOf } from './compare.ts';
import { openLabelled } from './find.ts';
import type { LabelledRepository } from './labels.ts';

/** All that was measured. */
export interface Measurement {
  readonly compared: readonly Compared[];
  /** Repositories that could not be judged, and why. */
  readonly absent: readonly { readonly repository: string; readonly why: string }[];
  /** Labelled rules that the checklists do not have, or that were not asked for. */
  readonly unasked: readonly string[];
  /** What went wrong in us. */
  readonly notes: readonly string[];
}

/** How to judge. */
export interface Yardstick {
  /** ISO date on which ages are counted. */
  readonly asOf: string;
  /** Rules or areas; empty means all labelled rules. */
  readonly only: readonly string[];
}

/** Measures every repository that is at hand, one after the other. */
export async function measure(
  folder: string,
  labelled: readonly LabelledRepository[],
  yardstick: Yardstick,
): Promise<Measurement> {
  const names = [...new Set(labelled.flatMap(({ answers }) => [...answers.keys()]))];
  const rules = names.filter((name) => idOf(name) !== undefined && isWanted(name, yardstick.only));
  const compared: Compared[] = [];
  const absent: { repository: string; why: string }[] = [];
  const notes: string[] = [];
  for (const repository of rules.length === 0 ? [] : labelled) {
    const opened = await openLabelled(folder, repository);
    if (!opened.ok) {
      absent.push({ repository: repository.name, why: opened.why });
      continue;
    }
    const judged = await findingsOf(opened.repo, rules, yardstick.asOf);
    notes.push(...judged.notes.map((note) => `${repository.name}: ${note}`));
    compared.push(...compareAll(repository, rules, judged.findings));
  }
  return { compared, absent, unasked: names.filter((name) => !rules.includes(name)), notes };
}

/** The rule's present id, by whatever name the label knows it. */
function idOf(name: string): string | undefined {
  return CHECKLISTS.flatMap((list) => list.rules).find(({ id, aliases }) => id === name || aliases?.includes(name))?.id;
}

function isWanted(name: string, only: readonly string[]): boolean {
  return only.length === 0 || only.some((it) => name === it || name.startsWith(`${it}/`));
}

/** From evidence alone: tier 1, so that every rule applies, and live, so that every rule is due. */
async function findingsOf(
  repo: Repo,
  rules: readonly string[],
  asOf: string,
): Promise<{ readonly findings: readonly Finding[]; readonly notes: readonly string[] }> {
  const workspace = { repo, dir: '', rootNamed: () => undefined };
  const manifest = 'manifest/present';
  const { services, notes } = await judgeRepository(workspace, {
    asOf,
    tier: 1,
    stage: 'live',
    // Where no other rule applies, the one about the manifest still does, so that there is a report.
    only: [...rules.flatMap((name) => idOf(name) ?? []), manifest],
    failOn: 'critical',
    checklists: CHECKLISTS,
    profiles: PROFILES,
    version: '0.0.0',
  });
  return { findings: services[0]?.findings ?? [], notes };
}

function compareAll(
  { name, answers }: LabelledRepository,
  rules: readonly string[],
  findings: readonly Finding[],
): readonly Compared[] {
  return rules.flatMap((rule) => {
    const label = answers.get(rule);
    const finding = findings.find((it) => it.rule === idOf(rule));
    if (!label || !finding) return [];
    return [{ repository: name, rule, outcome: outcomeOf(finding.standing, label), finding, label }];
  });
}
