/** Where this user's runs of audits are kept unless a folder is named: in a home that exists, and never in one made for it. */
import { mkdtempSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../input-error.ts';
import { makeFolder } from '../repo/make-folder.ts';
import { asInputError } from '../repo/write.ts';
import { instantNow } from './reference.ts';

/** A new folder for a run, which only this user may enter; throws an InputError where there can be none. */
export function newRunFolder(env: NodeJS.ProcessEnv, home: string = homedir()): string {
  const folder = join(stateFolder(env, home), 'gonogo', 'runs');
  makeFolder(folder);
  try {
    return mkdtempSync(join(folder, `${instantNow().slice(0, 19).replaceAll(':', '')}-`));
  } catch (error) {
    throw asInputError(error, folder);
  }
}

/** Only absolute paths count, as the XDG specification has it. */
function stateFolder({ XDG_STATE_HOME: given, LOCALAPPDATA: local }: NodeJS.ProcessEnv, home: string): string {
  if (given !== undefined && /^([/\\]|[a-z]:[/\\])/i.test(given)) return given;
  if (process.platform === 'win32' && local) return local;
  // A home that is not there, as in a container, is nothing for us to build.
  if (!isFolder(home)) throw new InputError(`there is no home folder "${home}"`, 'HOME', 'name a folder with --run');
  return join(home, '.local', 'state');
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
