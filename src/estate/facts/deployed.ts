/** What in a repository shows that it is deployed: workloads of any platform, functions, an image that starts something. Pure. */
import { LIKE_KUBERNETES, workloadScope } from '../../checks/workload-scope.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { ServiceFacts } from '../../model-facts.ts';
import { kept } from './bounds.ts';

type Signs = NonNullable<ServiceFacts['deployed']>;

interface Deployed {
  readonly signs?: Signs;
  /** Why nothing was seen, where something may be there. */
  readonly untold?: string;
}

const PLATFORMS = [...LIKE_KUBERNETES, 'ecs', 'cloud-run', 'cloud-foundry', 'procfile'] as const;

/** Most signs that are kept: one would do. */
const MOST_SIGNS = 5;

/** Signs of deployment; what only others' products, tests, development and other environments use is none. */
export function deployedOf(evidence: Partial<Evidence>): Deployed {
  const signs = [...workloads(evidence), ...functions(evidence), ...images(evidence)].slice(0, MOST_SIGNS);
  if (signs.length > 0) return { signs };
  const failed = (['workloads', 'images', 'runtimes'] as const).find((kind) => !evidence[kind]);
  const [unread] = [evidence.workloads, evidence.images].flatMap((it) => it?.unread ?? []);
  const untold =
    (failed && `gonogo could not gather ${failed}`) ??
    (unread && `${unread.at.path} could not be read: ${unread.detail}`);
  return untold === undefined ? {} : { untold: kept(untold) };
}

function workloads({ workloads: gathered }: Partial<Evidence>): Signs {
  if (!gathered) return [];
  const subject = { claims: {}, scope: 'production' as const, evidence: { workloads: gathered } };
  return workloadScope(subject, ['service', 'daemon', 'job'], PLATFORMS)
    .judged.filter(({ product }) => product === undefined)
    .map(({ kind, name, at }) => ({ what: kept(`${kind} ${name}`), at }));
}

function functions({ runtimes }: Partial<Evidence>): Signs {
  return (runtimes?.facts.stated ?? [])
    .filter(({ product }) => product === 'aws-lambda')
    .map(({ at }) => ({ what: 'a function', at }));
}

function images({ images: gathered }: Partial<Evidence>): Signs {
  return (gathered?.facts.images ?? []).flatMap(({ stages, deployed, aside, at }) => {
    const start = stages[deployed]?.start;
    return start && !aside ? [{ what: kept(`an image that starts ${start.text}`), at }] : [];
  });
}
