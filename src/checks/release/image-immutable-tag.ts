/** Assesses whether the images that run in production are named so that the name means the same tomorrow. */
import { isKnown } from '../../evidence/known.ts';
import type { Container, Workload } from '../../evidence/workloads/workload.ts';
import { defineCheck } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { type Naming, namingOf } from '../image-naming.ts';
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
