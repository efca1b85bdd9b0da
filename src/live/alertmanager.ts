/** What Alertmanager's HTTP API says of the configuration that it runs. Pure; never throws. */
import { record, text } from './json.ts';

/** The configuration as YAML, secrets blotted out, from the answer to `/api/v2/status`. */
export function runningConfiguration(answer: unknown): string | undefined {
  const original = text(record(record(answer).config).original);
  return original?.trim() ? original : undefined;
}
