/** What a badge says: the verdict and the one number that explains it, and in which tone. Holds no text from a repository. Pure. */
import type { Report } from '../model.ts';
import { tally, wasJudged } from './tally.ts';
import { NOTHING_JUDGED, VERDICT_WORDS } from './words.ts';

/** How the badge is coloured; grey where nothing was judged, and green only where all that was named was. */
export type Tone = 'green' | 'amber' | 'red' | 'grey';

/** The two halves of a badge. */
export interface BadgeFace {
  readonly label: string;
  readonly message: string;
  readonly tone: Tone;
}

const LABEL = 'production readiness';

/** The face of a report. */
export function badgeFace({ verdict, services }: Report): BadgeFace {
  const totals = tally(services.flatMap(({ findings }) => findings));
  const judged = services.filter(wasJudged).length;
  const word = VERDICT_WORDS[verdict].word;
  if (judged === 0) return { label: LABEL, message: NOTHING_JUDGED, tone: 'grey' };
  if (verdict === 'NO-GO') return { label: LABEL, message: `${word} · ${totals.blocking} blocking`, tone: 'red' };
  if (verdict === 'CONDITIONAL GO')
    return { label: LABEL, message: `${word} · ${totals.waived} waived`, tone: 'amber' };
  if (judged < services.length)
    return { label: LABEL, message: `${word} · ${judged} of ${services.length} services judged`, tone: 'amber' };
  return { label: LABEL, message: `${word} · ${totals.met} of ${totals.applicable} met`, tone: 'green' };
}
