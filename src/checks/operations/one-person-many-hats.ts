/** Assesses whether the service goes on when any one person is away: nobody owns, leads, escalates and commits all at once. */
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, verified } from '../define.ts';
import { answersIn } from '../ownership/answers.ts';
import { integer, number } from '../params.ts';
import { counted, listed, shortened } from '../words.ts';
import { committersIn, HISTORY } from './committers.ts';
import { claimedHats, owningHats, type Wearer, type Worn, wearers } from './hats.ts';

export const check = defineCheck({
  summary:
    "Collects what each person does for the service: owns it (`owner.team`, or the one name in CODEOWNERS), leads an area, stands in the escalation, makes nearly all changes by git's history. Names are joined where they may be one person's, e.g. `a.khan` and Aisha Khan; somebody under two names that share nothing is not recognised. How many areas one may lead is ownership/leads-by-area's.",
  needs: ['owners'],
  // Without a manifest there is nothing to hold it against, and git's history takes a process.
  onDemand: { kinds: ['history'], when: ({ manifest }) => manifest.state === 'valid' },
  params: {
    hats: integer('The most of these four that one person may do.', 2, 1),
    share: number('From which share of all commits, in percent, somebody makes nearly all changes.', 80),
    commits: integer('The least number of commits from which to tell.', 10, 1),
  },
  ofClaims: true,
  assess(subject) {
    const { evidence, manifest, params, asOf } = subject;
    const found = committersIn(evidence.history?.facts, asOf, params.commits);
    const [first] = found.known && found.first.share >= params.share ? found.first.names : [];
    const changes: readonly Worn[] =
      first === undefined ? [] : [{ hat: 'makes nearly all changes', name: first, at: HISTORY }];
    const owners = owningHats(answersIn(evidence.owners.facts, subject));
    const everybody = wearers([...claimedHats(subject), ...owners, ...changes]);
    const crowded = everybody.filter(({ hats }) => hats.length > params.hats);
    if (crowded.length > 0) {
      const because = crowded.map((it) => `${namesOf(it)} ${listed(it.hats)}`).join('; ');
      const problems = crowded.map((it) => ({
        message: `when ${nameOf(it)} is away, nobody ${listed(it.hats)}`.replaceAll(' and ', ' or '),
        ...placed(it.worn.find(({ at }) => at !== HISTORY)?.at),
        fix: `Hand ${counted(it.hats.length - params.hats, 'of these', 'of these')} to somebody else.`,
        subject: it.names[0] ?? '',
      }));
      return contradicted(because, problems, {
        evidence: crowded.flatMap(({ worn }) => worn.map(({ at }) => at)).slice(0, 6),
      });
    }
    const [most] = everybody;
    const named = everybody.filter(({ hats }) => hats.some((it) => it !== 'makes nearly all changes'));
    if (!most || named.length === 0) {
      const fix = 'Name people under `leads` and in the `escalation`.';
      const message = 'who carries what cannot be seen, so nobody sees when it is all one person';
      const place = placed(claimPlace(subject, '/leads'));
      return missing(unclaimed(manifest, 'a person for anything'), [{ message, ...place, fix, subject: 'hats' }]);
    }
    const said = `of ${counted(named.length, 'name')} none does more than ${most.hats.length} of four things`;
    const places = named.flatMap(({ worn }) => worn.map(({ at }) => at));
    if (found.known && first === undefined && owners.length === 0 && found.atLeast > 1)
      return verified(`${said}; ${found.atLeast} people changed the service ${found.when}, none nearly alone`, [
        ...places.slice(0, 5),
        HISTORY,
      ]);
    const why = found.known
      ? `whether ${shortened([...(first === undefined ? [] : [first]), ...owners.map(({ name }) => name)], 2) || 'the one committer'} goes by another name among them is not known`
      : found.because;
    return declared(`${said}; ${why}`, places[0] ?? HISTORY);
  },
});

/** With the other names that are taken for the same person's, so that somebody can see a mistake. */
function namesOf(wearer: Wearer): string {
  const name = nameOf(wearer);
  const others = wearer.names.filter((it) => it !== name);
  return others.length === 0 ? name : `${name} (${shortened(others, 3)})`;
}

/** The longest of the names, which tells most. */
function nameOf({ names }: Wearer): string {
  return names.toSorted((a, b) => b.length - a.length)[0] ?? '';
}
