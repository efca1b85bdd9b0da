/** Assesses whether every file of the service has an owner in CODEOWNERS, or in an OWNERS file above it. */
import { contradicted, defineCheck, missing, notApplicable, verified } from '../define.ts';
import { integer } from '../params.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    "Matches the service's own files against CODEOWNERS the way the forges do: the last rule that matches decides, one for each section on GitLab. Vendored, generated, test and example trees are set aside.",
  needs: ['owners'],
  params: { share: integer('The least share of owned files, in percent.', 100) },
  assess({ evidence, params }) {
    const { codeowners, ignored, files, owned, uncovered, approvers } = evidence.owners.facts;
    if (files === 0) return notApplicable('the service has no files of its own');
    if (!codeowners) {
      const root = approvers.filter((it) => it.approvers.length > 0);
      if (root.length > 0)
        return verified(
          `OWNERS names who approves changes to all ${files} files`,
          root.map(({ at }) => at),
        );
      const problems = ignored.map((at) => ({
        message: `${at.path} is in a place where no forge looks`,
        at,
        fix: 'Move it to CODEOWNERS, .github/CODEOWNERS or docs/CODEOWNERS.',
        subject: at.path,
      }));
      return missing(`there is no CODEOWNERS, so none of ${counted(files, 'file')} has an owner`, problems);
    }
    const percent = (100 * owned) / files;
    const arithmetic = `${owned} of ${counted(files, 'file')} ${files === 1 ? 'has' : 'have'} an owner in ${codeowners.at.path}`;
    const enough = percent >= params.share;
    const deciding = codeowners.rules.filter(({ decides, owners }) => decides > 0 && owners.length > 0);
    const places = deciding
      .toSorted((a, b) => b.decides - a.decides)
      .slice(0, 5)
      .map(({ at }) => at);
    if (enough)
      return verified(
        params.share < 100 ? `${arithmetic} (${percent.toFixed(0)} % ≥ ${params.share} %)` : arithmetic,
        places,
      );
    const problems = uncovered.map(({ folder, files: count }) => ({
      message: `${counted(count, 'file')} ${folder === './' ? 'at the top level' : `in ${folder}`} ${count === 1 ? 'has' : 'have'} no owner`,
      at: codeowners.at,
      fix:
        folder === './'
          ? 'Begin the file with a catch-all rule: `* @org/team`.'
          : `Add \`/${folder} @org/team\`, or a catch-all \`*\` as the first line.`,
      subject: folder,
    }));
    return contradicted(arithmetic, problems, { evidence: places });
  },
});
