/** Assesses whether each requirement was tested for every stage the service has reached, and whether the cited results say what the manifest says. */
import type { Standing } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing, notApplicable } from '../define.ts';
import { list } from '../params.ts';
import { together } from '../parts.ts';
import { counted, listed } from '../words.ts';
import { targetsOf } from './dimensions.ts';
import { TESTED, validated } from './validated.ts';

export const check = defineCheck({
  summary:
    'Reads `validated` of every requirement that has a target: one entry for each stage that has been reached. The number in a cited k6, JMeter, Gatling or autocannon result has to agree with the claimed `result` and meet the target near its load; other evidence that exists is declared. An entry without `stage` counts for the stage of its day.',
  needs: ['references', 'load-results'],
  params: {
    stages: list('stages for which a test is asked', ['beta', 'live']),
    except: list('requirements that other rules look after', ['capacity', 'data_loss']),
  },
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, service, evidence, params, asOf, at } = subject;
    const targets = targetsOf(claims.nfrs).filter(({ name }) => !params.except.includes(name));
    if (targets.length === 0) {
      const message = 'without a target there is nothing that a test could show';
      const fix = 'Add `nfrs:` with targets, and `validated:` once they are tested.';
      return missing(unclaimed(manifest, 'a target that could be tested'), [
        { message, ...placed(claimPlace(subject, '/nfrs')), fix, subject: 'nfrs' },
      ]);
    }
    const now = service.stage === 'sunset' ? TESTED.length : TESTED.indexOf(service.stage);
    const reached = TESTED.filter((stage, index) => params.stages.includes(stage) && index <= now);
    if (reached.length === 0) return notApplicable(`no test is asked for at stage ${service.stage}`);
    const references = evidence.references.facts;
    const { results } = evidence['load-results'].facts;
    const question = { references, results, stages: claims.stages ?? {}, nfrs: claims.nfrs, asOf, at };
    const parts = targets.flatMap((target) => reached.map((stage) => validated(target, stage, question)));
    const count = (standing: Standing): number => parts.filter((part) => part.standing === standing).length;
    const said = [
      `${count('verified')} shown by results files`,
      `${count('declared')} by the manifest alone`,
      `${count('contradicted')} contradicted`,
      `${count('missing')} not tested`,
    ].filter((it) => !it.startsWith('0 '));
    const because = `${counted(targets.length, 'target')} for ${listed(reached)}: ${said.join(', ')}`;
    return together(parts, because, at('/nfrs'));
  },
});
