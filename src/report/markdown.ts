/** The report as a comment on a pull request: what changed, what blocks, what was accepted, within the size that forges take. */
import { createHash } from 'node:crypto';
import type { Report } from '../model.ts';
import type { Format } from './format.ts';
import { inCheckout } from './in-checkout.ts';
import { fitted } from './markdown-budget.ts';
import { changeParts } from './markdown-change.ts';
import {
  blockingParts,
  closingPart,
  foldedPart,
  gapsPart,
  notesPart,
  packagesPart,
  verdictParts,
  waivedPart,
} from './markdown-parts.ts';
import type { Markdown } from './markdown-template.ts';

/** The format for a bot that comments. */
export const format: Format = {
  summary: 'a comment for a pull request, with a hidden mark by which a bot finds it again',
  extension: 'md',
  render,
};

/** GitHub takes 65,536 characters of a comment and counts none of them twice as UTF-16 does; renovate keeps to the same 60,000. */
const ROOM = { limit: 60_000, size: (text: string) => text.length };

function render(whole: Report): string {
  const report = inCheckout(whole);
  return fitted(
    [
      marker(report),
      ...verdictParts(report),
      ...changeParts(report),
      ...blockingParts(report),
      waivedPart(report),
      foldedPart(report, { title: 'Warnings', rulings: ['warn'], full: false, importance: 6 }),
      packagesPart(report),
      gapsPart(report),
      notesPart(report),
      closingPart(report),
    ],
    ROOM,
  );
}

/** The first line, the same for every run on the same folder of the same repository, so that a bot replaces its comment rather than adding one. Letters, digits and single dashes only: two would end the HTML comment. */
function marker({ repo, services }: Report): Markdown {
  const dir = commonFolder(services.map(({ service }) => service.dir));
  const words = `${repo.name}/${dir}`.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const digest = createHash('sha256')
    .update(JSON.stringify([repo.name.toWellFormed(), dir.toWellFormed()]))
    .digest('hex');
  return {
    source: `<!-- gonogo:${[words.slice(0, 60).replace(/-$/, ''), digest.slice(0, 12)].filter(Boolean).join('-')} -->\n`,
  };
}

/** The deepest folder with all services in it: a service that is added beside the others leaves the key as it is. */
function commonFolder(folders: readonly string[]): string {
  const [first = '', ...others] = folders.map((folder) => folder.split('/'));
  const parts = [...first];
  const end = parts.findIndex((part, index) => others.some((other) => other[index] !== part));
  return (end === -1 ? parts : parts.slice(0, end)).join('/');
}
