/** Assesses whether every rule that the manifest sets aside exists and is set aside for a reason. Does not judge whether the reason is true. */
import { nearest } from '../../nearest.ts';
import { contradicted, defineCheck, notApplicable, verified } from '../define.ts';
import { integer } from '../params.ts';
import { counted } from '../words.ts';
import { emptiness } from './reasons.ts';

/** Areas whose rules guard the judgement itself; `na` does not reach them. */
const GUARDED = /^(manifest|waivers)\//;

export const check = defineCheck({
  summary:
    'Reads `na` in the manifest: each entry names a rule that exists and may be set aside, and a reason about the service. "Not needed" is none, and "not yet" is a waiver with an end.',
  needs: ['judged'],
  params: { letters: integer('The least number of letters and digits in a reason.', 8, 1) },
  assess({ manifest, claims, evidence, params, at }) {
    const entries = claims.na ?? [];
    if (entries.length === 0)
      return notApplicable(
        manifest.state === 'valid' ? `${manifest.path} sets no rule aside` : 'no valid manifest sets a rule aside',
      );
    const known = new Set(evidence.judged.facts.knownRules);
    const problems = entries.flatMap(({ rule, reason }, index) => {
      const trouble = unusable(rule, known) ?? emptiness(reason, params.letters);
      return trouble ? [{ ...trouble, at: at(`/na/${index}`), subject: rule }] : [];
    });
    const places = entries.map((_, index) => at(`/na/${index}`));
    if (problems.length === 0)
      return verified(`${counted(entries.length, 'rule')} set aside, each with a reason`, places);
    return contradicted(
      `${problems.length} of ${counted(entries.length, 'entry', 'entries')} in \`na\` cannot stand`,
      problems,
      { claim: at('/na') },
    );
  },
});

function unusable(rule: string, known: ReadonlySet<string>): { message: string; fix: string } | undefined {
  if (!known.has(rule)) {
    const close = nearest(rule, known);
    return {
      message: `sets "${rule}" aside, which is no rule, so the entry does nothing`,
      fix: close ? `Did you mean "${close}"?` : 'Name a rule that `gonogo rules` lists, or remove the entry.',
    };
  }
  if (!GUARDED.test(rule)) return undefined;
  return {
    message: `sets ${rule} aside, which guards the judgement itself and always applies`,
    fix: 'Remove the entry and meet the rule.',
  };
}
