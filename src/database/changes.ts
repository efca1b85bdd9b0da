/** Reads a list of changes, `<instant>,<id>` a line with the newest first, only as far back as is wanted. */
import { isMalwareId } from './records.ts';

/** What was changed. */
export interface Changes {
  /** Ids of advisories, each once. */
  readonly ids: readonly string[];
  /** Whether malicious packages were changed as well. */
  readonly malware: boolean;
}

/** Takes the text of the list as it comes. */
export interface ChangesReader {
  begin(): void;
  /** Throws StopReadingError when the rest does not matter. */
  write(chunk: Buffer): void;
  /** What was read. */
  changes(): Changes;
}

/** No more of the list is wanted: it went back far enough, or it says too much or nothing that is understood. */
export class StopReadingError extends Error {
  readonly enough: boolean;

  constructor(enough: boolean) {
    super();
    this.enough = enough;
  }
}

const LONGEST_LINE = 300;

/** Reads what was changed at an instant or later, of at most so many advisories. */
export function readChanges(since: string, most: number): ChangesReader {
  const start = Date.parse(since);
  let ids = new Set<string>();
  let malware = false;
  let rest = '';
  function take(line: string): void {
    const [, instant = '', id = ''] = /^([^,]{1,40}),([A-Za-z0-9][\w.:-]{0,150})\r?$/.exec(line) ?? [];
    const time = Date.parse(instant);
    if (Number.isNaN(time)) throw new StopReadingError(false);
    if (time < start) {
      rest = '';
      throw new StopReadingError(true);
    }
    if (isMalwareId(id)) malware = true;
    else ids.add(id);
    if (ids.size > most) throw new StopReadingError(false);
  }
  return {
    begin: () => {
      ids = new Set();
      malware = false;
      rest = '';
    },
    write: (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) throw new StopReadingError(false);
      for (const line of lines) take(line);
    },
    changes: () => {
      const last = rest;
      rest = '';
      if (last !== '') take(last);
      return { ids: [...ids], malware };
    },
  };
}

/** The changes, or undefined where the list cannot tell; whatever else `read` throws is thrown. */
export async function changesFrom<T>(
  reader: ChangesReader,
  read: () => Promise<T>,
): Promise<{ readonly changes: Changes; readonly answer?: T } | undefined> {
  let answer: T | undefined;
  try {
    answer = await read();
    return { changes: reader.changes(), answer };
  } catch (error) {
    if (!(error instanceof StopReadingError)) throw error;
    if (!error.enough) return undefined;
    return { changes: reader.changes(), ...(answer !== undefined && { answer }) };
  }
}
