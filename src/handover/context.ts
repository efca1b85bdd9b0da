/** What every section is compiled from: one service's judgement, its claims and the evidence behind both. Pure. */
import type { Params, Values } from '../checks/params.ts';
import type { Evidence } from '../generated/evidence.ts';
import { type Claims, placeOf } from '../manifest/manifest.ts';
import type { Finding, Place, Service } from '../model.ts';
import type { JudgedService } from '../run.ts';

/** One service, as sections see it. */
export interface Context {
  readonly judged: JudgedService;
  readonly service: Service;
  readonly claims: Claims;
  readonly asOf: string;
  readonly findings: ReadonlyMap<string, Finding>;
  /** Place of a claim by JSON pointer, or of its nearest ancestor that exists. */
  at(pointer: string): Place;
}

/** The context of a judged service. */
export function contextOf(judged: JudgedService, asOf: string): Context {
  const { report, manifest } = judged;
  return {
    judged,
    service: report.service,
    claims: manifest.claims,
    asOf,
    findings: new Map(report.findings.map((finding) => [finding.rule, finding])),
    at: (pointer) => placeOf(manifest, pointer),
  };
}

/** Several kinds of evidence; undefined where one of them could not be gathered. */
export function gathered<K extends keyof Evidence>(
  { judged }: Context,
  ...kinds: readonly K[]
): Pick<Evidence, K> | undefined {
  const found = kinds.map((kind) => [kind, judged.evidence[kind]] as const);
  return found.every(([, facts]) => facts !== undefined) ? (Object.fromEntries(found) as Pick<Evidence, K>) : undefined;
}

/** The parameters by which a rule was assessed; those of its check where the rule was not. */
export function valuesOf<P extends Params>({ judged }: Context, rule: string, params: P): Values<P> {
  const defaults = Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]));
  return { ...defaults, ...judged.params[rule] } as Values<P>;
}

/** What the manifest is called in a sentence about what it leaves out. */
export function manifestName({ judged: { manifest } }: Context): string {
  if (manifest.state === 'absent') return 'There is no manifest, so nothing';
  if (manifest.state === 'invalid') return `${manifest.path} is not valid, so nothing in it`;
  return `Nothing in ${manifest.path}`;
}
