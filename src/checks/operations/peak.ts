/** What the copies of a service carry against its highest load. Pure arithmetic over claims; knows no workload. */
import type { Nfrs } from '../../generated/service.ts';
import { compared } from '../amount.ts';
import { plain, reaches } from '../arithmetic.ts';

/** A number of the manifest, and where it stands. */
export interface Claimed {
  readonly text: number | string;
  readonly unit: string;
  readonly pointer: string;
}

/** The highest load: `capacity.peak`, else that of the throughput, else the throughput to sustain. */
export function peakOf(nfrs: Nfrs | undefined): Claimed | undefined {
  return (
    claimed(nfrs, 'capacity', 'peak') ?? claimed(nfrs, 'throughput', 'peak') ?? claimed(nfrs, 'throughput', 'target')
  );
}

/** What one copy carries. */
export function perCopy(nfrs: Nfrs | undefined): Claimed | undefined {
  return claimed(nfrs, 'capacity', 'per_instance') ?? claimed(nfrs, 'throughput', 'per_instance');
}

function claimed(
  nfrs: Nfrs | undefined,
  name: 'capacity' | 'throughput',
  key: 'peak' | 'target' | 'per_instance',
): Claimed | undefined {
  const text = nfrs?.[name]?.[key];
  return text === undefined ? undefined : { text, unit: nfrs?.[name]?.unit ?? '', pointer: `/nfrs/${name}/${key}` };
}

/** What one copy carries and the peak, both in the measure that `of` names. */
export interface Load {
  readonly each: number;
  readonly peak: number;
  readonly of: string;
}

/** The numbers of both claims in one measure; undefined where one is none, or they count different things. */
export function measures(one: Claimed, peak: Claimed): Load | undefined {
  const unit = one.unit || peak.unit;
  const [a, b] = compared(one.text, peak.text, unit) ?? [];
  return a && b && a.value > 0 ? { each: a.value, peak: b.value, of: a.of } : undefined;
}

/** Whether so many copies carry the peak with a margin. */
export function covers(copies: number, { each, peak }: Load, margin: number): boolean {
  return reaches(copies * each, peak * margin);
}

/** `10 × 60 = 600 ≥ 1.2 × 450 = 540 requests a second`. */
export function carried(copies: number, load: Load, margin: number): string {
  const { each, peak, of } = load;
  const sign = covers(copies, load, margin) ? '≥' : '<';
  const wanted = margin === 1 ? plain(peak) : `${plain(margin)} × ${plain(peak)} = ${plain(peak * margin)}`;
  return `${copies} × ${plain(each)} = ${plain(copies * each)} ${sign} ${wanted} ${of}`.trimEnd();
}
