/** What in a repository shows that it is deployed: workloads of any platform, functions, an image that serves. Pure. */
import { LIKE_KUBERNETES, workloadScope } from '../../checks/workload-scope.ts';
import type { Image, Stage } from '../../evidence/images/image.ts';
import { chainOf } from '../../evidence/images/runs-as.ts';
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
  const started = imagesThatStart(evidence);
  const signs = [...workloads(evidence), ...functions(evidence), ...started.filter(serves).map(signOf)];
  if (signs.length > 0) return { signs: signs.slice(0, MOST_SIGNS) };
  const failed = (['workloads', 'images', 'runtimes'] as const).find((kind) => !evidence[kind]);
  const [unread] = [evidence.workloads, evidence.images].flatMap((it) => it?.unread ?? []);
  const [tool] = started;
  const untold =
    (failed && `gonogo could not gather ${failed}`) ??
    (unread && `${unread.at.path} could not be read: ${unread.detail}`) ??
    (tool && `${tool.image.file} starts ${tool.text}, and nothing shows whether that serves or is a tool`);
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

/** An image and what it starts. */
interface Started {
  readonly image: Image;
  readonly text: string;
}

/** A shell is what somebody works in. */
const ONLY_A_SHELL = /^\[?\s*"?(?:\/(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh"?\s*\]?$/;

function imagesThatStart({ images }: Partial<Evidence>): readonly Started[] {
  return (images?.facts.images ?? []).flatMap((image) => {
    const text = stagesOf(image).find(({ start }) => start)?.start?.text;
    return text === undefined || image.aside || ONLY_A_SHELL.test(text) ? [] : [{ image, text }];
  });
}

/** Tools have images as well: one that serves opens a port, or says how it is found to be well. */
function serves({ image }: Started): boolean {
  return stagesOf(image).some(({ exposes, healthcheck }) => exposes !== undefined || healthcheck?.none === false);
}

function stagesOf({ stages, deployed }: Image): readonly Stage[] {
  const last = stages[deployed];
  return last ? chainOf(stages, last) : [];
}

function signOf({ image, text }: Started): Signs[number] {
  return { what: kept(`an image that serves, started by ${text}`), at: image.at };
}
