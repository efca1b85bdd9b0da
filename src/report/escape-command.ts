/** The one escaper of GitHub's workflow commands, as actions/toolkit writes them (packages/core/src/command.ts). */
import { visible } from './escape-terminal.ts';

/** One command on a line of its own; properties without a value are left out. */
export function workflowCommand(
  name: 'error' | 'warning' | 'notice',
  properties: readonly (readonly [key: string, value: string | number | undefined])[],
  lines: readonly string[],
): string {
  const set = properties.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${property(String(value))}`]));
  return `::${name}${set.length > 0 ? ` ${set.join(',')}` : ''}::${lines.map(message).join('%0A')}\n`;
}

/** Controls and line ends are shown rather than sent, so that the raw log of a run is as harmless as what GitHub makes of it. */
function message(text: string): string {
  return visible(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
