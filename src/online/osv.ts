/** Asks a server of OSV's API about packages: which records there are by name, in batches, then the records themselves, as far as they are not kept. */
import { items, members, word } from '../advisories/fields.ts';
import { advisoriesOf, type Merged } from '../advisories/merged.ts';
import { comparedName } from '../advisories/package-name.ts';
import type { Ecosystem } from '../versions/order.ts';
import { orderOf } from '../versions/orders.ts';
import { type Client, jsonOf } from './http.ts';
import { OnlineError } from './online-error.ts';

/** Records that were fetched before, by id and the instant of their last change. */
export interface KeptRecords {
  get(id: string, modified: string): unknown;
  put(id: string, modified: string, record: unknown): void;
}

/** What is asked with. */
export interface OsvServer {
  readonly client: Client;
  /** Address without a slash at its end. */
  readonly api: string;
  readonly kept: KeptRecords;
}

/** The most that the server takes at once. */
const BATCH = 1000;
const AT_ONCE = 8;
/** Rounds of pages for one batch; a record list of thousands has three. */
const MOST_PAGES = 100;
const MOST_RECORDS = 50_000;

/** Advisories on the named packages as of now; rejects with an OnlineError. Only for ecosystems that the server serves. */
export async function askOsv(server: OsvServer, ecosystem: Ecosystem, names: readonly string[]): Promise<Merged> {
  const hits = new Map<string, string>();
  // OSV keeps the names of PyPI as they are compared; others as their authors write them.
  const asked = [...new Set(ecosystem === 'PyPI' ? names.map((name) => comparedName(ecosystem, name)) : names)];
  for (let at = 0; at < asked.length; at += BATCH) await findHits(server, ecosystem, asked.slice(at, at + BATCH), hits);
  return advisoriesOf(ecosystem, orderOf(ecosystem), await recordsOf(server, [...hits]));
}

interface Query {
  readonly package: { readonly ecosystem: Ecosystem; readonly name: string };
  readonly page_token?: string;
}

/** Adds the ids and dates of all records on some packages, page after page. */
async function findHits(
  server: OsvServer,
  ecosystem: Ecosystem,
  names: readonly string[],
  hits: Map<string, string>,
): Promise<void> {
  let queries: readonly Query[] = names.map((name) => ({ package: { ecosystem, name } }));
  for (let page = 0; queries.length > 0; page += 1) {
    if (page >= MOST_PAGES || hits.size > MOST_RECORDS)
      throw new OnlineError(`${server.api} tells of more records than are read`);
    queries = await askPage(server, queries, hits);
  }
}

/** Asks once, and answers with what has to be asked again for its next page. */
async function askPage(
  { client, api }: OsvServer,
  queries: readonly Query[],
  hits: Map<string, string>,
): Promise<readonly Query[]> {
  const url = `${api}/v1/querybatch`;
  const answer = members(jsonOf(await client.ask({ url, json: { queries } }), url));
  const results = items(answer.results, queries.length);
  // Answers come in the order of the questions; with one missing, none can be told from the others.
  if (results?.length !== queries.length) throw strange(url);
  return queries.flatMap((query, index) => {
    const { vulns, next_page_token: token } = members(results[index]);
    for (const hit of items(vulns, MOST_RECORDS) ?? [undefined]) {
      const id = idIn(members(hit).id);
      const modified = word(members(hit).modified, 40);
      if (id === undefined || modified === undefined) throw strange(url);
      hits.set(id, modified);
    }
    if (token === undefined || token === null || token === '') return [];
    const next = word(token, 10_000);
    if (next === undefined || next === query.page_token) throw strange(url);
    return [{ package: query.package, page_token: next }];
  });
}

/** An id that can stand in an address and in the name of a file. */
function idIn(value: unknown): string | undefined {
  const id = word(value, 100);
  return id !== undefined && /^[A-Za-z0-9][\w.:-]*$/.test(id) && !id.includes('..') ? id : undefined;
}

function strange(url: string): OnlineError {
  return new OnlineError(`${url} answered with something that is no answer to what it was asked`);
}

async function recordsOf(server: OsvServer, hits: readonly (readonly [string, string])[]): Promise<readonly unknown[]> {
  const records: unknown[] = [];
  for (let at = 0; at < hits.length; at += AT_ONCE) {
    const some = hits.slice(at, at + AT_ONCE);
    records.push(...(await Promise.all(some.map(([id, modified]) => recordOf(server, id, modified)))));
  }
  return records;
}

async function recordOf({ client, api, kept }: OsvServer, id: string, modified: string): Promise<unknown> {
  const known = kept.get(id, modified);
  if (members(known).id === id) return known;
  const url = `${api}/v1/vulns/${encodeURIComponent(id)}`;
  const record = jsonOf(await client.ask({ url }), url);
  if (members(record).id !== id) throw strange(url);
  kept.put(id, modified, record);
  return record;
}
