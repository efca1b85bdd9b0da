/** A client for those who wait: a server that has let one request wait in vain is not asked again, so that the run ends. */
import type { Ask, Client } from './http.ts';
import { OnlineError } from './online-error.ts';

/** Refusals in a row after which a server is taken to be out of order; one may be the fault of what was asked for. */
const MOST_REFUSALS = 8;

/** What is remembered of a host. */
interface Host {
  refusals: number;
  /** The error by which it was given up. */
  lost?: OnlineError;
}

/** The same client, which gives a host up for the rest of its life after one silence, or several refusals one after another. */
export function givingUp(client: Client): Client {
  const hosts = new Map<string, Host>();
  return {
    ask: async (request: Ask) => {
      const key = URL.canParse(request.url) ? new URL(request.url).host : '';
      const host = hosts.get(key) ?? { refusals: 0 };
      hosts.set(key, host);
      if (host.lost) throw host.lost;
      try {
        const answer = await client.ask(request);
        host.refusals = 0;
        return answer;
      } catch (error) {
        if (error instanceof OnlineError && isFinal(error, host)) host.lost ??= error;
        // What was asked for at the same time fails for the same reason, and is said in the same words.
        throw host.lost ?? error;
      }
    },
  };
}

function isFinal({ passing, slow, status }: OnlineError, host: Host): boolean {
  if (slow) return true;
  if (!passing) return false;
  if (status === undefined) return true;
  host.refusals += 1;
  return host.refusals >= MOST_REFUSALS;
}
