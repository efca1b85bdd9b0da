/** Assesses whether the makers of the runtimes and servers that the service runs on still maintain those releases. */
import { defineCheck, missing, notApplicable, unknown } from '../define.ts';
import { setAside } from './aside.ts';
import { unlessHidden } from './hidden.ts';
import { maintained } from './maintained.ts';
import { runtimesOf } from './stated-versions.ts';

export const check = defineCheck({
  summary:
    "Holds the runtimes and servers of the images that serve users, by the name of the last stage's base, and the runtimes of functions against a table of the days on which their makers' support ends. Where the last stage has no runtime, the compiler of the stages it copies from counts: a Go program carries the library it was built with. Without images and functions, it takes what files of version managers and packages state; what pipelines set up is not what runs. A tag that moves, a range that allows a release that has ended, and a minimum are unknown.",
  needs: ['images', 'runtimes'],
  params: {},
  assess({ evidence, asOf }) {
    const { images, imageless } = evidence.images.facts;
    const { stated, projects } = evidence.runtimes.facts;
    const served = images.filter(({ aside }) => !aside);
    const { judged, areStated } = runtimesOf(served, stated, asOf);
    const wording = { noun: ['runtime', 'runtimes'], fix: FIX, besides: setAside(images) } as const;
    const [hidden] = evidence.images.unread;
    if (!areStated) return unlessHidden(maintained(judged, asOf, wording), evidence.images.unread);
    if (hidden)
      return unknown(`the Dockerfile could not be read: ${hidden.at.path}: ${hidden.detail}`, {
        evidence: [hidden.at],
      });
    if (judged.length > 0)
      return maintained(judged, asOf, {
        ...wording,
        besides: `; no image that is deployed is described here${wording.besides}`,
      });
    const [project] = projects;
    if (project)
      return missing(
        'nothing states which runtime the service runs on',
        [
          {
            message: `${project.path} states no version of the runtime, and no image or version file does`,
            at: project,
            fix: STATE,
          },
        ],
        { evidence: imageless.map(({ at }) => at) },
      );
    return notApplicable('no image, function, package or version file is here that states a runtime');
  },
});

const FIX = 'Move to a release that is maintained, and test on it first.';
const STATE = 'State the version of the runtime, e.g. in `.tool-versions`, `engines` or the Dockerfile.';
