/** Reads one file of waivers into claims with their lines. Does not decide whether they hold. */
import type { SourceFile } from '../evidence/collector.ts';
import { placeIn } from '../evidence/sources.ts';
import { validate } from '../generated/validate-waivers.js';
import type { GonogoWaivers } from '../generated/waivers.ts';
import type { Place, Unread, WaiverClaim } from '../model.ts';
import { describeError, parseStrict } from './parse.ts';
import type { Positions } from './pointer.ts';

/** The claims that a text makes; none after noting what is wrong with it. */
export function readWaivers(file: SourceFile, text: string, unread: Unread[]): readonly WaiverClaim[] {
  const parsed = parseStrict(text, file.path);
  const problem = parsed.problems[0] ?? (validate(parsed.value) ? undefined : misfit(file, parsed.positions));
  if (problem) unread.push({ at: problem.at, reason: 'invalid-syntax', detail: problem.message });
  return problem
    ? []
    : claimsOf(parsed.value as GonogoWaivers, (pointer) => {
        const position = parsed.positions[pointer];
        return placeIn(file, position?.[0], position?.[1]);
      });
}

/** The first thing in which the file does not fit its schema, with the line of the key or of what is around it. */
function misfit(file: SourceFile, positions: Positions): { readonly at: Place; readonly message: string } {
  const { message, pointer } = describeError(validate.errors?.[0]);
  let at = pointer;
  while (at !== '' && !positions[at]) at = at.slice(0, at.lastIndexOf('/'));
  return { at: placeIn(file, ...(positions[at] ?? [1, 1])), message };
}

function claimsOf(file: GonogoWaivers, at: (pointer: string) => WaiverClaim['at']): readonly WaiverClaim[] {
  return file.waivers.map((entry, index) => ({
    rule: entry.rule,
    ...(entry.scope !== undefined && { scope: entry.scope }),
    ...(entry.reason !== undefined && { reason: entry.reason }),
    ...(entry.owner !== undefined && { owner: entry.owner }),
    ...(entry.approved_by !== undefined && { approvedBy: entry.approved_by }),
    ...(entry.ticket !== undefined && { ticket: entry.ticket }),
    ...(entry.from !== undefined && { from: entry.from }),
    ...(entry.expires !== undefined && { expires: entry.expires }),
    at: at(`/waivers/${index}`),
  }));
}
