/** The environments, and what runs in each. */
import { isKnown } from '../../evidence/known.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import { type Context, gathered, manifestName } from '../context.ts';
import type { Group, Line, Section } from '../handover.ts';
import { claimed, group, joined, line, ruled, section } from '../line.ts';

/** The section. */
export function environments(context: Context): Section {
  const workloads = gathered(context, 'workloads')?.workloads.facts.workloads ?? [];
  const claims = context.claims.environments ?? [];
  const named = claims.flatMap(({ id }, index) => one(context, id, index, workloads));
  const others = workloads.filter((it) => it.aside === undefined && !claims.some(({ id }) => id === it.environment));
  const groups = [
    ...named,
    ...group(
      claims.length > 0 ? 'In no environment that the manifest names' : 'In no environment by name',
      others.map(defined),
    ),
    ...group('What they have in common', [
      ...ruled(context, 'The same settings', 'release/env-parity'),
      ...ruled(context, 'The same to look at', 'observability/nonprod-observable'),
    ]),
  ];
  return section(
    'environments',
    'Environments',
    groups,
    `${manifestName(context)} names an environment, and no workload was found.`,
  );
}

function one(context: Context, id: string, index: number, workloads: readonly Workload[]): readonly Group[] {
  const { url, regions, parity, deploy } = context.claims.environments?.[index] ?? {};
  const pointer = `/environments/${index}`;
  const lines = [
    ...claimed(context, 'Address', url, `${pointer}/url`),
    ...claimed(context, 'Regions', regions?.join(', '), `${pointer}/regions`),
    ...claimed(context, 'Deployed from', deploy?.join(', '), `${pointer}/deploy`),
    ...claimed(context, 'Kept like', parity, `${pointer}/parity`),
    ...workloads.filter(({ environment }) => environment === id).map(defined),
  ];
  return [{ title: id, lines: lines.length > 0 ? lines : claimed(context, 'Name', id, pointer) }];
}

/** Read from the very files that define it: what runs there now they do not show. Where a part of them could not be read, that is said. */
function defined(workload: Workload): Line {
  const { kind, name, partial, when, at } = workload;
  const doubt = partial ?? (when && `whether it exists depends on ${when}`);
  return line('Defined', joined([`${kind} ${name}`, copiesOf(workload)]) ?? name, doubt ? 'unknown' : 'verified', {
    places: [at, ...(workload.autoscaler ? [workload.autoscaler.at] : [])],
    ...(doubt && { because: doubt }),
  });
}

function copiesOf({ replicas, autoscaler }: Workload): string | undefined {
  if (autoscaler && autoscaler.doubt === undefined) {
    const { min, max } = autoscaler;
    if (isKnown(min) && isKnown(max)) return `between ${min.value} and ${max.value} copies`;
  }
  if (autoscaler || !isKnown(replicas)) return undefined;
  return replicas.value === 1 ? '1 copy' : `${replicas.value} copies`;
}
