/** Sentences on what else differs between two reports: the checklists, the tool, the day, and how a service wants to be judged. Pure. */
import type { Report, Service, ServiceReport } from '../model.ts';
import type { Pair } from './pairs.ts';

/** By which yardstick something was written. */
export type Yardstick = Pick<Report, 'tool' | 'checklists'>;

/** Whether both were judged by the very same rules. */
export function sameChecklists(before: Pick<Report, 'checklists'>, after: Pick<Report, 'checklists'>): boolean {
  return changedChecklists(before, after).length === 0;
}

/** What the yardstick's difference means for the comparison. */
export function yardstickNotes(
  before: Yardstick & { readonly asOf?: string },
  after: Yardstick & { readonly asOf?: string },
): readonly string[] {
  const changed = changedChecklists(before, after);
  return [
    changed.length > 0
      ? `the checklists are not the same (${changed.join(', ')}): a rule that was not judged before did not get worse by this change`
      : '',
    before.tool.version === after.tool.version
      ? ''
      : `before was judged by gonogo ${before.tool.version}, now by ${after.tool.version}`,
    before.asOf === undefined || after.asOf === undefined || before.asOf === after.asOf
      ? ''
      : `ages were counted on ${before.asOf} before, now on ${after.asOf}`,
  ].filter(Boolean);
}

/** How a service's own yardstick changed, and services that came or went; `abandoned` where one went and its folder stayed. */
export function differences(
  { before, after }: Pair<ServiceReport, ServiceReport>,
  abandoned: boolean,
): readonly string[] {
  if (!before) return after ? [`${after.service.name} is new`] : [];
  if (!after)
    return [`${before.service.name} is judged no more${abandoned ? ', though its folder is still there' : ''}`];
  return FIELDS.flatMap((field) => {
    const [was, is] = [before.service[field], after.service[field]];
    return was === is
      ? []
      : [`${after.service.name} was judged as ${named(field, was)} before, now as ${named(field, is)}`];
  });
}

const FIELDS = ['tier', 'stage', 'profile', 'name'] as const;

function named(field: (typeof FIELDS)[number], value: Service[(typeof FIELDS)[number]]): string {
  return field === 'name' ? `"${value}"` : field === 'profile' ? `profile ${value}` : `${field} ${value}`;
}

function changedChecklists(before: Pick<Report, 'checklists'>, after: Pick<Report, 'checklists'>): readonly string[] {
  const [then, now] = [before, after].map((it) => new Map(it.checklists.map(({ name, digest }) => [name, digest])));
  const names = [...new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])])];
  return names.filter((name) => then?.get(name) !== now?.get(name));
}
