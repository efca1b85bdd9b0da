/** Begins a document about a service: where the manifest keeps such documents, filled with what is known. Writes no file. */
import { gather } from '../evidence/gather.ts';
import { isGlob } from '../evidence/references/glob.ts';
import { joined, targetOf } from '../evidence/references/target.ts';
import { openReading, openSources } from '../evidence/sources.ts';
import { InputError } from '../input-error.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { servicesAt, type Workspace } from '../run.ts';
import { isOneOfMany, KINDS, type Kind, type KindName } from './kinds.ts';

/** A document that was begun. */
export interface Begun {
  /** Folder, from the root of the workspace's repository, that `path` starts at; a service may be a repository of its own in it. */
  readonly root: string;
  readonly path: string;
  readonly text: string;
  /** The claim that does not name it yet, e.g. `operations.drills`, and the rule that says what is left. */
  readonly unnamed?: string;
  readonly rule: string;
}

/** Begins one; an InputError where there is no place for it in this repository, or no single service. */
export async function scaffold(
  workspace: Workspace,
  word: KindName,
  name: string | undefined,
  asOf: string,
): Promise<Begun> {
  const kind: Kind = KINDS[word];
  if (name === undefined && isOneOfMany(kind))
    throw new InputError(
      `a ${word} needs a name`,
      'scaffold',
      `say what it is about, e.g. \`gonogo scaffold ${word} ${EXAMPLES[word]}\``,
    );
  const { within, found } = await servicesAt(workspace, asOf);
  const manifest = theOne(found.manifests);
  const { claims, identity } = manifest;
  if (manifest.state === 'invalid')
    throw new InputError(
      `${manifest.path} is not valid, so where a ${word} is kept cannot be known`,
      manifest.path,
      '`gonogo check` says what is wrong with it',
    );
  const service = identity.name ?? (manifest.dir.split('/').pop() || within.repo.name);
  const about = name ?? service;
  const reading = openReading(within.repo, within.rootNamed);
  const { evidence } = await gather(['alerts'], openSources(reading, manifest, found.dirs), reading.parsers);
  const reference = kind.reference(claims);
  return {
    root: workspace.dir.slice(0, workspace.dir.length - within.dir.length).replace(/\/$/, ''),
    path: placeFor(kind, reference, manifest, fileName(kind, about, asOf)),
    text: kind.write({ about, service, claims, alerts: evidence.alerts?.facts.alerts ?? [], today: asOf }),
    ...(reference === undefined && { unnamed: kind.claim }),
    rule: kind.rule,
  };
}

const EXAMPLES: Readonly<Partial<Record<KindName, string>>> = {
  runbook: 'PaymentsTrafficGone',
  postmortem: 'queue-full',
  drill: 'gateway-down',
};

function theOne(manifests: readonly Manifest[]): Manifest {
  const [manifest, ...more] = manifests;
  if (!manifest || more.length > 0)
    throw new InputError(
      `${manifests.length} services are here`,
      'scaffold',
      `give the folder of one, e.g. ${manifest?.dir || '.'}`,
    );
  return manifest;
}

function fileName({ file }: Kind, about: string, asOf: string): string {
  if (file !== 'dated' && file !== 'named') return file;
  const slug = about
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, '-')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  if (slug === '')
    throw new InputError(
      `"${about}" has no letter or digit that a file could be called by`,
      'scaffold',
      'give another name',
    );
  return `${file === 'dated' ? `${asOf}-` : ''}${slug}.md`;
}

/** The file that the claim names, or one in the folder that it names. */
function placeFor({ claim, usual }: Kind, reference: string | undefined, { dir }: Manifest, file: string): string {
  const target = targetOf(reference ?? usual, dir);
  if (target.kind !== 'path' || target.root !== '')
    throw new InputError(
      `the manifest keeps it elsewhere: ${claim} is ${reference}`,
      claim,
      '--stdout prints it, so that you can put it there',
    );
  const path = isGlob(target.path) ? folderBefore(target.path) : target.path;
  return /\.\w+$/.test(path) ? path : joined(path, file);
}

/** The folders of a glob before its first wildcard. */
function folderBefore(path: string): string {
  const parts = path.split('/');
  return parts.slice(0, parts.findIndex(isGlob)).join('/');
}
