/** Records that a server gave before, by id and the instant of their last change. */
import { members } from '../advisories/fields.ts';
import type { KeptRecords } from '../online/osv.ts';
import { keptJson } from './kept-json.ts';

/** Kept in a folder, which is made when something is first kept. */
export function keptRecords(path: string): KeptRecords {
  const kept = keptJson(path);
  return {
    get: (id, modified) => {
      const { modified: of, record } = members(kept.get(id));
      return of === modified ? record : undefined;
    },
    put: (id, modified, record) => kept.put(id, { modified, record }),
  };
}
