/** Secrets that stand in the repository's files, recognised by their providers' own formats. Places only: a value never leaves this folder. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile } from './collector.ts';
import { isEnvFile, secretVariables } from './secrets/env-file.ts';
import { type Reason, secretsIn } from './secrets/scan.ts';
import { placeIn } from './sources.ts';

/** Something in the format of a secret. */
export interface SecretHit {
  /** The format, or for an environment file the variable. */
  readonly format: string;
  readonly at: Place;
}

/** The same where there is a reason to take it for none. */
export interface SetAside extends SecretHit {
  readonly because: Reason | 'test' | 'example' | 'generated' | 'documentation' | 'development';
}

/** Facts of this kind. */
export interface Facts {
  readonly found: readonly SecretHit[];
  readonly setAside: readonly SetAside[];
  /** Files that were read from end to end. */
  readonly files: number;
  /** Files that are encrypted in the repository: by git-crypt or by SOPS. */
  readonly encrypted: readonly Place[];
}

/** Formats that no secret is kept in, and lists of digests. */
const NO_TEXT =
  /\.(?:png|jpe?g|gif|ico|webp|avif|svg|pdf|docx?|xlsx?|pptx?|odt|ods|zip|gz|tgz|bz2|xz|jar|war|class|exe|dll|so|dylib|woff2?|ttf|otf|eot|mp[34]|mov|avi|wasm|bin|map|lock|sum|snap|parquet|csv|geojson)$|(?:^|\/)(?:package-lock|npm-shrinkwrap|composer\.lock|pnpm-lock|packages\.lock)\.(?:json|ya?ml)$|(?:^|\/)gradle\.lockfile$/i;
/** Tests that stand beside what they test. */
const TEST_FILE =
  /(?:[._-](?:test|tests|spec|mock|fixture)s?\.\w+|(?:^|\/)(?:test_|conftest)[^/]*\.py|(?:Tests?|Spec|IT|Mock)\.\w+)$/;
const DOCUMENT = /(?:^|\/)docs?\/|\.(?:md|mdx|markdown|rst|adoc|html?)$/i;
/** Keys for a developer's own machine, by what the file is called. */
const DEVELOPMENT =
  /(?:^|[/._-])(?:dev|develop|development|local|localhost|snakeoil|dummy|fake|mock|sample|example|self-?signed)(?:[/._-]|$)/i;
const FILES_CAP = 30_000;
const SIZE_CAP = 2 * 1024 * 1024;
const HITS_CAP = 200;

export const collector = defineCollector<Facts>({
  summary:
    'every text file of the service that is not vendored, for secrets in the formats of well-known providers, and committed environment files; says where, never what',
  collect(sources) {
    const unread: Unread[] = [];
    const repo = sources.repo();
    const wanted = sources.files.filter((file) => file.class !== 'vendored' && !NO_TEXT.test(file.path));
    if (wanted.length > FILES_CAP)
      unread.push({ at: { path: '.' }, reason: 'limit', detail: `only the first ${FILES_CAP} files are searched` });
    const found: SecretHit[] = [];
    const setAside: SetAside[] = [];
    const encrypted: Place[] = [];
    let files = 0;
    for (const file of wanted.slice(0, FILES_CAP)) {
      // Not through `sources.text`, which would keep every text of the repository.
      const read = repo?.read(file.path, SIZE_CAP);
      if (!read?.ok) {
        if (read?.reason === 'encrypted') encrypted.push(placeIn(file));
        else if (read?.reason === 'too-large' || read?.reason === 'unreadable')
          unread.push({ at: placeIn(file), reason: read.reason, detail: read.detail });
        continue;
      }
      files += 1;
      if (isSops(read.text)) encrypted.push(placeIn(file));
      for (const hit of hitsIn(file, read.text)) {
        if ('because' in hit) setAside.push(hit);
        else found.push(hit);
      }
    }
    const facts = {
      found: found.slice(0, HITS_CAP),
      setAside: setAside.slice(0, HITS_CAP),
      files,
      encrypted: encrypted.slice(0, HITS_CAP),
    };
    const note = `${files} files searched, ${found.length} secrets, ${setAside.length} set aside`;
    return { facts, looked: { files, note }, unread, delegated: [] };
  },
});

/** What SOPS leaves behind in every format that it encrypts. */
function isSops(text: string): boolean {
  return text.includes('ENC[AES256_GCM,data:');
}

function hitsIn(file: SourceFile, text: string): readonly (SecretHit | SetAside)[] {
  const byFormat = secretsIn(text).map(({ format, line, aside }) => {
    const hit = { format, at: placeIn(file, line) };
    const because = aside ?? asideByPath(file, format);
    return because ? { ...hit, because } : hit;
  });
  if (!isEnvFile(file.path) || isSops(text)) return byFormat;
  const variables = secretVariables(text).map(({ name, line }) => {
    const hit = { format: `variable ${name}`, at: placeIn(file, line) };
    const because = asideByPath(file, 'variable');
    return because ? { ...hit, because } : hit;
  });
  return [...byFormat, ...variables];
}

function asideByPath(file: SourceFile, format: string): SetAside['because'] | undefined {
  if (file.class === 'test' || file.class === 'example' || file.class === 'generated') return file.class;
  if (TEST_FILE.test(file.path)) return 'test';
  if (format !== 'private key') return undefined;
  // Keys are shown in manuals and made for one's own machine; a token of a provider in a manual is one that works.
  if (DOCUMENT.test(file.path)) return 'documentation';
  return DEVELOPMENT.test(file.path) ? 'development' : undefined;
}
