/** Assesses how many of the statements that a repository could show are shown. Looks at the other rules' findings. */
import type { Standing } from '../../model.ts';
import { placed } from '../claimed.ts';
import { contradicted, defineCheck, notApplicable, verified } from '../define.ts';
import { integer } from '../params.ts';

const COUNTED: readonly Standing[] = ['verified', 'declared', 'contradicted', 'stale'];

export const check = defineCheck({
  summary:
    'Counts the findings of rules that look at the repository: verified against declared, contradicted and stale. Rules that only a manifest can answer, and those about the manifest and the waivers, do not count.',
  needs: ['judged'],
  params: { floor: integer('The least share of verified statements, in percent.', 75) },
  assess({ manifest, evidence, params, at }) {
    if (manifest.state !== 'valid') return notApplicable('there is no valid manifest, so nothing is claimed');
    const { findings, verifiable } = evidence.judged.facts;
    const within = new Set(verifiable);
    const claims = findings.filter(({ rule, standing }) => within.has(rule) && COUNTED.includes(standing));
    if (claims.length === 0) return notApplicable('no claim was judged that a repository could show');
    const count = (wanted: Standing): number => claims.filter(({ standing }) => standing === wanted).length;
    const shown = count('verified');
    const others = COUNTED.slice(1).flatMap((standing) =>
      count(standing) > 0 ? [`${count(standing)} ${standing}`] : [],
    );
    const percent = (100 * shown) / claims.length;
    const enough = percent >= params.floor;
    const arithmetic = `${shown} verified / ${claims.length} claims = ${percent.toFixed(1)} % ${enough ? '≥' : '<'} ${params.floor} %${others.length > 0 ? ` (${others.join(', ')})` : ''}`;
    if (enough) return verified(arithmetic, [at('/apiVersion')]);
    const problems = claims
      .filter(({ standing }) => standing === 'declared')
      .map(({ rule, claim }) => ({
        message: `${rule} is only declared`,
        ...placed(claim),
        fix: `Let the claim point at what shows it; \`gonogo explain ${rule}\` says what is looked for.`,
        subject: rule,
      }));
    return contradicted(arithmetic, problems, { claim: at('/apiVersion') });
  },
});
