/** What a gate on changes says for itself, the same in every human format. Pure. */
import type { Against, Change, Waiver } from '../model.ts';
import { daysLeft } from './waiver-clock.ts';
import { counted } from './words.ts';

const AGAINST_WORDS: Readonly<Record<Against['what'], string>> = {
  commit: 'since',
  report: 'since the report',
  folder: 'since the folder',
  baseline: 'beyond the baseline',
};

/** Why the gate passes or fails: a clause. */
export function gateReason({ against, passes, services }: Change): string {
  const count = services.flatMap(({ rules }) => rules).filter(({ blocks }) => blocks).length;
  const left = services.filter(({ abandoned }) => abandoned).map(({ service }) => service);
  const parts = [
    count > 0 ? worse(count, against) : '',
    left.length > 0 ? `${left.join(', ')} ${left.length === 1 ? 'is' : 'are'} judged no more and still there` : '',
  ].filter(Boolean);
  if (parts.length > 0) return `${parts.join(', and ')} ${thenWords(against)}`;
  if (passes)
    return `nothing ${against.what === 'baseline' ? 'blocks' : 'that blocks got worse'} ${thenWords(against)}`;
  return against.what === 'baseline'
    ? `the baseline ${against.name} holds what is fixed`
    : `nothing that blocks got worse ${thenWords(against)}, but a baseline holds what is fixed`;
}

function worse(count: number, { what }: Against): string {
  const verb = count === 1 ? 'blocks' : 'block';
  return what === 'baseline' ? `${counted(count, 'rule')} ${verb}` : `${counted(count, 'rule')} that ${verb} got worse`;
}

function thenWords({ what, name, commit }: Against): string {
  const id = commit === undefined || commit === name ? '' : ` (${commit.slice(0, 12)})`;
  return `${AGAINST_WORDS[what]} ${name}${id}`;
}

/** Who agreed to a waiver that came with the change, and until when. */
export function agreementWords({ owner, approvedBy, expires }: Waiver, asOf: string): string {
  const approved = approvedBy === undefined ? 'nobody named as approver' : `approved by ${approvedBy}`;
  return `accepted by ${owner}, ${approved}, until ${expires} (${daysLeft(asOf, expires)})`;
}
