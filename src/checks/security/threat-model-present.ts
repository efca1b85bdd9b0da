/** Assesses whether a threat model is written down: what is worth attacking, how, and what stands against it. */
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Part, ThreatModel } from '../../evidence/security-docs/threat-model.ts';
import type { Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, contradicted, declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { counted, listed } from '../words.ts';

const PARTS: readonly Part[] = ['assets', 'threats', 'mitigations'];
const WORDS: Readonly<Record<Part, string>> = {
  assets: 'what is worth attacking',
  threats: 'what can go wrong',
  mitigations: 'what stands against it',
};

export const check = defineCheck({
  summary:
    'Reads the threat model that the manifest names, and files called one: in Markdown headings or table columns about assets, threats and mitigations with something below them; in files of Threat Dragon, Threagile, pytm and the Microsoft tool what those hold. A title alone is none. Whether it is a good one nobody can tell from here.',
  needs: ['security-docs', 'references'],
  params: {},
  assess(subject) {
    const { evidence, manifest } = subject;
    const { threatModels, threatModelsElsewhere } = evidence['security-docs'].facts;
    const claim = referenceAt(evidence.references.facts, '/security/threat_model/path');
    const whole = threatModels.find((model) => lacking(model).length === 0);
    if (whole) {
      const more = threatModels.length > 1 ? `; ${counted(threatModels.length, 'threat model')} in all` : '';
      return verified(
        `${whole.at.path} says what is worth attacking, what can go wrong and what stands against it${more}`,
        [...new Map(whole.parts.map(({ at }) => [`${at.path}:${at.line}`, at])).values()],
        claim ? { claim: claim.at } : {},
      );
    }
    if (claim && ['no-file', 'no-match', 'no-section', 'outside', 'claim'].includes(claim.outcome))
      return contradicted(
        `the threat model ${claim.target} does not exist`,
        [{ message: `${claim.target} leads nowhere`, at: claim.at, fix: 'Correct the path.', subject: claim.target }],
        { claim: claim.at },
      );
    if (threatModels.length > 0) return incomplete(threatModels, claim !== undefined);
    if (claim?.outcome === 'url' || claim?.outcome === 'root-not-at-hand')
      return declared(`the threat model is said to be at ${claim.target}, which is not opened`, claim.at);
    if (claim)
      return unknown(`${claim.target} is there, and no threat model could be read from it`, {
        claim: claim.at,
        evidence: claim.matches.slice(0, 5),
      });
    const [away] = threatModelsElsewhere;
    if (away)
      return unknown(`${away.at.path} says that it is kept at ${away.to}, which is not opened`, {
        evidence: [away.at],
      });
    return missing(`${unclaimed(manifest, 'a threat model')}, and no file is called one`, [
      {
        message: 'what an attacker would try first was never written down',
        ...placed(claimPlace(subject, '/security')),
        fix: 'Draw what talks to what, ask at each arrow what can go wrong, and write down what stands against it; name the page in `security.threat_model`.',
        subject: 'threat-model',
      },
    ]);
  },
});

function lacking({ parts }: ThreatModel): readonly Part[] {
  return PARTS.filter((part) => !parts.some((it) => it.part === part));
}

function incomplete(models: readonly ThreatModel[], claimed: boolean): ReturnType<typeof missing> {
  const problems = models.map((model): Problem => {
    const gaps = lacking(model).map((part) => WORDS[part]);
    return {
      message: `it does not say ${listed(gaps)}`,
      at: model.at,
      fix: `Add a section on ${listed(lacking(model))}.`,
      subject: model.at.path,
    };
  });
  const because = `${models.length === 1 ? 'the threat model is' : `all ${models.length} threat models are`} incomplete`;
  return assessed(claimed ? 'contradicted' : 'missing', because, { evidence: models.map(({ at }) => at), problems });
}
