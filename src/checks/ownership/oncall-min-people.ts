/** Assesses whether enough people share the on-call rota, by the number the manifest gives. Does not ask the paging tool. */
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing } from '../define.ts';
import { integer } from '../params.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary: 'Compares `oncall.participants` in the manifest with the least number of people for the tier.',
  needs: [],
  params: { people: integer('The least number of people that take turns.', 2, 1) },
  ofClaims: true,
  assess(subject) {
    const { claims, params, manifest, service, at } = subject;
    const participants = claims.oncall?.participants;
    if (participants === undefined) {
      const fix = `Add \`oncall.participants:\`, the number of people that take turns; a tier ${service.tier} service needs ${params.people}.`;
      const message = 'nobody can see how often the same person is woken';
      return missing(unclaimed(manifest, 'how many people share the rota'), [
        { message, ...placed(claimPlace(subject, '/oncall')), fix, subject: 'participants' },
      ]);
    }
    const claim = at('/oncall/participants');
    if (participants >= params.people)
      return declared(
        `${counted(participants, 'person shares', 'people share')} the rota; ${params.people} are needed`,
        claim,
      );
    const message =
      participants === 0
        ? 'nobody is on the rota, so a page reaches nobody'
        : `${counted(participants, 'person', 'people')} on the rota: each is on call ${Math.round(100 / participants)} % of the time, and one holiday leaves a gap`;
    const fix = `Bring ${counted(params.people - participants, 'more person', 'more people')} onto the rota, or share one with a neighbouring team.`;
    return contradicted(
      `${participants} < ${params.people} people on the rota`,
      [{ message, at: claim, fix, subject: 'participants' }],
      { claim },
    );
  },
});
