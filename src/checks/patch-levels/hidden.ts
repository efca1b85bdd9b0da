/** What could not be read may hold what would have changed the answer. Pure. */
import type { Assessment, Unread } from '../../model.ts';
import { unknown } from '../define.ts';
import { counted } from '../words.ts';

/** The assessment, or unknown in place of verified where something was there that could not be read. */
export function unlessHidden(assessment: Assessment, unread: readonly Unread[]): Assessment {
  const [first] = unread;
  if (!first || assessment.standing !== 'verified') return assessment;
  const more = unread.length > 1 ? ` and ${counted(unread.length - 1, 'other')}` : '';
  return unknown(`${assessment.because}; but ${first.at.path}${more} could not be read: ${first.detail}`, {
    evidence: [...assessment.evidence, first.at].slice(0, 10),
  });
}
