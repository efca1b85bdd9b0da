/** What stands about a capability of the service: shown by code, settings or agents, suggested by a dependency, claimed, or nowhere. Pure. */
import type { Capability, Sign } from '../../evidence/capabilities/capability.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Assessment, Place, Problem, Service } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { declared, missing, notApplicable, unknown, verified } from '../define.ts';
import { counted, shortened } from '../words.ts';
import { ofService, programsOf, sharesOf, spokenFolder } from './capability-units.ts';

/** What a check of a capability knows. */
export interface CapabilitySubject {
  readonly manifest: Manifest;
  readonly service: Service;
  readonly evidence: Pick<Evidence, 'capabilities'>;
  at(pointer: string): Place;
}

/** Something besides code and settings that shows it, e.g. a ServiceMonitor. */
export interface Shown {
  /** "ServiceMonitor ledger", or "the annotation prometheus.io/scrape". */
  readonly by: string;
  readonly at: Place;
}

/** What is asked, and in which words. */
export interface Question {
  readonly capability: Capability;
  /** "exposes metrics", "expose metrics". */
  readonly does: readonly [singular: string, plural: string];
  /** What is deployed of the service in production. */
  readonly workloads: readonly Workload[];
  /** Deployment that shows it by itself. */
  readonly shown: readonly Shown[];
  /** Deployment that asks for it and shows nothing of the code. */
  readonly asked?: readonly Shown[];
  /** JSON pointer of the claim, and what it says; `undefined` where nothing is claimed. */
  readonly pointer: string;
  readonly claim: string | undefined;
  /** What follows "does not name". */
  readonly unclaimed: string;
  /** Whether a profile under which alone a setting holds is active; `undefined` where that cannot be told. */
  holds?(when: string): boolean | undefined;
  readonly problem: Pick<Problem, 'message' | 'fix'>;
}

const MOST_CITED = 5;

/** The answer, best evidence first. */
export function capabilityShown(subject: CapabilitySubject, question: Question): Assessment {
  const { facts } = subject.evidence.capabilities;
  const { capability, shown, asked = [], holds } = question;
  const own = ofService(facts.signs, facts.units).filter((it) => it.capability === capability);
  const strong = own.filter(({ strength }) => strength !== 'installed');
  const open = strong.filter(({ when }) => when !== undefined && holds?.(when) === undefined);
  const sure = strong.filter(({ when }) => when === undefined || holds?.(when) === true);
  const installed = own.filter(({ strength }) => strength === 'installed');
  const [, plural] = question.does;
  if (sure.length > 0 || shown.length > 0) return bySigns(subject, question, sure);
  const [first] = asked;
  const has = hasCode(subject, question.workloads);
  if (first && (installed.length > 0 || !has)) {
    const by = installed[0]
      ? `, and ${installed[0].by} is there to answer`
      : '; what answers is not in this repository';
    return verified(
      `${bySpoken(asked)} ${asked.length === 1 ? 'asks' : 'ask'} for it${by}`,
      placesOf([...asked, ...installed]),
    );
  }
  if (question.claim !== undefined) return byClaim(subject, question, installed);
  const [hidden] = open;
  if (hidden)
    return unknown(
      `${hidden.by} does so only where the profile ${hidden.when} is active, and whether it is cannot be told`,
      {
        evidence: placesOf(open),
      },
    );
  if (installed.length > 0)
    return unknown(
      `${namesOf(installed)} ${isAre(installed)} among the dependencies, and nothing is seen that uses it to ${plural}`,
      {
        evidence: placesOf(installed),
      },
    );
  if (first)
    return unknown(`${bySpoken(asked)} asks for it, and nothing in the code is seen to answer`, {
      evidence: placesOf(asked),
    });
  return byNothing(subject, question, has);
}

