/** Statements of runtimes' versions, which of them are about the same thing, and which of those disagree. Pure. */
import type { Image } from '../../evidence/images/image.ts';
import { meaningOf } from '../../evidence/runtimes/meaning.ts';
import type { Family, Stated } from '../../evidence/runtimes/stated.ts';
import { toolOf } from '../../evidence/runtimes/tools.ts';
import { cycleOf, productNamed } from '../../lifecycles/cycle.ts';
import { contentsOf } from '../../lifecycles/image.ts';
import { meet } from '../../lifecycles/span.ts';
import { stagesBehind } from './running.ts';

/** A statement that names versions. */
export interface Spoken extends Pick<Stated, 'family' | 'product' | 'written' | 'says' | 'version' | 'spans' | 'at'> {
  readonly source: 'local' | 'image' | 'pipeline';
  /** Folder it is about, where it is about one. */
  readonly folder: string;
}

/** Two that cannot both be. */
export interface Differing {
  readonly one: Spoken;
  readonly other: Spoken;
}

/** Runtimes as people write them. */
export const FAMILY_NAMES: Readonly<Record<Family, string>> = {
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  java: 'Java',
  dotnet: '.NET',
  'dotnet-sdk': 'the .NET SDK',
  ruby: 'Ruby',
  php: 'PHP',
  rust: 'Rust',
  elixir: 'Elixir',
  erlang: 'Erlang/OTP',
  'aws-lambda': 'AWS Lambda',
};

/** Everything that names versions: files, pipelines, and the images that what is deployed is made of. Functions name a platform's. */
export function spokenOf(images: readonly Image[], stated: readonly Stated[]): readonly Spoken[] {
  const files = stated
    .filter(({ source, spans }) => source !== 'platform' && spans.length > 0)
    .map(
      (it): Spoken => ({
        ...it,
        source: it.source === 'pipeline' ? 'pipeline' : 'local',
        folder: folderOf(it.at.path),
      }),
    );
  return [...files, ...images.filter(({ aside }) => !aside).flatMap(inImage)];
}

function inImage(image: Image): readonly Spoken[] {
  return stagesBehind(image).flatMap(({ base }) =>
    base.stage !== undefined
      ? []
      : contentsOf(base.image).programs.flatMap(({ product, version }): readonly Spoken[] => {
          const tool = toolOf(product, base.image);
          const meaning = version === undefined ? undefined : meaningOf(product, version, 'exact');
          if (!tool || !meaning || meaning.spans.length === 0) return [];
          const written = base.image.replace(/@sha256:.*/, '');
          return [{ ...tool, ...meaning, written, source: 'image', folder: folderOf(image.file), at: base.at }];
        }),
  );
}

/** Those about the same folder that exclude each other. */
export function disagreements(all: readonly Spoken[], patches: boolean): readonly Differing[] {
  return [...new Set(all.map(({ family }) => family))].flatMap((family) => {
    const own = all.filter((it) => it.family === family);
    const locals = own.filter(({ source }) => source === 'local');
    const images = own.filter(({ source }) => source === 'image');
    return [
      ...pairs(locals, (a, b) => a.folder === b.folder),
      ...pairs(images, (a, b) => a.at.path === b.at.path),
      ...images.flatMap((image) => nearest(image, locals).map((one) => ({ one, other: image }))),
      ...ofPipelines(
        own.filter(({ source }) => source === 'pipeline'),
        [...locals, ...images],
        patches,
      ),
    ].filter(({ one, other }) => !agree(one, other, patches));
  });
}

function pairs(all: readonly Spoken[], areAlike: (a: Spoken, b: Spoken) => boolean): readonly Differing[] {
  return all.flatMap((one, index) =>
    all
      .slice(index + 1, index + 50)
      .filter((other) => areAlike(one, other))
      .map((other) => ({ one, other })),
  );
}

/** Folders that hold what is built of the whole repository. */
const OF_ALL = /(^|\/)(docker|build|deploy|deployment|ops|containers?|images?)$/i;

/** What the folder of the image or the nearest above it states; an image in a folder for images is made of the only one that does. */
function nearest({ folder }: Spoken, locals: readonly Spoken[]): readonly Spoken[] {
  const folders = [...new Set(locals.map((it) => it.folder))];
  const above = folders.filter((it) => it === '' || it === folder || folder.startsWith(`${it}/`));
  const closest =
    above.sort((a, b) => b.length - a.length)[0] ??
    (folders.length === 1 && OF_ALL.test(folder) ? folders[0] : undefined);
  return locals.filter((it) => it.folder === closest);
}

/** A pipeline may try several: they differ only where none of them is a version that is stated elsewhere. */
function ofPipelines(pipelines: readonly Spoken[], anchors: readonly Spoken[], patches: boolean): readonly Differing[] {
  const [one] = anchors;
  if (!one || pipelines.some((it) => anchors.some((anchor) => agree(it, anchor, patches)))) return [];
  return pipelines.map((other) => ({ one, other }));
}

/** Whether a version is in both; of two exact ones it is enough that they are of the same line. */
function agree(a: Spoken, b: Spoken, patches: boolean): boolean {
  if (meet(a.spans, b.spans)) return true;
  return !patches && a.version !== undefined && b.version !== undefined && lineOf(a) === lineOf(b);
}

function lineOf({ product, version = '' }: Spoken): string {
  const known = productNamed(product);
  const placed = known && cycleOf(known, version);
  return placed?.is === 'one' ? placed.cycle.cycle : version;
}

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}
