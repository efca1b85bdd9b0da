/** Assesses whether it can be told from which commit the running release was built. */
import { namesCommit } from '../../evidence/pipelines/artefacts.ts';
import type { Sighting } from '../../evidence/pipelines/graph.ts';
import { defineCheck, missing, unknown, verified } from '../define.ts';
import { doing, isRun, pipelinesFor, placesFor, withoutPipelines } from '../pipeline-scope.ts';
import { counted, shortened } from '../words.ts';

const MESSAGE = 'whoever looks at a running release cannot tell which commit it is';
const FIX = 'Tag or label the image with the commit (`github.sha`, docker/metadata-action), or release by tags.';

export const check = defineCheck({
  summary:
    'Looks at steps that build, publish, deploy or release, and asks that one names the commit: `github.sha` and its like, `git rev-parse`, `git describe`, the labels of docker/metadata-action, a tagged version, or a release tool that tags.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    const nothing = withoutPipelines(subject, MESSAGE, FIX);
    if (nothing) return nothing;
    const pipelines = pipelinesFor(subject);
    const steps = doing(pipelines, ['image-build', 'image-push', 'deploy']).filter(isRun);
    const releases = doing(pipelines, ['release']).filter(isRun);
    const telling = steps.filter((it) => commitsNamed(it).length > 0);
    const expressions = [...new Set(telling.flatMap(commitsNamed))];
    if (telling.length > 0)
      return verified(
        `${counted(telling.length, 'step')} of ${steps.length} that ${steps.length === 1 ? 'builds or deploys names' : 'build or deploy name'} the commit: ${shortened(expressions, 3)}`,
        placesFor(telling),
      );
    if (releases.length > 0)
      return verified(
        `releases are tagged by ${shortened([...new Set(releases.map(({ purpose }) => purpose.shown))], 2)}`,
        placesFor(releases),
      );
    if (steps.length === 0)
      return unknown(
        `no step of ${counted(pipelines.length, 'pipeline')} builds or deploys anything that is read here`,
      );
    const [opaque] = steps.filter(({ purpose: { carries = [] } }) => carries.length > 0);
    if (opaque)
      return unknown(
        `what ${opaque.purpose.shown} is told cannot be followed: ${shortened(opaque.purpose.carries ?? [], 3)}`,
        { evidence: placesFor([opaque]) },
      );
    const at = steps[0]?.purpose.via ?? steps[0]?.purpose.at;
    return missing(
      `${counted(steps.length, 'step builds or deploys', 'steps build or deploy')}, and none names the commit`,
      [{ message: MESSAGE, ...(at && { at }), fix: FIX, subject: 'commit' }],
      { evidence: placesFor(steps, 3) },
    );
  },
});

/** What of all that a step carries leads back to a commit; a tag does where the tag is what started it. */
function commitsNamed({ pipeline: { triggers }, purpose: { carries = [] } }: Sighting): readonly string[] {
  const byTag = triggers.some(({ on }) => on === 'tag');
  return carries.filter(
    (it) =>
      namesCommit(it) ||
      /^steps\.(?:\w*meta\w*|[\w-]*docker[\w-]*)\.outputs\.(?:tags|labels|version)/.test(it) ||
      (byTag && /ref_name|tag_name|REF_NAME|_TAG\b/.test(it)),
  );
}
