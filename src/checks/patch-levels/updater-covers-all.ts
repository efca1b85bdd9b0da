/** Assesses whether the updater looks after every ecosystem in every folder that names packages. */
import { globFits } from '../../evidence/glob.ts';
import { type Coverage, coverage } from '../../evidence/updaters/coverage.ts';
import type { Manifest } from '../../evidence/updaters/updater.ts';
import type { Facts } from '../../evidence/updaters.ts';
import type { Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { list } from '../params.ts';
import { counted, listed, shortened } from '../words.ts';
import { presetsOf, toolsIn } from './updater-words.ts';

export const check = defineCheck({
  summary:
    'Holds what Dependabot and Renovate are told to watch against the files that name packages, by ecosystem and folder; workspaces and modules are followed from what gathers them. Languages and actions decide; images, charts and other ecosystems that nobody watches are named. What a preset kept elsewhere may switch off is assumed, never shown. `packages.ignore` sets folders aside.',
  needs: ['updaters'],
  params: {
    decide: list('Ecosystems that decide, by the names Dependabot has for them; the others are named only.', [
      'npm',
      'pip',
      'gomod',
      'maven',
      'gradle',
      'bundler',
      'composer',
      'nuget',
      'cargo',
      'pub',
      'mix',
      'swift',
      'github-actions',
    ]),
  },
  assess({ claims, evidence, params }) {
    const { facts, unread } = evidence.updaters;
    const [hidden] = unread;
    const working = facts.updaters.filter(({ active }) => active !== 'no');
    if (working.length === 0)
      return hidden
        ? unknown(`${hidden.at.path} could not be read: ${hidden.detail}`, { evidence: [hidden.at] })
        : notApplicable('no updater is at work here');
    const asked = facts.manifests.filter(({ at }) => !isIgnored(at.path, claims.packages?.ignore ?? []));
    const judged = asked.map((manifest): Judged => ({ manifest, by: bestOf(manifest, facts) }));
    const deciding = judged.filter(({ manifest }) => params.decide.includes(manifest.ecosystem));
    if (deciding.length === 0) return notApplicable(`nothing here names packages of ${listed(params.decide)}`);
    const left = deciding.filter(({ by }) => by === 'no' || by === 'partly');
    const assumed = deciding.filter(({ by }) => by === 'perhaps');
    const ignored = facts.manifests.length - asked.length;
    const beside = [
      besides(judged.filter((it) => it.by === 'no' && !deciding.includes(it)).map(({ manifest }) => manifest)),
      ignored > 0 ? `; ${ignored} set aside by \`packages.ignore\`` : '',
    ].join('');
    const kept = `${toolsIn(working)} ${working.length === 1 ? 'looks' : 'look'} after ${deciding.length - left.length} of ${counted(deciding.length, 'folder')} of ${ecosystemsOf(deciding.map(({ manifest }) => manifest))}`;
    const evidenceAt = working
      .flatMap(({ at, watched }) => (watched.length > 0 ? watched.map((it) => it.at) : [at]))
      .slice(0, 8);
    if (left.length > 0 && !hidden)
      return contradicted(`${kept}${beside}`, left.map(notWatched), { evidence: evidenceAt });
    if (hidden)
      return unknown(`${kept}; but ${hidden.at.path} could not be read: ${hidden.detail}`, {
        evidence: [...evidenceAt, hidden.at],
      });
    if (assumed.length > 0)
      return unknown(
        `${kept}, of which ${assumed.length} ${assumed.length === 1 ? 'is' : 'are'} assumed: ${shortened(presetsOf(working), 3)} may say otherwise and ${presetsOf(working).length === 1 ? 'is' : 'are'} not at hand${beside}`,
        { evidence: evidenceAt },
      );
    return verified(`${kept}${beside}`, evidenceAt);
  },
});

function bestOf(manifest: Manifest, { updaters, manifests }: Facts): Coverage {
  const all = updaters.map((it) => coverage(it, manifest, manifests));
  return (['yes', 'perhaps', 'partly'] as const).find((it) => all.includes(it)) ?? 'no';
}

function isIgnored(path: string, globs: readonly string[]): boolean {
  return globs.some((it) => globFits(it, path) || path.startsWith(`${it.replace(/\/+$/, '')}/`));
}

function ecosystemsOf(manifests: readonly Manifest[]): string {
  return listed([...new Set(manifests.map(({ ecosystem }) => ecosystem))]);
}

function besides(manifests: readonly Manifest[]): string {
  return manifests.length === 0
    ? ''
    : `; nobody watches ${ecosystemsOf(manifests)} (${counted(manifests.length, 'folder')})`;
}

interface Judged {
  readonly manifest: Manifest;
  readonly by: Coverage;
}

function notWatched({ manifest: { ecosystem, folder, at }, by }: Judged): Problem {
  const where = `${ecosystem} in ${folder === '' ? 'the root' : folder}`;
  return {
    message:
      by === 'partly'
        ? `newer versions of ${where} are proposed for some packages only`
        : `nothing proposes newer versions of ${where}`,
    at,
    fix: `Let the updater watch ${by === 'partly' ? 'all of ' : ''}${ecosystem} in \`/${folder}\`, or list the folder in \`packages.ignore\` with what stands in its place.`,
    subject: `${ecosystem} ${folder}`,
  };
}