function bySigns(subject: CapabilitySubject, question: Question, signs: readonly Sign[]): Assessment {
  const { facts } = subject.evidence.capabilities;
  const { does, shown, asked = [] } = question;
  const places = placesOf([...signs, ...shown, ...asked]);
  const by = bySpoken([...signs, ...shown]);
  const programs = programsOf(facts);
  if (programs.length < 2 || shown.length > 0) return verified(`the service ${does[0]}: ${by}`, places);
  const { showing, lacking } = sharesOf(programs, signs, facts.units);
  const share = `${showing.length} of ${programs.length} programs ${showing.length === 1 ? does[0] : does[1]}`;
  const rest = lacking.length > 0 ? `; nothing is seen of it in ${shortened(lacking.map(spokenFolder))}` : '';
  const told = `${share}: ${by}${rest}`;
  return showing.length * 2 >= programs.length ? verified(told, places) : unknown(told, { evidence: places });
}

function byClaim(subject: CapabilitySubject, { claim, pointer }: Question, installed: readonly Sign[]): Assessment {
  const by = installed.length > 0 ? `; ${namesOf(installed)} ${isAre(installed)} among the dependencies` : '';
  return declared(`the manifest says ${claim}, and nothing here shows it at work${by}`, subject.at(pointer), {
    evidence: placesOf(installed),
  });
}

/** Nothing known was found: what that means depends on what there was to look at. */
function byNothing(subject: CapabilitySubject, question: Question, has: boolean): Assessment {
  const { facts } = subject.evidence.capabilities;
  if (!has) {
    const [workload] = question.workloads;
    if (workload)
      return unknown('the code of what is deployed here is not in this repository', { evidence: [workload.at] });
    return notApplicable('no program is here');
  }
  const hints = facts.hints.filter((it) => it.capabilities.includes(question.capability));
  if (hints.length > 0) {
    const names = shortened([...new Set(hints.map(({ name }) => name))], 3);
    return unknown(`nothing known is seen to ${question.does[1]}; by its name ${names} may`, {
      evidence: placesOf(hints),
    });
  }
  const files = counted(
    Object.values(facts.code).reduce((sum, count) => sum + count, 0),
    'file',
  );
  const because = `nothing is seen in ${files} of code, in settings or start commands, and ${unclaimed(subject.manifest, question.unclaimed)}`;
  return missing(because, [
    { ...question.problem, ...placed(claimPlace(subject, question.pointer)), subject: question.capability },
  ]);
}

/** Whether the code of the service is here: where several other things are deployed and none of the folders has the name of one, it is not. */
function hasCode({ evidence, service }: CapabilitySubject, deployed: readonly Workload[]): boolean {
  const { units, code } = evidence.capabilities.facts;
  const withCode = units.filter(({ dir, browser, aside }) => !browser && aside === undefined && (code[dir] ?? 0) > 0);
  if (withCode.length === 0) return (code[''] ?? 0) > 0 && units.length === 0;
  if (withCode.some(({ dir }) => dir === service.dir) || new Set(deployed.map(({ name }) => name)).size < 2)
    return true;
  const folders = withCode.flatMap(({ dir }) => dir.split('/').map(letters));
  return deployed.some(({ name }) =>
    folders.some((it) => it !== '' && (letters(name).includes(it) || it.includes(letters(name)))),
  );
}

function letters(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/(service|svc|app)$/, '');
}

/** "OpenTelemetry (src/main.go) and 2 more". */
function bySpoken(shown: readonly Shown[]): string {
  const first = new Map([...shown].reverse().map(({ by, at }) => [by, at.path]));
  const names = [...new Set(shown.map(({ by }) => by))];
  return shortened(
    names.map((by) => `${by} (${first.get(by)})`),
    3,
  );
}

function namesOf(signs: readonly Sign[]): string {
  return shortened([...new Set(signs.map(({ by }) => by))], 3);
}

function isAre(signs: readonly Sign[]): string {
  return new Set(signs.map(({ by }) => by)).size === 1 ? 'is' : 'are';
}

function placesOf(items: readonly { readonly at: Place }[]): readonly Place[] {
  return [...new Map(items.map(({ at }) => [`${at.path}:${at.line}`, at])).values()].slice(0, MOST_CITED);
}
