/** Assesses whether the updater looks after every ecosystem in every folder that names packages. */
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { list } from '../params.ts';
import { counted, listed, shortened } from '../words.ts';
import { coveredBy, ecosystemsOf } from './updater-coverage.ts';
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
    const { deciding, left, problems, assumed, besides } = coveredBy(
      facts,
      claims.packages?.ignore ?? [],
      params.decide,
    );
    if (deciding.length === 0) return notApplicable(`nothing here names packages of ${listed(params.decide)}`);
    const verb = working.length === 1 ? 'looks' : 'look';
    const kept = `${toolsIn(working)} ${verb} after ${deciding.length - left.length} of ${counted(deciding.length, 'folder')} of ${ecosystemsOf(deciding)}`;
    const evidenceAt = working
      .flatMap(({ at, watched }) => (watched.length > 0 ? watched.map((it) => it.at) : [at]))
      .slice(0, 8);
    if (left.length > 0 && !hidden) return contradicted(`${kept}${besides}`, problems, { evidence: evidenceAt });
    if (hidden)
      return unknown(`${kept}; but ${hidden.at.path} could not be read: ${hidden.detail}`, {
        evidence: [...evidenceAt, hidden.at],
      });
    if (assumed === 0) return verified(`${kept}${besides}`, evidenceAt);
    const presets = presetsOf(working);
    const of = `of which ${assumed} ${assumed === 1 ? 'is' : 'are'} assumed`;
    const why = `${shortened(presets, 3)} may say otherwise and ${presets.length === 1 ? 'is' : 'are'} not at hand`;
    return unknown(`${kept}, ${of}: ${why}${besides}`, { evidence: evidenceAt });
  },
});
