/** Assesses whether minor and major versions are followed before the distance becomes a project of its own. */
import { days } from '../../dates.ts';
import type { Problem } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { cooldownOf, type Lagging, lagAnswer, lagsOf } from '../package-lag.ts';
import { duration, integer, number } from '../params.ts';
import { counted, listed } from '../words.ts';

export const check = defineCheck({
  summary:
    'Compares each direct production package with the releases of its registry. A newer minor version counts once it has been out for the time allowed; major versions count by their number, once one above the locked has been out for a year. Calendar versions have no majors and are judged by time. Libyears are told, and judged only where `packages.max_libyears` is set.',
  needs: ['releases', 'updaters'],
  params: {
    minor_after: duration('How long a newer minor version may be left lying.', '365d'),
    majors: integer('Major versions behind from which on it is too many.', 2, 1),
    major_after: duration('How long a newer major version is left to others.', '365d'),
    max_libyears: number('Years that all direct packages together may be behind; 0 for no limit.', 0),
  },
  assess({ evidence, params, claims, asOf, at }) {
    const { facts } = evidence.releases;
    const lags = lagsOf(facts, asOf, cooldownOf(claims, evidence.updaters.facts.updaters));
    const libyears = lags.reduce((sum, { lag }) => sum + (lag.libyears ?? 0), 0);
    const limit = claims.packages?.max_libyears ?? params.max_libyears;
    const late = lags.flatMap((it) => problemOf(it, params));
    const total: readonly Problem[] =
      limit > 0 && libyears > limit
        ? [
            {
              message: `all direct packages together are ${libyears.toFixed(1)} years behind, more than ${limit}`,
              at: at('/packages/max_libyears'),
              fix: 'Begin with the packages that are furthest behind.',
              subject: 'libyears',
            },
          ]
        : [];
    return lagAnswer(facts, [...late, ...total], {
      late: `${counted(late.length + total.length, 'limit', 'limits')} on minor and major versions ${late.length + total.length === 1 ? 'is' : 'are'} passed (${libyears.toFixed(1)} libyears)`,
      clean: `no direct package is too far behind (${libyears.toFixed(1)} libyears)`,
    });
  },
});

function problemOf(
  { concerned, lag }: Lagging,
  params: { readonly minor_after: string; readonly majors: number; readonly major_after: string },
): readonly Problem[] {
  const minorLate = (lag.minor?.days ?? 0) > (days(params.minor_after) ?? 365);
  const majorLate = lag.majors >= params.majors && (lag.major?.days ?? 0) > (days(params.major_after) ?? 365);
  if (!minorLate && !majorLate) return [];
  const words = [
    ...(majorLate ? [`${lag.majors} major versions behind ${lag.major?.version}`] : []),
    ...(minorLate ? [`behind ${lag.minor?.version}, newer minor versions being out for ${lag.minor?.days} days`] : []),
  ];
  return [
    {
      message: `${concerned.name} ${concerned.version} is ${listed(words)}`,
      ...(concerned.at[0] && { at: concerned.at[0] }),
      fix: `Update it to ${lag.latest}, one major version at a time.`,
      subject: `${concerned.ecosystem} ${concerned.name}`,
    },
  ];
}
