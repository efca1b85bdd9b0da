/** Assesses whether users were asked lately, and whether what they said is at hand. */
import { addDays, days, daysBetween } from '../../dates.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, notApplicable, stale, verified } from '../define.ts';
import { duration } from '../params.ts';
import { counted } from '../words.ts';
import { nobodyUses } from './audience.ts';
import { isElsewhere, leadsNowhere, recordsUnder } from './records.ts';
import { type Asked, askedBy, foundResearch, gapsOf, recordLine } from './research.ts';

const FIX =
  'Talk to five users, and keep a page with the day, who was asked and what was found; name it in `user_research`.';

export const check = defineCheck({
  summary:
    'Reads `user_research` in the manifest and the records it names: the day, who was asked (or how many), what was found. Records with such names are found without a claim, and have to say all three themselves.',
  needs: ['customer-records', 'references'],
  params: { max_age: duration('Longest time since users were last asked.', '365d') },
  assess(subject) {
    const { claims, manifest, params, asOf, at, evidence } = subject;
    const { records } = evidence['customer-records'].facts;
    const claimed = (claims.user_research ?? []).map((research, index): Asked => {
      const pointer = `/user_research/${index}`;
      const references = referencesUnder(evidence.references.facts, `${pointer}/evidence`);
      return askedBy(research, at(pointer), recordsUnder(records, `${pointer}/evidence`), references, asOf);
    });
    const dead = claimed.flatMap(({ references }) => references).find(leadsNowhere);
    if (dead)
      return contradicted(`${dead.target} is said to be a record of asking users, and leads nowhere`, [
        {
          message: 'no such record is here',
          at: dead.at,
          fix: 'Correct the path, or keep the record.',
          subject: dead.target,
        },
      ]);
    const all = [...claimed, ...foundResearch(records, asOf)];
    if (all.length === 0 && nobodyUses(claims))
      return notApplicable('the manifest says that nobody uses it', { claim: at('/audience') });
    if (all.length === 0)
      return missing(unclaimed(manifest, 'research with users'), [
        {
          message: 'what users need is guessed',
          ...placed(claimPlace(subject, '/user_research')),
          fix: FIX,
          subject: 'research',
        },
      ]);
    const past = all.filter((it) => it.on !== undefined && it.on <= asOf);
    const whole = past.filter((it) => gapsOf(it).length === 0).sort((a, b) => ((a.on ?? '') < (b.on ?? '') ? 1 : -1));
    const [newest] = whole;
    if (!newest?.on) {
      const problems = all
        .slice(0, 10)
        .map((it) => ({ message: recordLine(it, asOf), at: it.at, fix: FIX, subject: it.title }));
      return missing(`${counted(all.length, 'record')} of asking users, and none is whole`, problems);
    }
    const said = `users were last asked on ${newest.on}, ${counted(daysBetween(newest.on, asOf), 'day')} ago: ${newest.title}`;
    const limit = days(params.max_age) ?? 365;
    if (daysBetween(newest.on, asOf) > limit)
      return stale(said, [
        {
          message: `the next time was due by ${addDays(newest.on, limit)}`,
          at: newest.at,
          fix: FIX,
          subject: 'research',
        },
      ]);
    if (newest.evidence.length > 0) return verified(said, newest.evidence);
    const where = newest.references.find(isElsewhere);
    return declared(where ? `${said}; the record is at ${where.target}, which is not opened` : said, newest.at);
  },
});
