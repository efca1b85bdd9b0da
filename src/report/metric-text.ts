/** Metrics as OpenMetrics writes them: the one escaper of labels, and a family whole. */
import { visible } from './escape-terminal.ts';

/** Labels as they stand between braces. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

/** The one escaper of label values; `visible` has left no line end. */
function escaped(value: string): string {
  return visible(value).replace(/[\\"]/g, '\\$&');
}

/** The two lines that a family begins with. */
export function familyHead({ name, help }: { readonly name: string; readonly help: string }): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`;
}
