/** Images that the repository builds: Dockerfiles with their stages and users, and builds that need none. Says whom they run as, not whether that is right. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { asideOf } from './images/aside.ts';
import type { At } from './images/dockerfile.ts';
import type { Image } from './images/image.ts';
import { imagelessBuilds } from './images/imageless.ts';
import { deployedOf, runsAs } from './images/runs-as.ts';
import { type Builder, builderOf, mayBuild, placesThatBuild } from './images/where-built.ts';
import { isDocumentation, placeIn } from './sources.ts';

/** A build that makes an image without a Dockerfile. */
export interface Imageless {
  /** E.g. jib. */
  readonly tool: string;
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly images: readonly Image[];
  readonly imageless: readonly Imageless[];
}

const DOCKERFILE = /(^|\/)((Dockerfile|Containerfile)([.\-_][\w.-]+)?|[\w.-]+\.(dockerfile|containerfile))$/i;
const NO_DOCKERFILE = /\.(md|txt|ignore|dockerignore|sh|py|js|ts|go|rb|ya?ml|json)$/i;
/** Longest file that is read, in UTF-16 units. */
const LONGEST = 200_000;

export const collector = defineCollector<Facts>({
  summary:
    'Dockerfiles and Containerfiles: stages, bases, users, health checks and start commands, and where they are built; builds by jib, buildpacks and the .NET SDK by name',
  async collect(sources) {
    const unread: Unread[] = [];
    const files = sources.files.filter(
      ({ path, class: of }) =>
        DOCKERFILE.test(path) && !NO_DOCKERFILE.test(path) && of !== 'vendored' && !isDocumentation(path),
    );
    const texts = files.flatMap((file) => {
      const text = sources.text(file, unread);
      return text === undefined || !readable(file, text, unread) ? [] : [{ file, text }];
    });
    const images = texts.length === 0 ? [] : await imagesOf(texts, sources);
    return {
      facts: { images, imageless: imagelessBuilds(sources) },
      looked: { files: files.length, note: images.length === 1 ? '1 Dockerfile' : `${images.length} Dockerfiles` },
      unread,
      delegated: [],
    };
  },
});

function readable(file: SourceFile, text: string, unread: Unread[]): boolean {
  const isTemplate =
    /\{%|<%/.test(text) || (/\.(j2|jinja2?|erb|tmpl|tpl|in)$/i.test(file.path) && /\{\{|@\w+@/.test(text));
  if (isTemplate) unread.push({ at: placeIn(file), reason: 'template', detail: 'the Dockerfile is a template' });
  else if (text.length > LONGEST)
    unread.push({ at: placeIn(file), reason: 'too-large', detail: `longer than ${LONGEST} characters` });
  return !isTemplate && text.length <= LONGEST;
}

interface Text {
  readonly file: SourceFile;
  readonly text: string;
}

async function imagesOf(texts: readonly Text[], sources: Sources): Promise<readonly Image[]> {
  const { stagesOf } = await import('./images/dockerfile.ts');
  const builders = buildersIn(sources);
  const drafts = texts.flatMap(({ file, text }): readonly Image[] => {
    const at: At = (line) => placeIn(file, line);
    const stages = stagesOf(text, at);
    const user = runsAs(stages, (name) => scriptNamed(name, sources));
    if (!user) return [];
    const aside = asideOf(file, sources.manifest);
    const built = placesThatBuild(
      file.path,
      builders.filter(({ local }) => !local),
    );
    return [
      {
        file: file.path,
        stages,
        deployed: deployedOf(stages),
        runsAs: user,
        ...(aside && { aside }),
        built,
        at: at(1),
      },
    ];
  });
  return drafts.map((image) => settled(image, drafts, builders));
}

/** Where another image is built by a pipeline, one that only Compose builds is for laptops. */
function settled(image: Image, all: readonly Image[], builders: readonly Builder[]): Image {
  if (image.aside) return image;
  const beside = all.find(({ file }) => isProductionBeside(file, image.file));
  if (beside) return { ...image, aside: { because: `${beside.file} is the one for production` } };
  if (image.built.length > 0 || isMain(image)) return image;
  const others = all.some((it) => it !== image && !it.aside && (it.built.length > 0 || isMain(it)));
  if (!others) return image;
  const local = placesThatBuild(
    image.file,
    builders.filter((it) => it.local),
  );
  const [first] = local;
  return first ? { ...image, aside: { because: `built by ${first.path} only` } } : image;
}

/** `Dockerfile.prod` beside a plain `Dockerfile`. */
function isProductionBeside(path: string, plain: string): boolean {
  return (
    /(^|\/)(Dockerfile|Containerfile)$/i.test(plain) &&
    path.startsWith(`${plain}.`) &&
    /[.](prod|production)$/i.test(path)
  );
}

/** The Dockerfile that everyone means who names none. */
function isMain({ file }: Image): boolean {
  return /^(Dockerfile|Containerfile)$/.test(file);
}

function buildersIn(sources: Sources): readonly Builder[] {
  return sources.shared.flatMap((file) => {
    const text = mayBuild(file.path) && file.class !== 'vendored' ? sources.text(file, []) : undefined;
    return text === undefined ? [] : [builderOf(file, text)];
  });
}

function scriptNamed(name: string, sources: Sources): string | undefined {
  const wanted = name.split('/').pop() ?? '';
  const file = sources.files.find(({ path }) => path === wanted || path.endsWith(`/${wanted}`));
  return file && sources.text(file, []);
}
