/** Assesses whether there is advisory data on every ecosystem that the service locks packages of, and whether it is recent enough to trust its silence. */
import { isUndated } from '../../advisories/data-states.ts';
import { days, daysBetween } from '../../dates.ts';
import { assessedOn, lackOfData } from '../advisory-data.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { duration } from '../params.ts';
import { listed } from '../words.ts';

export const check = defineCheck({
  summary:
    'Looks at the advisory data given to this run. It says nothing about the service, and everything about what the other answers are worth: raise its severity where a run without data must not pass.',
  needs: ['advisories'],
  params: { data_age: duration('Greatest age of the data.', '30d') },
  assess({ evidence, params, asOf }) {
    const { facts } = evidence.advisories;
    const locked = facts.coverage.filter(({ packages }) => packages > 0);
    if (locked.length === 0) return notApplicable('no package with a version is here that advisories could concern');
    const limit = days(params.data_age) ?? 30;
    const absent = locked.filter((it) => it.asOf === undefined).map(({ ecosystem }) => ecosystem);
    const old = locked.filter((it) => it.asOf !== undefined && daysBetween(it.asOf, asOf) > limit);
    if (absent.length === 0 && old.length === 0)
      return assessedOn(facts, 'verified', `the data on ${listed(locked.map(({ ecosystem }) => ecosystem))} is recent`);
    const reasons = [
      ...(absent.length === 0 ? [] : [`there is no advisory data on ${listed(absent)}`]),
      ...old.map(({ ecosystem, asOf: of = '' }) =>
        isUndated(of)
          ? `nobody tells how old the data on ${ecosystem} is`
          : `the data on ${ecosystem} is ${daysBetween(of, asOf)} days old`,
      ),
      ...facts.troubles.slice(0, 2),
    ];
    const lacking = [...absent, ...old.map(({ ecosystem }) => ecosystem)];
    return { ...assessedOn(facts, 'unknown', reasons.join('; ')), problems: [lackOfData(lacking)] };
  },
});
