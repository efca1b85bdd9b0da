/** What services are called where each needs a name of its own: two of them may have the same. Pure. */

import { grouped } from '../grouped.ts';
import type { ServiceReport } from '../model.ts';
import { visible } from './escape-terminal.ts';

/** Longest part of a label, in characters. */
const LONGEST = 100;

/** One label a service, no two the same: its name, with its folder where several have that name, with a number where even that is not enough. */
export function serviceLabels(services: readonly ServiceReport[]): readonly string[] {
  const names = services.map(({ service }) => short(service.name));
  const sharing = grouped(names, (name) => name);
  const taken = new Set<string>();
  return services.map(({ service }, index) => {
    const name = names[index] ?? '';
    const several = (sharing.get(name)?.length ?? 0) > 1;
    return untaken(several ? `${name} (${short(service.dir) || '.'})` : name, taken);
  });
}

/** Cut before it is compared, so that whoever escapes the label leaves the difference in. */
function short(text: string): string {
  return [...visible(text)].slice(0, LONGEST).join('');
}

function untaken(wanted: string, taken: Set<string>): string {
  let label = wanted;
  for (let count = 2; taken.has(label); count += 1) label = `${wanted} #${count}`;
  taken.add(label);
  return label;
}
