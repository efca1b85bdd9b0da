/** `.trivyignore`: an id a line, perhaps with `exp:` and a day. After aquasecurity/trivy, docs/configuration/filtering.md. */
import { isAdvisoryId } from './advisory-ids.ts';
import type { Noted, NotedExceptions } from './exception.ts';
import { commentAt, ending, saidIn } from './said.ts';

const MOST_LINES = 20_000;

/** Reads the lines; those that name checks of configuration or secrets concern no package. */
export function readTrivyignore(text: string): NotedExceptions {
  const lines = text.split(/\r?\n/, MOST_LINES);
  const exceptions = lines.flatMap((line, index): readonly Noted[] => {
    const [id = '', ...words] = line.slice(0, 2000).replace(/#.*$/, '').trim().split(/\s+/);
    if (!isAdvisoryId(id)) return [];
    const end = words.find((it) => it.startsWith('exp:'))?.slice('exp:'.length);
    return [{ id, ...saidIn(commentAt(lines, index)), ...(end !== undefined && ending(end)), line: index + 1 }];
  });
  return { exceptions, left: 0 };
}
