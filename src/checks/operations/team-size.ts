/** Assesses whether enough people know the service well enough to have changed it lately, against what the manifest says of the team. */
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { integer } from '../params.ts';
import { shortened } from '../words.ts';
import { committersIn, HISTORY } from './committers.ts';

export const check = defineCheck({
  summary:
    "Counts the people who made three commits or more in the 180 days before the newest one, bots left out; names that may be one person's count once. Holds them, and the team's size by `owner.people`, against the least number. A history that is cut off, old, or of few commits tells nothing; then the claim is all there is. How many share the on-call rota is ownership/oncall-min-people's.",
  needs: [],
  // Without a manifest there is nothing to hold it against, and git's history takes a process.
  onDemand: { kinds: ['history'], when: ({ manifest }) => manifest.state === 'valid' },
  params: {
    people: integer('The least number of people.', 2, 1),
    commits: integer('The least number of commits from which to tell.', 10, 1),
  },
  ofClaims: true,
  assess(subject) {
    const { claims, evidence, manifest, params, asOf, at } = subject;
    const { people } = params;
    const claimed = claims.owner?.people;
    const claim = claimed === undefined ? undefined : at('/owner/people');
    const found = committersIn(evidence.history?.facts, asOf, params.commits);
    if (claimed !== undefined && claimed < people) {
      const message = `${claimed} of the team can run the service, and ${people} are asked for: one holiday and one illness leave nobody`;
      const fix = 'Bring more people to where they can release and repair it.';
      const because = `${claimed} < ${people} people`;
      return contradicted(because, [{ message, ...placed(claim), fix, subject: 'people' }], { claim });
    }
    const team = claimed === undefined ? '' : `; the team is said to be ${claimed}`;
    if (found.known && found.atLeast >= people)
      return verified(
        `${found.atLeast} people made three changes or more ${found.when}; ${people} are asked for${team}`,
        [HISTORY],
        { claim },
      );
    if (found.known && found.atMost < people) {
      const who = shortened(found.first.names, 2);
      const because = `${found.atMost === 1 ? `only ${who}` : `only ${found.atMost} people`} changed the service ${found.when}; ${people} are asked for${team}`;
      const message = `what ${found.atMost === 1 ? who : 'they'} ${found.atMost === 1 ? 'knows' : 'know'} of it nobody else has had in hand`;
      const fix = 'Let others make the next changes, and release them.';
      return contradicted(because, [{ message, ...placed(claim), fix, subject: 'committers' }], {
        claim,
        evidence: [HISTORY],
      });
    }
    if (found.known)
      return unknown(
        `between ${found.atLeast} and ${found.atMost} people know the service by what they changed ${found.when}: some made one or two changes, or some names may be one person's; ${people} are asked for`,
        {
          claim,
          evidence: [HISTORY],
        },
      );
    if (claim)
      return declared(`${claimed} people are said to run it, ${people} are asked for; ${found.because}`, claim);
    if (evidence.history?.facts.absent === undefined)
      return unknown(`who knows the service cannot be told: ${found.because}`);
    const fix = 'Add `owner.people:`, the number of people who can run it.';
    const message = 'nobody can see how many could step in';
    const place = placed(claimPlace(subject, '/owner'));
    return missing(unclaimed(manifest, 'how many people can run it'), [{ message, ...place, fix, subject: 'people' }]);
  },
});
