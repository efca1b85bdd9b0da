/** Assesses whether production and the environment before it set the same keys, probes and limits. */
import type { Place, Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { lackingIn, type Pairing, pairings, type Side, stagingOf, type Trait } from '../environment-pairs.ts';
import { list } from '../params.ts';
import { counted, shortened } from '../words.ts';
import { hasHiddenVariables } from '../workload-traits.ts';

export const check = defineCheck({
  summary:
    'Compares the keys of the values files of production and of the environment before it, over what the chart sets for all; and the variables, probes and limits of workloads that plain manifests or overlays describe for both. Values may differ, keys may not. Keys that are meant to differ are named by a parameter.',
  needs: ['workloads', 'environments'],
  params: {
    may_differ: list(
      'Keys that only one of them may set, with all below them, e.g. `ingress.hosts`, `env LIVE_PARTNER`.',
      [],
    ),
  },
  assess(subject) {
    const { workloads, environments } = subject.evidence;
    const compared = pairings(subject.evidence, subject.claims).flatMap((pairing): readonly Compared[] => {
      const staging = stagingOf(pairing, subject.claims);
      return staging ? [comparison(pairing, staging, subject.params.may_differ)] : [];
    });
    const [hidden] = [...environments.unread, ...workloads.unread];
    if (compared.length === 0) {
      if (hidden) return unknown(`no two environments could be compared: ${hidden.at.path}: ${hidden.detail}`);
      return notApplicable('no chart and no workload here is set for production and for another environment');
    }
    const names = shortened([...new Set(compared.map(({ said }) => said))], 3);
    const problems = compared.flatMap((it) => (it.unsure === undefined ? it.problems : []));
    const same = compared.filter((it) => it.problems.length === 0);
    const because = `${names} set the same keys for ${same.length} of ${counted(compared.length, 'chart or workload', 'charts and workloads')}`;
    const evidence = same.flatMap(({ at }) => at).slice(0, 6);
    if (problems.length > 0)
      return contradicted(
        `${because}; ${counted(problems.length, 'key')} ${problems.length === 1 ? 'differs' : 'differ'}`,
        problems,
        { evidence },
      );
    const open = compared.find((it) => it.problems.length > 0);
    if (open)
      return unknown(
        `${because}; ${open.subject} differs in ${counted(open.problems.length, 'key')}, and ${open.unsure}`,
        { evidence: open.at },
      );
    if (hidden) return unknown(`${because}; but ${hidden.at.path} could not be read: ${hidden.detail}`, { evidence });
    const veiled = compared.find(({ unsure }) => unsure !== undefined);
    if (veiled)
      return unknown(`${because}, as far as it is written: ${veiled.unsure} (${veiled.subject})`, { evidence });
    return verified(because, evidence);
  },
});

interface Compared {
  readonly subject: string;
  /** "prod and preprod". */
  readonly said: string;
  readonly problems: readonly Problem[];
  readonly unsure?: string;
  readonly at: readonly Place[];
}

function comparison({ subject, production }: Pairing, staging: Side, mayDiffer: readonly string[]): Compared {
  const tell =
    (has: Side, lacks: Side) =>
    (trait: Trait): Problem => ({
      message: `${subject}: ${has.environment} sets ${trait.written ?? trait.name}, and ${lacks.environment} does not`,
      at: trait.at,
      fix: `Set it in ${lacks.environment} too, or name it among the keys that may differ.`,
      subject: `${subject} ${trait.name}`,
    });
  const relevant = (trait: Trait): boolean =>
    !mayDiffer.some((it) => isBelow(trait.name, it)) && !trait.name.endsWith('env *');
  const veiled = hasHiddenVariables([...production.traits, ...staging.traits]);
  const unsure =
    production.partial ?? staging.partial ?? (veiled ? 'variables also come in whole from elsewhere' : undefined);
  return {
    subject,
    said: `${production.environment} and ${staging.environment}`,
    at: [production.at, staging.at],
    problems: [
      ...lackingIn(staging, production).filter(relevant).map(tell(production, staging)),
      ...lackingIn(production, staging).filter(relevant).map(tell(staging, production)),
    ],
    ...(unsure !== undefined && { unsure }),
  };
}

function isBelow(name: string, allowed: string): boolean {
  return name === allowed || name.startsWith(`${allowed}.`) || name.startsWith(`${allowed}[`);
}
