/** Assesses whether users of the service know where to ask, when someone answers and how soon. Knows the manifest only. */
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { declared, defineCheck, missing } from '../define.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';

export const check = defineCheck({
  summary: 'Reads `support.channels` in the manifest: each needs the channel itself, `hours` and `response_time`.',
  needs: [],
  params: {},
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, at } = subject;
    const channels = claims.support?.channels ?? [];
    const pointer = '/support/channels';
    if (channels.length === 0) {
      const fix = 'Add `support.channels:` with `ref`, `hours` and `response_time`.';
      const message = 'users who are stuck write to whichever engineer they know';
      return missing(unclaimed(manifest, 'a support channel'), [
        { message, ...placed(claimPlace(subject, pointer)), fix, subject: 'channels' },
      ]);
    }
    const problems = channels.flatMap((channel, index) => {
      const gaps = [
        says(channel.ref) ? '' : 'where it is',
        says(channel.hours) ? '' : 'when someone answers',
        says(channel.response_time) ? '' : 'how soon',
      ].filter(Boolean);
      if (gaps.length === 0) return [];
      const fix = 'Add `hours:` such as Mon-Fri 09-17 and `response_time:` such as 4h.';
      return [
        {
          message: `${channel.ref} does not say ${listed(gaps)}`,
          at: at(`${pointer}/${index}`),
          fix,
          subject: channel.ref,
        },
      ];
    });
    const complete = channels.length - problems.length;
    if (complete === 0)
      return missing(
        channels.length === 1
          ? `${channels[0]?.ref} does not say when and how soon someone answers`
          : `none of the ${channels.length} support channels says when and how soon someone answers`,
        problems,
        { claim: at(pointer) },
      );
    const first = channels.find(({ ref, hours, response_time }) => says(ref) && says(hours) && says(response_time));
    const because = `${first?.ref}: within ${first?.response_time}, ${first?.hours}${problems.length > 0 ? `; ${counted(problems.length, 'other channel says', 'other channels say')} less` : ''}`;
    return declared(because, at(pointer));
  },
});
