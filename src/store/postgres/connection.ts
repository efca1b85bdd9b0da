/** One connection to a database, with bounds on every wait. The only code that loads the driver. */
import type { Client } from 'pg';
import { driverAddress, passwordIn, type Secrets, shownAddress } from './address.ts';
import { trouble } from './trouble.ts';

/** Milliseconds in which a server has to answer at all, and any one statement, a bulk copy included. */
const CONNECT = 10_000;
const STATEMENT = 300_000;

/** Runs work over a connection of its own; whatever goes wrong is an InputError that does not tell the password. */
export async function connected<T>(
  address: string,
  secrets: Secrets,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const shown = shownAddress(address);
  let secret: string | undefined;
  try {
    const { Client } = (await import('pg')).default;
    const named = new Client({ connectionString: driverAddress(address, undefined) });
    const { host, port, database = '', user = '' } = named;
    secret = named.password ?? passwordIn(secrets.passwordFile ?? '', { host, port, database, user });
    const client = new Client({
      connectionString: driverAddress(address, secret),
      application_name: 'gonogo',
      connectionTimeoutMillis: CONNECT,
      query_timeout: STATEMENT,
      keepAlive: true,
    });
    return await over(client, work);
  } catch (error) {
    throw trouble(error, shown, secret);
  }
}

async function over<T>(client: Client, work: (client: Client) => Promise<T>): Promise<T> {
  // Told besides to whoever waits for an answer; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const answer = await work(client);
    await client.end();
    return answer;
  } catch (error) {
    // A farewell to a server that does not answer would be waited for.
    client.connection.stream.destroy();
    throw error;
  }
}

/** Everything or nothing. */
export async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  // What this end does not finish, e.g. because its machine sleeps, must not keep others waiting.
  await client.query(`set local idle_in_transaction_session_timeout = ${STATEMENT}`);
  await client.query(`set local lock_timeout = ${STATEMENT}`);
  try {
    const answer = await work();
    await client.query('commit');
    return answer;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
