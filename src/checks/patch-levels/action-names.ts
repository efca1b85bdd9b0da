/** What workflows of GitHub take from elsewhere, and whether each is named so that it stays the same. Pure. */
import type { Pipeline, Use } from '../../evidence/pipelines/pipeline.ts';
import { namingOf } from '../image-naming.ts';
import { distinct } from '../places.ts';
import type { Named } from './pins.ts';

/** Each use once, however many jobs come by it. */
export function external(workflows: readonly Pipeline[]): readonly Use[] {
  const all = workflows.flatMap(({ jobs }) => jobs.flatMap(({ uses }) => uses));
  const outside = all.filter(({ local, target }) => !local && !target.startsWith('./'));
  const places = distinct(outside.map(({ at }) => at));
  return places.flatMap((at) => outside.find((it) => it.at === at) ?? []);
}

/** The account, in lower case. */
export function ownerOf(target: string): string {
  return (target.split('/', 1)[0] ?? '').toLowerCase();
}

/** By a full commit, a version, or what moves. */
export function named({ target, pinned: isFixed, kind, at }: Use): Named {
  if (isFixed) return { name: target, holds: 'fixed', at };
  if (kind === 'image')
    return { name: target, holds: namingOf(target.replace(/^docker:\/\//, '')) === 'version' ? 'tag' : 'moving', at };
  const version = target.slice(target.lastIndexOf('@') + 1);
  if (!target.includes('@')) return { name: target, holds: 'moving', moves: 'names no version', at };
  return /^v?\d+(?:\.\d+)*(?:[-+][\w.-]+)?$/.test(version)
    ? { name: target, holds: 'tag', at }
    : {
        name: target,
        holds: 'moving',
        moves: `is named by \`${version}\`, which is neither a version nor a full commit`,
        at,
      };
}
