/** Assesses whether what serves users runs as a user other than root: by the workloads' security contexts, and by the images where those say nothing. */
import type { Image } from '../../evidence/images/image.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import type { Assessment, Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { type Answer, everyWorkload, withoutWorkloads } from '../every-workload.ts';
import { share } from '../shares.ts';
import { counted, listed, shortened } from '../words.ts';
import { LIKE_KUBERNETES, workloadScope } from '../workload-scope.ts';
import { type Built, builtFor, containerUser } from './container-user.ts';

export const check = defineCheck({
  summary:
    'Looks at every container of the production workloads: `runAsNonRoot` or `runAsUser` of it or its pod; where neither is set, at the last USER of the Dockerfile of that name, and at what is known of its base image. Without workloads it judges the Dockerfiles, except those for development, tests and pipelines. USER in a comment, or as the name of a variable, is none.',
  needs: ['workloads', 'images'],
  params: {},
  assess(subject) {
    const { images, imageless } = subject.evidence.images.facts;
    const scope = workloadScope(subject, ['service', 'daemon', 'job'], PLATFORMS);
    if (scope.judged.length > 0) {
      const has = ['does not run as root', 'do not run as root'] as const;
      const built = builtFor(scope.judged, images);
      return everyWorkload(scope, { has }, (workload) => answerFor(workload, built));
    }
    const served = images.filter(({ aside }) => !aside);
    if (served.length > 0) return byImages(served, images, subject.evidence.images.unread.length);
    const [hidden] = subject.evidence.images.unread;
    if (hidden)
      return unknown(`the Dockerfile could not be read: ${hidden.at.path}: ${hidden.detail}`, {
        evidence: [hidden.at],
      });
    const [tool] = imageless;
    if (tool)
      return unknown(
        `images are built by ${listed([...new Set(imageless.map((it) => it.tool))])}, and whom they run as is not written here`,
        { evidence: imageless.map(({ at }) => at) },
      );
    const elsewhere = withoutWorkloads(scope);
    if (elsewhere.standing === 'unknown') return elsewhere;
    return notApplicable(
      images.length > 0
        ? `no image that serves users is built here${asideWords(images)}`
        : 'no image is built here, and no workload is described',
    );
  },
});

const PLATFORMS = [...LIKE_KUBERNETES, 'ecs', 'cloud-run'] as const;

const FIX =
  'Set `runAsNonRoot: true` and a number for `runAsUser` in its security context, or end its Dockerfile with `USER` and a number.';

/** Every container has to; sidecars and those that only prepare are the platform's. */
function answerFor(workload: Workload, built: Built): Answer {
  const mains = workload.containers.filter(({ role }) => role === 'main');
  if (mains.length === 0) return withoutContainers(workload, built.images);
  const users = mains.map((container) => ({
    container,
    user: containerUser(workload, container, built),
  }));
  const problems = users.flatMap(({ container, user }): readonly Problem[] =>
    user.kind === 'root'
      ? [
          {
            message: `${workload.kind} ${workload.name} runs ${container.name || 'its container'} as root: ${user.because}`,
            at: user.at,
            fix: FIX,
            subject: `${workload.kind} ${workload.name}/${container.name}`,
          },
        ]
      : [],
  );
  if (problems.length > 0) return { is: 'no', problems };
  const open = users.find(({ user }) => user.kind === 'unknown')?.user;
  if (open && workload.product !== undefined) return { is: 'exempt', because: `it runs ${workload.product}` };
  if (open) return { is: 'unclear', because: open.because, at: open.at };
  return { is: 'yes', shown: users.map(({ user }) => user.at) };
}

/** What its containers are is decided elsewhere; then all images that are built here have to do. */
function withoutContainers({ partial, at }: Workload, images: readonly Image[]): Answer {
  const served = images.filter(({ aside }) => !aside);
  if (served.length > 0 && served.every(({ runsAs }) => runsAs.kind === 'other'))
    return { is: 'yes', shown: served.map(({ runsAs }) => runsAs.at) };
  return { is: 'unclear', because: partial ?? 'its containers are not described', at };
}

function byImages(served: readonly Image[], all: readonly Image[], unread: number): Assessment {
  const roots = served.filter(({ runsAs }) => runsAs.kind === 'root');
  const open = served.filter(({ runsAs }) => runsAs.kind === 'unknown');
  const fine = served.filter(({ runsAs }) => runsAs.kind === 'other');
  const because = `${share(fine.length, served.length, 'image', ['does not run as root', 'do not run as root'])}${asideWords(all)}`;
  const evidence = fine.map(({ runsAs }) => runsAs.at).slice(0, 5);
  if (roots.length > 0) return contradicted(because, roots.map(problemOf), { evidence });
  const [first] = open;
  if (first) {
    const more = open.length > 1 ? `${open.length} are unclear, first ${first.file}` : first.file;
    return unknown(`${because}; ${more}: ${first.runsAs.because}`, {
      evidence: [...evidence, ...open.map(({ runsAs }) => runsAs.at)].slice(0, 10),
    });
  }
  if (unread > 0) return unknown(`${because}; but ${counted(unread, 'Dockerfile')} could not be read`, { evidence });
  return verified(because, evidence);
}

function problemOf({ file, runsAs }: Image): Problem {
  return {
    message: `${file} runs as root: ${runsAs.because}`,
    at: runsAs.at,
    fix: 'End its last stage with `USER` and a number other than 0, and give that user what it has to write.',
    subject: file,
  };
}

/** "; 2 set aside (its name says dev, a test)". */
function asideWords(images: readonly Image[]): string {
  const reasons = images.flatMap(({ aside }) => aside?.because ?? []);
  return reasons.length > 0 ? `; ${reasons.length} set aside (${shortened([...new Set(reasons)], 3)})` : '';
}
