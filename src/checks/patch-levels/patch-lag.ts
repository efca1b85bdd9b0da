/** Assesses whether newer patches of the locked lines are taken: the cheapest update there is. */
import { days } from '../../dates.ts';
import { defineCheck } from '../define.ts';
import { cooldownOf, lagAnswer, lagsOf } from '../package-lag.ts';
import { duration } from '../params.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Compares each direct production package with the releases of its registry (`--online`, or what was asked before). A newer patch of the locked minor version counts once it has been out for the time allowed; releases within the cooldown, taken back, given up or before their final version do not.',
  needs: ['releases', 'updaters'],
  params: { after: duration('How long a newer patch may be left lying.', '90d') },
  assess({ evidence, params, claims, asOf }) {
    const { facts } = evidence.releases;
    const limit = days(params.after) ?? 90;
    const late = lagsOf(facts, asOf, cooldownOf(claims, evidence.updaters.facts.updaters))
      .filter(({ lag }) => (lag.patch?.days ?? 0) > limit)
      .sort((a, b) => (b.lag.patch?.days ?? 0) - (a.lag.patch?.days ?? 0));
    const problems = late.map(({ concerned, lag }) => ({
      message: `${concerned.name} ${concerned.version}: ${lag.patch?.version} is the newest patch, and one has been out for ${lag.patch?.days} days`,
      ...(concerned.at[0] && { at: concerned.at[0] }),
      fix: `Update it to ${lag.patch?.version}.`,
      subject: `${concerned.ecosystem} ${concerned.name}`,
    }));
    return lagAnswer(facts, problems, {
      late: `${counted(late.length, 'direct package is', 'direct packages are')} behind a patch that has been out for more than ${limit} days`,
      clean: `no direct package is behind a patch that has been out for more than ${limit} days`,
    });
  },
});
