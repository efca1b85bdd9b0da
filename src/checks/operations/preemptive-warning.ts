/** Assesses whether what can run out or expire has an alert that fires before it does. */
import type { Block } from '../../evidence/terraform/block.ts';
import { alertScope, unreadClause } from '../alert-scope.ts';
import { assessed, contradicted, defineCheck, notApplicable, unknown } from '../define.ts';
import { worstStanding } from '../parts.ts';
import { distinct } from '../places.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { shortened } from '../words.ts';
import { inProduction } from '../workload-scope.ts';
import { type Answer, answerAcm, answerFinite, answerLimit } from './warnings.ts';

export const check = defineCheck({
  summary:
    "Takes every limit of `nfrs.capacity.limits`, every certificate that cert-manager or AWS keeps for production, and every volume that production claims. Each needs an alert whose query compares with something below the limit: a share below one, a number below the limit in its unit, days above nothing, or `predict_linear`. A limit's alert is the one it names under `alert`, else one whose metrics have all words of its id. A certificate's and a volume's alert has to select it. That an alert has a promising name counts for nothing.",
  needs: ['alerts', 'references', 'terraform', 'workloads'],
  params: severityParams,
  assess(subject) {
    const { claims, evidence, at } = subject;
    const scope = alertScope(subject);
    const alerts = scope.alerts.filter(({ muted, urgency }) => !muted && !urgency.informational);
    const limits = (claims.nfrs?.capacity?.limits ?? []).map((limit, index) =>
      answerLimit(limit, at(`/nfrs/capacity/limits/${index}`), alerts, alerts.length < scope.alerts.length),
    );
    const finite = inProduction(evidence.workloads.facts.finite, subject).map((it) => answerFinite(it, alerts));
    const acm = acmIn(evidence.terraform.facts.blocks);
    const kept = acm.map((block) => answerAcm(block, alerts, acm.length));
    const answers: readonly Answer[] = [...limits, ...once([...finite, ...kept])];
    if (answers.length === 0) return notApplicable('no limit is declared, and no certificate and no volume is here');
    const [warned, silent] = [answers.filter(({ standing }) => standing === 'verified'), answers.filter(isOpen)];
    const because = [
      `${share(warned.length, answers.length, ['thing that can run out', 'things that can run out'], ['has', 'have'])} an alert that fires before: ${shortened(
        answers.map(({ said }) => said),
        4,
      )}`,
      silent.length > 0 && scope.unread.length > 0 ? unreadClause(scope.unread) : '',
    ].filter(Boolean);
    const problems = answers.flatMap((it) => it.problems ?? []);
    const shown = distinct(answers.flatMap((it) => it.evidence ?? [])).slice(0, 10);
    const standing = worstStanding(answers);
    if (standing === 'contradicted') return contradicted(because.join('; '), problems, { evidence: shown });
    const [hidden] = standing === 'missing' ? scope.unread : standing === 'verified' ? evidence.workloads.unread : [];
    if (hidden)
      return unknown(`${because.join('; ')}; ${hidden.at.path} could not be read: ${hidden.detail}`, {
        evidence: [...shown, hidden.at],
      });
    return assessed(standing, because.join('; '), { evidence: shown, problems });
  },
});

function isOpen({ standing }: Answer): boolean {
  return standing === 'missing';
}

function acmIn(blocks: readonly Block[]): readonly Block[] {
  return blocks.filter(({ type, kind, absent }) => type === 'aws_acm_certificate' && kind === 'resource' && !absent);
}

/** The same certificate in several regions is told of once. */
function once(answers: readonly Answer[]): readonly Answer[] {
  return [...new Map(answers.map((it) => [it.said, it])).values()];
}
