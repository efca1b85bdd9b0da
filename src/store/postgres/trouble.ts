/** What goes wrong with a database, as a sentence. Pure. */
import { InputError } from '../../input-error.ts';
import { table } from '../../table.ts';

/** By the system's codes and PostgreSQL's (Appendix A of its documentation). */
const SENTENCES: Readonly<Record<string, readonly [what: string, hint: string]>> = table({
  ECONNREFUSED: ['nobody listens there', 'start the server, or correct host and port'],
  ENOENT: ['there is no such socket', 'start the server, or correct the folder of its socket'],
  ENOTFOUND: ['its host is not known', 'correct the host'],
  EAI_AGAIN: ['its host is not known right now', 'try again'],
  ETIMEDOUT: ['it does not answer', 'see whether it can be reached from here'],
  EHOSTUNREACH: ['its host cannot be reached', 'see whether it can be reached from here'],
  '28P01': ['it does not take the password', 'set PGPASSWORD, or a line in ~/.pgpass'],
  '28000': ['it does not let this user in', "correct the user, or the server's pg_hba.conf"],
  '3D000': ['it has no such database', 'create the database, or correct its name'],
  '42501': ['this user may not do that', 'see "Rights" in docs/store.md'],
  '53100': ['its disk is full', 'free some space there'],
  '53300': ['it has no connection left', 'try again'],
  '55P03': ['another one holds it for too long', 'try again'],
  '57014': ['it took too long', 'try again'],
});

const AWAY: readonly [string, string] = ['it went away meanwhile', 'nothing of the run was kept; try again'];
const GONE = /^(57P0[1-5]|08\w{3}|ECONNRESET|EPIPE)$/;

/** The trouble in words; what is ours already stays. `secret` is looked for and left out, whoever wrote it into the message. */
export function trouble(error: unknown, shown: string, secret: string | undefined): InputError {
  if (error instanceof InputError) return error;
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException;
  const [what, hint] = wordsFor(code, message);
  const said = secret === undefined || secret === '' ? what : what.replaceAll(secret, '***');
  return new InputError(`the store ${shown} fails: ${said}`, '--store', hint);
}

function wordsFor(code: string, message: string): readonly [string, string] {
  const known = SENTENCES[code];
  if (known) return known;
  if (GONE.test(code) || /Connection terminated|connection.*closed/i.test(message)) return AWAY;
  if (/no password|password must be a string|SASL.*password/i.test(message))
    return ['it wants a password, and there is none', 'set PGPASSWORD, or a line in ~/.pgpass'];
  if (/time(d )?out/i.test(message)) return ['it does not answer in time', 'see whether it can be reached from here'];
  return [message.split('\n')[0] ?? message, 'see what its log says'];
}
