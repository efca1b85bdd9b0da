/** Assesses whether the manifest says of every dependency how much the service needs it and what users notice without it. */
import { claimPlace } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { together } from '../parts.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';
import { listDependencies, withoutDependencies } from './listed.ts';

export const check = defineCheck({
  summary:
    'Reads `criticality` and `impact` of every entry of `dependencies` in the manifest. Where nothing is listed, names the backing services that Compose files and charts start.',
  needs: ['surroundings'],
  claimOnly: true,
  params: {},
  ofClaims: true,
  assess(subject) {
    const { evidence, at } = subject;
    const dependencies = listDependencies(subject);
    const backings = evidence.surroundings.facts.backings;
    if (dependencies.length === 0 && backings.length > 0) {
      const problems = backings.map((backing) => ({
        message: `starts ${backing.product}, and nothing says whether the service works without it`,
        at: backing.at,
        fix: `List \`${backing.id}\` under \`dependencies:\` with \`criticality: hard\` or \`soft\`, and the \`impact\` on users.`,
        subject: backing.id,
      }));
      return missing(
        `no dependency is listed, but the repository starts ${counted(backings.length, 'backing service')}: ${listed(backings.map(({ id }) => id))}`,
        problems,
        { claim: claimPlace(subject, '/dependencies') },
      );
    }
    const nothing = withoutDependencies(
      subject,
      'when something else fails, nobody can say beforehand whether this service fails with it',
    );
    if (nothing) return nothing;
    const parts = dependencies.map(({ dependency: { id, criticality, impact }, pointer }) => {
      const gaps = [
        criticality ? '' : 'whether the service works without it',
        says(impact) ? '' : 'what users notice while it is away',
      ].filter(Boolean);
      if (gaps.length === 0) return { standing: 'declared' as const };
      const fix = [
        criticality ? '' : 'Add `criticality: hard` or `soft`.',
        says(impact) ? '' : 'Add `impact:`, a sentence such as "Card payments fail; wallets still work."',
      ]
        .filter(Boolean)
        .join(' ');
      return {
        standing: 'missing' as const,
        problems: [{ message: `${id} does not say ${listed(gaps)}`, at: at(pointer), fix, subject: id }],
      };
    });
    const complete = parts.filter(({ standing }) => standing === 'declared').length;
    const hard = dependencies
      .filter(({ dependency }) => dependency.criticality === 'hard')
      .map(({ dependency }) => dependency.id);
    const because = `criticality and impact are stated for ${complete} of ${counted(dependencies.length, 'dependency', 'dependencies')}; hard: ${hard.length > 0 ? listed(hard) : 'none'}`;
    return together(parts, because, at('/dependencies'));
  },
});
