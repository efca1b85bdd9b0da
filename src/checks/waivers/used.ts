/** Assesses whether every valid waiver still covers something. Looks at the other rules' findings. */
import { contradicted, defineCheck, notApplicable, verified } from '../define.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Holds each valid waiver against the findings: one that covers nothing is over. Waivers of rules that were not judged or do not apply are left alone, and so are those of a file that several services share.',
  needs: ['judged'],
  params: {},
  assess({ evidence, service }) {
    const { findings, waivers } = evidence.judged.facts;
    const judged = new Map(findings.map((finding) => [finding.rule, finding]));
    const own = waivers.filter(({ claim, outcome }) => {
      const standing = judged.get(claim.rule)?.standing;
      return (
        outcome !== 'invalid' &&
        belongsTo(claim.at.path, service.dir) &&
        standing !== undefined &&
        standing !== 'not-applicable'
      );
    });
    if (own.length === 0)
      return notApplicable(
        waivers.length === 0 ? 'there are no waivers' : 'no valid waiver concerns a rule that was judged here',
      );
    const unused = own.filter(({ outcome }) => outcome === 'unused');
    if (unused.length === 0)
      return verified(
        `${counted(own.length, 'waiver')}, each covering a problem that is still there`,
        own.map(({ claim }) => claim.at),
      );
    const problems = unused.map(({ claim }) => ({
      message: `the waiver of ${claim.rule} covers nothing: ${
        claim.scope
          ? `the rule has no problem at ${claim.scope}`
          : `the rule is met (${judged.get(claim.rule)?.standing})`
      }`,
      at: claim.at,
      fix: claim.scope
        ? 'Remove the waiver, or correct its scope.'
        : 'Remove the waiver, so that it cannot hide the next problem.',
      subject: `${claim.rule} ${claim.scope ?? ''}`.trim(),
    }));
    return contradicted(
      `${unused.length} of ${counted(own.length, 'waiver')} ${unused.length === 1 ? 'covers' : 'cover'} nothing`,
      problems,
    );
  },
});

/** Whether a waivers file is the service's own, and not one at the root that several services share. */
function belongsTo(path: string, dir: string): boolean {
  return dir === '' || path.startsWith(`${dir}/`);
}
