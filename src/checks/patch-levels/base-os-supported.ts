/** Assesses whether the makers of the systems that the service's images are built on still maintain those releases. */
import { defineCheck, notApplicable, unknown } from '../define.ts';
import { listed } from '../words.ts';
import { setAside } from './aside.ts';
import { unlessHidden } from './hidden.ts';
import { judged, maintained } from './maintained.ts';
import { systemOf } from './running.ts';

export const check = defineCheck({
  summary:
    "Holds the system of the images that serve users, by the name of the last stage's base (`alpine:3.23`, `-bookworm`, `ubi9`, `-debian13` of distroless images, `ltsc2022`), against a table of the days on which their makers' support ends. Long-term support that is free for everybody counts, support that has to be paid for does not, since a repository does not show who pays. A name that says no release is unknown; `scratch` has no system.",
  needs: ['images'],
  params: {},
  assess({ evidence, asOf }) {
    const { images, imageless } = evidence.images.facts;
    const served = images.filter(({ aside }) => !aside);
    const systems = served.flatMap((image) => systemOf(image) ?? []);
    if (systems.length > 0) {
      const besides = `${without(served.length - systems.length)}${setAside(images)}`;
      const answer = maintained(judged(systems, asOf), asOf, { noun: ['system', 'systems'], fix: FIX, besides });
      return unlessHidden(answer, evidence.images.unread);
    }
    const [hidden] = evidence.images.unread;
    if (hidden)
      return unknown(`the Dockerfile could not be read: ${hidden.at.path}: ${hidden.detail}`, {
        evidence: [hidden.at],
      });
    if (served.length > 0)
      return notApplicable(`images are built from scratch, which has no system${setAside(images)}`);
    if (imageless.length > 0)
      return unknown(
        `images are built by ${listed([...new Set(imageless.map(({ tool }) => tool))])}, and the system in them is not written here`,
        { evidence: imageless.map(({ at }) => at) },
      );
    return notApplicable(
      images.length > 0 ? `no image that serves users is built here${setAside(images)}` : 'no image is built here',
    );
  },
});

const FIX = 'Take a base on a release of the system that is maintained.';

function without(count: number): string {
  return count > 0 ? `; ${count} from scratch, without a system` : '';
}
