/** .terraform.lock.hcl: one block a provider. Modules are locked nowhere. */
import { compared } from '../compared.ts';
import { gapOver, notRead } from '../gaps.ts';
import { type RequiredProvider, requiredProviders } from '../infrastructure/required-providers.ts';
import type { Agreement, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { isWord, linesOf, rangeOf } from '../words.ts';

export const format: LockFormat = {
  name: 'terraform',
  ecosystem: 'Terraform',
  files: /^\.terraform\.lock\.hcl$/,
  manifests: /\.tf(?:\.json)?$/,
  read,
  agree,
};

const LONGEST = 2_000;

interface Block {
  readonly source: string;
  readonly line: number;
  version?: string;
  constraints?: string;
}

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const { blocks, odd } = parse(lock.text);
  // Terraform writes the comment, and no block where nothing is required.
  if (blocks.length === 0 && !/^\uFEFF?\s*(?:#|$)/.test(lock.text)) return notRead('it has no block of a provider');
  const named = new Set(required(manifests).providers.map(({ name }) => name));
  const versionless: number[] = [];
  const found = new Map<string, LockedPackage>();
  for (const block of blocks) {
    const it = packageOf(block, named);
    if (it) found.set(`${it.registry} ${it.name} ${it.version}`, it);
    else (block.version === undefined ? versionless : odd).push(block.line);
  }
  return {
    packages: [...found.values()],
    gaps: [
      ...gapOver('unparsed', odd, 'providers are not understood'),
      ...gapOver('no-version', versionless, 'providers have no version'),
    ],
  };
}

function parse(text: string): { readonly blocks: readonly Block[]; readonly odd: number[] } {
  const blocks: Block[] = [];
  const odd: number[] = [];
  let block: Block | undefined;
  for (const [index, raw] of linesOf(text).entries()) {
    const said = raw.slice(0, LONGEST);
    const source = /^provider\s+"([^"]{1,300})"\s*\{/.exec(said)?.[1];
    if (source !== undefined) {
      block = { source, line: index + 1 };
      blocks.push(block);
    } else if (/^provider\b/.test(said)) odd.push(index + 1);
    const [, key, value] = /^\s+(version|constraints)\s*=\s*"([^"]*)"/.exec(said) ?? [];
    if (block && key === 'version') block.version = value ?? '';
    if (block && key === 'constraints') block.constraints = value ?? '';
  }
  return { blocks, odd };
}

/** `host/namespace/type`. Without files beside it nobody tells what the project itself names; with them modules may name others. */
function packageOf(
  { source, version, constraints, line }: Block,
  named: ReadonlySet<string>,
): LockedPackage | undefined {
  const [registry, namespace, type, more] = source.toLowerCase().split('/');
  const name = `${namespace}/${type}`;
  const range = rangeOf(constraints);
  if (!isWord(registry) || !isWord(namespace) || !isWord(type) || more !== undefined || !isWord(version))
    return undefined;
  return {
    name,
    version,
    source: 'registry',
    registry,
    scope: 'production',
    direct: named.has(name) || undefined,
    requiredBy: range ? [{ name: '', range }] : [],
    line,
  };
}

function required(manifests: readonly TextAt[]): {
  readonly providers: readonly RequiredProvider[];
  readonly opaque: readonly string[];
} {
  const all = manifests.map(requiredProviders);
  return { providers: all.flatMap(({ providers }) => providers), opaque: all.flatMap(({ opaque }) => opaque) };
}

/** What modules require is in the lockfile, too; only what files of the folder require is held against it. */
function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const { providers, opaque } = required(manifests);
  const asked = providers.map(({ name, constraint, at }) => ({ name, at, ...(constraint && { range: constraint }) }));
  const untold = manifests.length === 0 ? ['what it is asked for: no file of Terraform is beside it'] : opaque;
  return compared('Terraform', asked, read(lock, manifests).packages, untold);
}
