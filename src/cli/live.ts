/** What `--live` lets be asked, and the code that asks, loaded when it is first needed. */
import { InputError } from '../input-error.ts';
import { type LiveSource, type Target, WHATS, type What } from '../live/live.ts';
import { nearest } from '../nearest.ts';
import type { Services } from '../online/services.ts';
import { keepSecret } from '../secrets.ts';
import { complain } from './streams.ts';

const FLAG = '--live';

/** What the operator lets be asked. */
type Asking = Pick<LiveSource, 'named' | 'manifestToo'>;

/** Reads the words of `--live`: `manifest`, or `prometheus=https://…`; the last of one kind counts. */
function askingFrom(words: readonly string[]): Asking {
  const named = words.filter((word) => word !== 'manifest').map(parse);
  return { named: Object.fromEntries(named), manifestToo: words.includes('manifest') };
}

function parse(word: string): readonly [What, string] {
  const [, name = '', address = ''] = /^([a-z]+)=(.+)$/s.exec(word) ?? [];
  if (name === '')
    throw new InputError(
      `"${word}" is not what=address`,
      FLAG,
      'write e.g. --live prometheus=https://…, or --live manifest; a path to judge stands before it',
    );
  const what = WHATS.find((it) => it === name);
  if (!what) {
    const close = nearest(name, WHATS);
    throw new InputError(
      `"${name}" is nothing that can be asked`,
      FLAG,
      close ? `did you mean "${close}"?` : `there are: ${WHATS.join(', ')}`,
    );
  }
  if (what !== 'pagerduty' && what !== 'opsgenie' && !isAddress(address))
    throw new InputError(
      `"${visibleAddress(address)}" is not an address that can be asked`,
      FLAG,
      'write https://host/path, without a user or password; a token comes from the environment',
    );
  return [what, address.replace(/\/+$/, '')];
}

function isAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

/** Without what may be a password. */
function visibleAddress(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//…@');
}

/** What the source is opened with. */
export interface LiveSetting {
  readonly words: readonly string[];
  readonly services: Services;
  readonly env: NodeJS.ProcessEnv;
  readonly agent: string;
  /** ISO instant. */
  readonly now: string;
}

/** The source; who is asked is said on stderr before it is. */
export async function liveFrom({ words, services, env, agent, now }: LiveSetting): Promise<LiveSource> {
  const asking = askingFrom(words);
  const { liveSource } = await import('../online/live/source.ts');
  return liveSource({
    ...asking,
    agent,
    now,
    schedules: { pagerduty: services.pagerDuty, opsgenie: services.opsgenie },
    tokens: tokensFrom(env),
    clock: () => performance.now(),
    announce,
  });
}

function announce({ what, namedBy }: Target, host: string): void {
  const by = namedBy === 'operator' ? 'named on the command line' : 'named in the manifest';
  complain(`live: asking ${host} (${what}, ${by})\n`);
}

const WITH_TOKEN = ['prometheus', 'alertmanager', 'pagerduty', 'opsgenie'] as const;

function tokensFrom(env: NodeJS.ProcessEnv): Readonly<Partial<Record<What, string>>> {
  return Object.fromEntries(
    WITH_TOKEN.flatMap((what) => {
      const variable = `GONOGO_${what.toUpperCase()}_TOKEN`;
      const token = env[variable]?.trim() ?? '';
      if (!/^[\x21-\x7e]*$/.test(token))
        throw new InputError('it holds more than one word of plain characters', variable, 'give the token alone');
      if (token !== '') keepSecret(token);
      return token === '' ? [] : [[what, token] as const];
    }),
  );
}
