/** The first lines of an audit in Markdown: the worst verdict, whether the set is whole, and a row a tier. Pure. */
import type { Audit } from '../../model-audit.ts';
import { joined, type Markdown, remark } from '../markdown-template.ts';
import { RULING_SIGNS } from '../signs.ts';
import { capital, counted, TIER_WORDS, verdictRuling, verdictWord } from '../words.ts';
import { missingSentence } from './missing.ts';
import type { Shown, Sums } from './sums.ts';
import { byWords, readyWords, SHOWN, servicesWords, total, worstOf } from './totals.ts';

/** Always there, however little room there is. */
export function totalsParts(audit: Audit, sums: Sums): readonly Markdown[] {
  const { repositories, unjudged } = sums;
  const lacking = unjudged.length > 0 && remark`, **${unjudged.length} of them not judged**`;
  return [
    remark`## ${RULING_SIGNS[verdictRuling(worstOf(sums))]} ${verdictWord(worstOf(sums))}: estate\n`,
    remark`${audit.missing && remark`**${missingSentence(audit.missing)}**\n`}`,
    remark`${capital(`${servicesWords(sums)} ${readyWords(sums).join(', ')}`.trim())}. ${counted(repositories, 'repository', 'repositories')}${lacking}, ${byWords(audit)}.\n`,
    tiers(sums),
  ];
}

function tiers(sums: Sums): Markdown {
  const rows = [...sums.byTier].sort(([a], [b]) => a - b);
  if (rows.length === 0) return remark``;
  const shown = SHOWN.filter((it) => total(sums, it) > 0);
  return remark`| Tier | ${joined(shown.map(head), ' | ')} |\n| --- |${{ source: ' ---: |'.repeat(shown.length) }}
${rows.map(
  ([tier, counts]) =>
    remark`| ${tier} ${TIER_WORDS[tier]} | ${joined(
      shown.map((it) => remark`${counts.get(it) ?? '·'}`),
      ' | ',
    )} |\n`,
)}`;
}

function head(shown: Shown): Markdown {
  const verdict = shown === 'nothing judged' ? undefined : shown;
  return remark`${RULING_SIGNS[verdictRuling(verdict)]} ${verdictWord(verdict)}`;
}
