/** How many services of an audit are ready: in one line, and by tier. */
import type { Tier } from '../../model.ts';
import type { Audit } from '../../model-audit.ts';
import { flow, type Lines } from '../layout.ts';
import type { Pen } from '../pen.ts';
import { verdictChunk, verdictText } from '../terminal-head.ts';
import { type Column, tableOf } from '../terminal-table.ts';
import { counted, TIER_WORDS, verdictRuling } from '../words.ts';
import { missingSentence } from './missing.ts';
import type { Sums } from './sums.ts';
import { byWords, readyWords, SHOWN, servicesWords, total, worstOf } from './totals.ts';

/** The worst verdict, how many services have which, and how many repositories that took. */
export function headline(audit: Audit, sums: Sums, pen: Pen): Lines {
  const counts = readyWords(sums);
  const lacking = sums.unjudged.length;
  return [
    ...(audit.missing ? flow(pen.width, [{ text: missingSentence(audit.missing), paint: pen.ruling.warn }]) : []),
    ...flow(
      pen.width,
      [
        verdictChunk(worstOf(sums), pen),
        { text: servicesWords(sums), whole: true, gap: 2 },
        ...counts.map((text, index) => ({ text: index < counts.length - 1 ? `${text},` : text, whole: true })),
      ],
      { hang: 2 },
    ),
    ...flow(
      pen.width,
      [
        `${counted(sums.repositories, 'repository', 'repositories')},`,
        lacking > 0 ? { text: `${lacking} of them not judged,`, paint: pen.ruling.warn } : undefined,
        { text: byWords(audit), paint: pen.dim },
      ],
      { indent: 2 },
    ),
  ];
}

/** A row a tier, a column a verdict. */
export function tiers(sums: Sums, pen: Pen): Lines {
  const rows = [...sums.byTier.keys()].sort((a, b) => a - b);
  if (rows.length === 0) return [];
  const columns: readonly Column<Tier>[] = [
    { head: '', cell: (tier) => `tier ${tier}` },
    { head: '', cell: (tier) => TIER_WORDS[tier], spare: 1 },
    ...SHOWN.filter((shown) => total(sums, shown) > 0).map((shown): Column<Tier> => {
      const verdict = shown === 'nothing judged' ? undefined : shown;
      return {
        head: verdictText(verdict, pen),
        cell: (tier) => String(sums.byTier.get(tier)?.get(shown) ?? pen.signs.nothing),
        paint: (tier) => (sums.byTier.get(tier)?.has(shown) ? pen.ruling[verdictRuling(verdict)] : pen.dim),
        align: 'right',
      };
    }),
  ];
  return tableOf(rows, columns, { width: pen.width, indent: 0, headPaint: pen.strong });
}
