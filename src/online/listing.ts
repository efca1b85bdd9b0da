/** A list that a server gives page by page, read to its end: half a list is an error and never a shorter list. */
import { exchange, type Incoming, type Limits, type Outgoing } from './exchange.ts';
import { type Client, type ClientSettings, jsonOf, openClient } from './http.ts';
import { OnlineError } from './online-error.ts';

/** How a list is asked for. */
export interface Listing extends Omit<ClientSettings, 'send' | 'limits' | 'longestWait'> {
  /** Of each request; they may hold a token, and go to the host of the first page alone. */
  readonly headers: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
}

/** A hundred thousand repositories, a hundred on a page. */
const MOST_PAGES = 1000;
/** Servers give a hundred, or what they are asked for. */
const MOST_ON_A_PAGE = 1000;
/** A hundred repositories take about 700 KB at GitHub. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Milliseconds that a server may ask to be left alone: a limit for the minute is waited for, one for the hour is not. */
const LONGEST_WAIT = 65_000;

/** What `read` makes of every entry of the list that begins at an address: entries are large, and no page is kept. Rejects with an OnlineError. */
export async function everyEntry<T>(
  first: string,
  listing: Listing,
  read: (entry: unknown) => T,
): Promise<readonly T[]> {
  const { origin } = new URL(first);
  const client = openClient({
    ...listing,
    limits: { maxBytes: MOST_BYTES, ...listing.limits },
    longestWait: LONGEST_WAIT,
    send: (outgoing, limits) => sendWithin(origin, outgoing, limits),
  });
  const entries: T[] = [];
  const seen = new Set<string>();
  for (let url: string | undefined = first; url !== undefined; ) {
    if (seen.has(url)) throw new OnlineError(`the list at ${origin} leads in a circle`);
    if (seen.size >= MOST_PAGES) throw new OnlineError(`the list at ${origin} has more than ${MOST_PAGES} pages`);
    seen.add(url);
    const answer: Incoming = await pageAt(client, url, listing, seen.size === 1);
    const page = jsonOf(answer, url);
    if (!Array.isArray(page)) throw new OnlineError(`${origin} did not answer with a list`);
    if (page.length > MOST_ON_A_PAGE) throw new OnlineError(`${origin} answered with a page of ${page.length} entries`);
    entries.push(...(page as readonly unknown[]).map(read));
    url = nextOf(answer, url, origin);
  }
  return entries;
}

/** The status of a later page is not handed on: what 404 says of a list, it does not say of the rest of one. */
async function pageAt(client: Client, url: string, { headers }: Listing, first: boolean): Promise<Incoming> {
  try {
    return await client.ask({ url, headers });
  } catch (error) {
    throw first || !(error instanceof OnlineError) ? error : new OnlineError(error.message);
  }
}

async function sendWithin(origin: string, outgoing: Outgoing, limits: Limits): Promise<Incoming> {
  if (outgoing.url.origin === origin) return exchange(outgoing, limits);
  throw new OnlineError(`${origin} leads to ${outgoing.url.host}, which nobody named`);
}

/** The address of the next page, as the Link header has it; undefined on the last. */
function nextOf({ headers }: Incoming, from: string, origin: string): string | undefined {
  const links = (headers.get('link') ?? '').matchAll(/<([^<>]{1,4000})>([^<>]{0,400})/g);
  const target = [...links].find(([, , more = '']) => /;\s*rel="?next"?/i.test(more))?.[1];
  if (target === undefined) return undefined;
  const next = URL.canParse(target, from) ? new URL(target, from) : undefined;
  if (next?.origin === origin && next.username === '') return next.href;
  throw new OnlineError(`the next page of the list at ${origin} is said to be elsewhere, which is not followed`);
}
