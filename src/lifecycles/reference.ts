/** Takes the name of an image apart: registry, path, tag, digest. Pure; never throws, whatever the text. */

/** An image's name in parts, in lower case but for the tag. */
export interface Reference {
  /** Where it is pulled from; empty for Docker Hub. */
  readonly host: string;
  /** Without `library/` and without prefixes of an architecture, e.g. `dotnet/aspnet`. */
  readonly path: string;
  /** Undefined where there is none, which means latest. */
  readonly tag: string | undefined;
  readonly digest: boolean;
}

/** Longest name that is read, in UTF-16 units; registries allow fewer. */
const LONGEST = 500;
const HUB = /^((index|registry)(\.hub)?\.)?docker\.(io|com)$|^registry\.hub\.docker\.com$/;
const ARCHITECTURE = /^(amd64|arm32v[5-7]|arm64v8|i386|ppc64le|s390x|riscv64|windows-amd64|winamd64)$/;

/** The parts of a name. */
export function referenceOf(image: string): Reference {
  const text = image.slice(0, LONGEST).trim();
  const [name = '', digest] = text.split('@', 2);
  const [, bare = name, tag] = /^(.*):([^/:]*)$/.exec(name) ?? [];
  const segments = bare
    .toLowerCase()
    .split('/')
    .filter((it) => it !== '');
  const first = segments.length > 1 ? (segments[0] ?? '') : '';
  const isHost = /[.:$]/.test(first) || first === 'localhost';
  const path = (isHost ? segments.slice(1) : segments).filter(
    (it, index, all) => index === all.length - 1 || (it !== 'library' && !ARCHITECTURE.test(it)),
  );
  return {
    host: isHost && !HUB.test(first) ? first : '',
    path: path.join('/'),
    tag: tag === '' ? undefined : tag,
    digest: digest !== undefined,
  };
}

/** Whether what lies there is taken over from Docker Hub as it is: a mirror, by its host or a folder's name. */
export function isMirror({ host, path }: Reference): boolean {
  const folders = path.split('/').slice(0, -1);
  return (
    (host === 'public.ecr.aws' && folders[0] === 'docker') ||
    host === 'mirror.gcr.io' ||
    folders.some((it) =>
      /(^|[-_.])(docker-?(hub|io|remote|proxy|mirror|virtual)|dockerhub|docker\.io|mirrors?|proxy|remote)($|[-_.])/.test(
        it,
      ),
    )
  );
}
