/** Assesses whether the images that shipped Dockerfiles build on and copy from are named so that they stay the same. */
import { defineCheck, notApplicable, unknown } from '../define.ts';
import { asideWords, namedIn } from './image-names.ts';
import { pinned, TAGS } from './pins.ts';

export const check = defineCheck({
  summary:
    "Looks at every FROM and `COPY --from` of the Dockerfiles that are shipped: a digest holds; a tag with a version, or with the name of a release of Debian or Ubuntu, is worth what the tier says; `latest`, a word, or no tag at all never holds. Stages of the same file and `scratch` are no images, defaults of ARG are filled in, and Dockerfiles for development and tests are set aside and counted. Images that workloads name are another rule's.",
  needs: ['images'],
  ofOwnFiles: true,
  params: { tags: TAGS },
  assess({ evidence, params }) {
    const { facts, unread } = evidence.images;
    const shipped = facts.images.filter(({ aside }) => aside === undefined);
    const aside = asideWords(facts.images.filter((it) => it.aside !== undefined));
    const bases = shipped.flatMap(namedIn);
    if (bases.length === 0) {
      const [hidden] = unread;
      if (hidden) return unknown(`${hidden.at.path} could not be read: ${hidden.detail}`, { evidence: [hidden.at] });
      const [builder] = facts.imageless;
      const without = builder ? `; ${builder.tool} builds without one and chooses the base itself` : '';
      return notApplicable(
        shipped.length > 0
          ? `nothing shipped builds on an image${aside}`
          : `no Dockerfile is shipped from here${without}${aside}`,
        { evidence: builder ? [builder.at] : [] },
      );
    }
    const wording = {
      noun: ['image', 'images'],
      fixed: 'a digest',
      moving: 'a tag that moves, or none',
      fix: 'Write the digest behind the tag, `name:tag@sha256:…`, and let an updater move both: Renovate does with the preset `docker:pinDigests`, Dependabot with an entry for docker.',
      aside,
    } as const;
    return pinned(bases, params.tags, wording, unread);
  },
});
