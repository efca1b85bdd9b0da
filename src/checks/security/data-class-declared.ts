/** Assesses whether it is settled how sensitive the service's data is, whether people are in it, and how long it is kept. */
import { claimPlace, placed } from '../claimed.ts';
import { declared, defineCheck, missing } from '../define.ts';
import { listed } from '../words.ts';

export const check = defineCheck({
  summary:
    'Reads `data.classification` and `data.pii`, and `data.retention` where there is personal data. No repository shows what is in a database, so the best answer is "declared".',
  needs: [],
  claimOnly: true,
  ofClaims: true,
  params: {},
  assess(subject) {
    const { claims, at } = subject;
    const { classification, pii, retention } = claims.data ?? {};
    const gaps = [
      ...(classification === undefined ? ['how sensitive its data is'] : []),
      ...(pii === undefined ? ['whether there is personal data in it'] : []),
      ...(pii === true && retention === undefined ? ['how long personal data is kept'] : []),
    ];
    if (gaps.length === 0) {
      const people = pii ? `with personal data, kept for ${retention}` : 'without personal data';
      return declared(`the data is ${classification}, ${people}`, at('/data'));
    }
    const because = `the manifest does not say ${listed(gaps)}`;
    const fix =
      'Add `data: { classification: …, pii: … }`, and `retention` where people are in it. Ids that can be joined with other data are personal.';
    return missing(
      because,
      gaps.map((gap) => ({
        message: `nothing says ${gap}`,
        ...placed(claimPlace(subject, '/data')),
        fix,
        subject: gap,
      })),
    );
  },
});
