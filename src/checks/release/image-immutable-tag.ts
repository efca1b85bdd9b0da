/** Assesses whether the images that run in production are named so that the name means the same tomorrow. */
import { isKnown } from '../../evidence/known.ts';
import type { Container, Workload } from '../../evidence/workloads/workload.ts';
import { defineCheck } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { flag } from '../params.ts';
import { containerName } from '../probe-answer.ts';
import { workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    "Looks at the image of every container of the production workloads: a digest or a tag with a version holds; `latest`, a branch's or an environment's name, or no tag at all does not. A tag that a chart or a pipeline fills in is unknown, and so is a word that stands for one, e.g. `IMAGE_TAG`.",
  needs: ['workloads'],
  params: {
    digest: flag('Whether only a digest counts.', false),
  },
  assess(subject) {
    const scope = workloadScope(subject, ['service', 'daemon', 'job']);
    const has = ['runs images whose names stay', 'run images whose names stay'] as const;
    return everyWorkload(scope, { has }, (workload) => answerFor(workload, subject.params.digest));
  },
});

type Naming = 'digest' | 'version' | 'moving' | 'untagged' | 'local' | 'filled';

/** Words that name a tag instead of being one: `app_version`, `IMAGE_TAG`, `set-by-pipeline`. */
const NAMES_A_TAG =
  /(^|[-_.])(tag|version|sha|commit|digest|build|revision|hash)([-_.]?(id|number|no|here))?$|(^|[-_.])(replace|placeholder|change-?me|fill|inject(ed)?|override|overridden|to-?do|tbd|dummy|(set|filled|given)-(by|in|at)|ci|pipeline|deploy(ment)?-time)([-_.]|$)/i;

/** What an image's name says about what it will mean tomorrow. */
export function namingOf(image: string): Naming {
  if (/@sha256:[0-9a-f]{64}$/i.test(image)) return 'digest';
  // A scheme, e.g. ko://, names what a build tool puts an image's digest in the place of.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(image)) return 'filled';
  const name = image.replace(/@.*$/, '');
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  // A bare name without registry, organisation and tag is what a build tool or an overlay fills in.
  if (tag === undefined) return name.includes('/') ? 'untagged' : 'local';
  // What kubebuilder writes, for its own make targets to replace.
  if (image === 'controller:latest') return 'filled';
  if (/^0+(\.0+){2}$/.test(tag) || /^x+(\.x+){0,2}$/i.test(tag)) return 'filled';
  if (isWordForTag(tag)) return 'filled';
  // A version has a number in it; a commit's short form does too, but for a few of a million.
  return /\d/.test(tag) && !/^(latest|main|master|stable|edge|nightly|dev|develop)\b/i.test(tag) ? 'version' : 'moving';
}

/** Whether a pipeline is to put the tag in its place: it is a word for one, or a variable's name. */
function isWordForTag(tag: string): boolean {
  return !/\d/.test(tag) && (NAMES_A_TAG.test(tag) || /^[A-Z]+(_[A-Z]+)+$/.test(tag));
}

function answerFor(workload: Workload, digestOnly: boolean): Answer {
  const images = workload.containers.flatMap((container) =>
    container.image ? [{ container, image: container.image }] : [],
  );
  const named = images.flatMap(({ container, image }) =>
    isKnown(image) ? [{ container, image, naming: namingOf(image.value) }] : [],
  );
  const failing = named.filter(
    ({ naming }) => naming === 'moving' || naming === 'untagged' || (digestOnly && naming === 'version'),
  );
  // What a chart's or a template's own default says is often replaced by the pipeline; what production's values say is not.
  const isDefault = ({ image }: (typeof named)[number]): boolean => image.via === 'values' && !workload.environment;
  const problems = failing
    .filter((it) => !isDefault(it))
    .map(({ container, image, naming }) => ({
      message: `${containerName(workload, container, workload.containers)} runs ${image.value}, ${SAID[naming]}`,
      at: image.at,
      fix: 'Name the image by its digest, or by a tag that is never moved, e.g. the version or the commit.',
      subject: subjectOf(workload, container),
    }));
  if (problems.length > 0) return { is: 'no', problems };
  const hidden = images.find(({ image }) => !isKnown(image))?.image;
  if (hidden && !isKnown(hidden))
    return { is: 'unclear', because: `${hidden.opaque} is filled in at deployment`, at: hidden.at };
  const stands = named.find(({ naming }) => naming === 'filled');
  if (stands)
    return {
      is: 'unclear',
      because: `${stands.image.value.includes('://') ? '' : 'the tag of '}${stands.image.value} is a placeholder that whoever deploys fills in`,
      at: stands.image.at,
    };
  const replaced = failing.find(isDefault);
  if (replaced)
    return {
      is: 'unclear',
      because: `${replaced.image.value} is only the default, which the deployment may replace`,
      at: replaced.image.at,
    };
  const local = named.find(({ naming }) => naming === 'local');
  if (local)
    return {
      is: 'unclear',
      because: `the image ${local.image.value} gets its tag at deployment, if at all`,
      at: local.image.at,
    };
  return { is: 'yes', shown: named.map(({ image }) => image.at) };
}

const SAID: Readonly<Record<Naming, string>> = {
  digest: 'a digest',
  version: 'a tag, and only a digest counts',
  moving: 'a tag that moves',
  untagged: 'without a tag, which means latest',
  local: 'a bare name',
  filled: 'a placeholder',
};

function subjectOf(workload: Workload, { name }: Container): string {
  return `${nameOf(workload)}/${name}`;
}
