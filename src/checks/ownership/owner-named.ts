/** Assesses whether somebody answers for the service: claimed in the manifest, shown by CODEOWNERS, OWNERS or a catalogue file. */
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { answersIn, catalogueOwners, spot, told } from './answers.ts';
import { agreesWith } from './claimed-team.ts';
import { isSomebody } from './people.ts';

export const check = defineCheck({
  summary:
    'Reads who owns the service: `owner.team`, a CODEOWNERS rule that covers the whole service, the owner in a catalogue file, the approvers in OWNERS. A rule for a few folders does not count, and neither does a name such as "unmaintained". A number in a register elsewhere names nobody here, so that nobody knows.',
  needs: ['owners'],
  params: {},
  assess(subject) {
    const { claims, evidence, manifest, at } = subject;
    const { facts } = evidence.owners;
    const claimed = claims.owner?.team;
    const claim = claimed === undefined ? undefined : at('/owner/team');
    const nobody = [
      ...(claim && claimed !== undefined ? [{ who: [claimed], at: claim }] : []),
      ...catalogueOwners(facts, subject),
    ].filter(({ who }) => !isSomebody(who[0]));
    if (nobody.length > 0) {
      const problems = nobody.map(({ who, at: place }) => ({
        message: `the owner is "${who[0]}", which means that nobody answers`,
        at: place,
        fix: 'Find the service a team, or retire it.',
        subject: spot(place).replace(/:\d+$/, ''),
      }));
      return contradicted(
        `${nobody.map((it) => `${spot(it.at)} names "${it.who[0]}"`).join('; ')}: that is nobody`,
        problems,
        { claim },
      );
    }
    const answers = answersIn(facts, subject);
    const places = answers.map((it) => it.at);
    if (claim && claimed !== undefined) {
      const agreeing = answers.filter((it) => agreesWith(it, claims));
      if (agreeing.length > 0)
        return verified(
          `${spot(claim)} names ${claimed}, and so does the repository: ${told(agreeing)}`,
          agreeing.map((it) => it.at),
          { claim },
        );
      const others =
        answers.length > 0
          ? `; ${told(answers)}, under another name`
          : '; nothing else in the repository names an owner for the whole service';
      return declared(`${spot(claim)} names ${claimed}${others}`, claim, { evidence: places });
    }
    if (answers.length > 0) return verified(`${unclaimed(manifest, 'an owner')}, but ${told(answers)}`, places);
    const [entry] = facts.registered;
    if (entry)
      return unknown(
        `${unclaimed(manifest, 'an owner')}, and ${spot(entry.at)} gives only its number in ${entry.register}, ${entry.id}`,
        { evidence: [entry.at] },
      );
    return missing(`${unclaimed(manifest, 'an owner')}, and ${partly(facts.owned, facts.files)}`, [
      {
        message: 'in an incident the first half hour goes into finding out whose service it is',
        ...placed(claimPlace(subject, '/owner')),
        fix: 'Name the team in `owner.team`, or add a catch-all `*` rule to CODEOWNERS.',
        subject: 'owner',
      },
    ]);
  },
});

function partly(owned: number, files: number): string {
  return owned > 0
    ? `CODEOWNERS has an owner for ${owned} of ${files} files only`
    : 'neither CODEOWNERS nor a catalogue file does';
}
