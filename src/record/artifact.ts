/** An artefact as the command line names it: what it is called, and its digest. Pure. */
import { InputError } from '../input-error.ts';
import { table } from '../table.ts';

/** Something that is deployed, known by its digest. */
export interface Artifact {
  readonly name?: string;
  /** Hexadecimal digits by algorithm; as gonogo writes it, of one algorithm. */
  readonly digest: Readonly<Record<string, string>>;
}

/** An artefact whose digest is still to be computed from a file. */
export interface ArtifactFile {
  readonly name?: string;
  readonly file: string;
}

/** Digits of each algorithm that is accepted: others can be forged or are not what registries and builds write. */
const DIGITS: Readonly<Record<string, number>> = table({ sha256: 64, sha512: 128 });

const HOW = 'write sha256:<64 hexadecimal digits>, name=sha256:<digits>, or file:PATH to have a file hashed';

/** `sha256:…`, `sha512:…` or `file:PATH`, each after `name=` or, as images are written, `name@`. */
export function parseArtifact(word: string): Artifact | ArtifactFile {
  const [, name, kind = '', rest = ''] = /^(?:([^=]+?)[=@])?(\w+):(.+)$/s.exec(word) ?? [];
  const named = name === undefined ? {} : { name };
  if (kind === 'file') return { ...named, file: rest };
  const digits = DIGITS[kind];
  if (digits === undefined) throw new InputError(`"${word}" is no digest of an artefact`, '--artifact', HOW);
  const hex = rest.toLowerCase();
  if (hex.length !== digits || !/^[0-9a-f]+$/.test(hex))
    throw new InputError(`"${word}" has not the ${digits} hexadecimal digits of ${kind}`, '--artifact', HOW);
  return { ...named, digest: { [kind]: hex } };
}

/** Whether two are the same artefact: an algorithm that is accepted says so, and none of them says otherwise. */
export function isSameArtifact(one: Artifact, other: Artifact): boolean {
  const shared = Object.keys(DIGITS).filter((it) => Object.hasOwn(one.digest, it) && Object.hasOwn(other.digest, it));
  return shared.length > 0 && shared.every((it) => one.digest[it] === other.digest[it]);
}

/** For a person: the name where it has one, and the digest. */
export function artifactWords({ name, digest }: Artifact): string {
  const digests = Object.entries(digest).map(([algorithm, hex]) => `${algorithm}:${hex}`);
  return [name, ...digests].filter(Boolean).join(' ');
}
