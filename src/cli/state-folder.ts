/** Where this user's runs of audits are kept unless a folder is named: in a home that exists, and never in one made for it. */
import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { asInputError } from '../repo/write.ts';
import { instantNow } from './reference.ts';

/** A new folder for a run, which only this user may enter; throws an InputError where there can be none. */
export function newRunFolder(env: NodeJS.ProcessEnv, home: string = homedir()): string {
  const folder = join(stateFolder(env, home), 'gonogo', 'runs');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return mkdtempSync(join(folder, `${instantNow().slice(0, 19).replaceAll(':', '')}-`));
  } catch (error) {
    throw asInputError(error, folder);
  }
}

/** Only absolute paths count, as the XDG specification has it. */
function stateFolder({ XDG_STATE_HOME: given, LOCALAPPDATA: local }: NodeJS.ProcessEnv, home: string): string {
  if (given !== undefined && /^([/\\]|[a-z]:[/\\])/i.test(given)) return given;
  if (process.platform === 'win32' && local) return local;
  // Throws where nobody is at home, e.g. in a container: a home is nothing for us to build.
  statSync(home);
  return join(home, '.local', 'state');
}
