/** Assesses whether every waiver may cover something. The verdict examined them; this only hands on what it found. */
import { contradicted, defineCheck, notApplicable, verified } from '../define.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Reads `gonogo.waivers.yaml`: each waiver names a rule that exists, an owner, a reason and an end that has not passed and is not too far away (30, 90 and 180 days for critical, major and standard rules unless the policy says otherwise).',
  needs: ['judged'],
  params: {},
  assess({ evidence }) {
    const { facts, unread } = evidence.judged;
    const unreadable = unread.map(({ at, detail }) => ({
      message: detail,
      at,
      fix: 'Correct the file; `gonogo schema waivers` shows its form.',
      subject: at.path,
    }));
    const invalid = facts.waivers.flatMap(({ claim, outcome, trouble = 'cannot be used', fix }) => {
      const subject = `${claim.rule} ${claim.scope ?? ''} ${claim.expires ?? ''}`.trim();
      return outcome === 'invalid' ? [{ message: trouble, at: claim.at, ...(fix && { fix }), subject }] : [];
    });
    const problems = [...unreadable, ...invalid];
    const total = facts.waivers.length;
    if (problems.length > 0) return contradicted(summaryOf(invalid.length, total, unreadable.length), problems);
    if (total === 0) return notApplicable('there are no waivers');
    const ends = facts.waivers.flatMap(({ claim }) => claim.expires ?? []).sort();
    return verified(
      `${counted(total, 'waiver')}, each owned, reasoned and dated; the first ends on ${ends[0]}`,
      facts.waivers.map(({ claim }) => claim.at),
    );
  },
});

function summaryOf(invalid: number, total: number, unreadable: number): string {
  const parts = [
    invalid > 0 ? `${invalid} of ${counted(total, 'waiver')} ${invalid === 1 ? 'covers' : 'cover'} nothing` : '',
    unreadable > 0
      ? `${counted(unreadable, 'file')} of waivers cannot be read, so nothing in ${unreadable === 1 ? 'it' : 'them'} counts`
      : '',
  ];
  return parts.filter(Boolean).join('; ');
}
