/** Asking what runs: every request is listed, nobody is followed elsewhere, credentials stay where they belong, and bad servers cost one sentence. */
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/live/live.ts';
import { type LiveParts, liveSource } from '../../src/online/live/source.ts';
import { loopback, saying } from './loopback.ts';

/** Long enough for any machine to answer. */
const LIMITS = { totalMs: 60_000, idleMs: 60_000, maxBytes: 10_000 };

function source(parts: Partial<LiveParts> = {}, announced: string[] = []): ReturnType<typeof liveSource> {
  let now = 0;
  return liveSource({
    agent: 'gonogo/test',
    now: '2026-11-16T12:00:00Z',
    named: {},
    manifestToo: false,
    schedules: { pagerduty: 'http://127.0.0.1:1', opsgenie: 'http://127.0.0.1:1' },
    tokens: {},
    clock: () => (now += 5),
    announce: ({ what }, host) => announced.push(`${what} ${host}`),
    limits: LIMITS,
    ...parts,
  });
}

function at(address: string, more: Partial<Target> = {}): Target {
  return { what: 'prometheus', address, namedBy: 'operator', ...more };
}

describe('asking', () => {
  it('lists each request, and says beforehand whom it asks, once', async () => {
    const server = await loopback((_, response) => response.end('{"status":"success"}'));
    const announced: string[] = [];
    const live = source({}, announced);
    await live.json(at(server.url), '/api/v1/rules', { type: 'alert' });
    await live.json(at(server.url), '/api/v1/query', { query: 'up' });
    const host = new URL(server.url).host;
    expect(announced).toEqual([`prometheus ${host}`]);
    const line = { what: 'prometheus', namedBy: 'operator', method: 'GET', host, status: 200, ms: 5 };
    expect(live.sent).toEqual([
      { ...line, path: '/api/v1/rules' },
      { ...line, path: '/api/v1/query' },
    ]);
    expect(server.asked.map(({ path }) => path)).toEqual(['/api/v1/rules?type=alert', '/api/v1/query?query=up']);
  });

  it('takes any status of a health endpoint for an answer', async () => {
    const server = await loopback(({ path }, response) => response.writeHead(path === '/ready' ? 503 : 204).end());
    const live = source();
    expect(await live.answered(at(`${server.url}/ready`, { what: 'ready' }))).toMatchObject({ value: { status: 503 } });
    expect(await live.answered(at(`${server.url}/ready`, { what: 'ready' }), '/other')).toMatchObject({
      value: { status: 204 },
    });
  });

  it('follows a redirect within the host and lists it, and none to elsewhere', async () => {
    const other = await loopback((_, response) => response.end('{}'));
    const server = await loopback(({ path }, response) => {
      const location = path === '/in' ? '/there' : `${other.url}/secret`;
      if (path === '/there') response.end('{}');
      else response.writeHead(302, { location }).end();
    });
    const live = source();
    expect(await live.json(at(server.url), '/in')).toEqual({ value: {} });
    expect(live.sent.map(({ path, status }) => [path, status])).toEqual([
      ['/in', 302],
      ['/there', 200],
    ]);
    const refused = await live.json(at(server.url), '/out');
    expect(refused).toEqual({
      trouble: `${new URL(server.url).host} redirects to ${new URL(other.url).host}, which nobody named`,
    });
    expect(other.asked).toEqual([]);
  });

  it('says in one sentence what is wrong with a bad server, and asks one that was silent no more', async () => {
    const slow = await loopback(() => undefined);
    const live = source({ limits: { ...LIMITS, idleMs: 1000 } });
    const first = await live.json(at(slow.url), '/api/v1/rules');
    expect(first).toEqual({ trouble: `${slow.url}/api/v1/rules was silent for 1 s` });
    expect(await live.json(at(slow.url), '/api/v1/query')).toEqual(first);
    expect(slow.asked).toHaveLength(1);
    const said = async (address: string): Promise<unknown> => source().json(at(address), '/x');
    expect(await said(await saying('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{'))).toHaveProperty(
      'trouble',
      expect.stringContaining('broke off'),
    );
    expect(await said(await saying('hello'))).toHaveProperty('trouble', expect.stringContaining('not HTTP'));
    expect(await said('http://127.0.0.1:1')).toHaveProperty(
      'trouble',
      expect.stringContaining('refuses the connection'),
    );
    const html = await loopback((_, response) => response.end('<html>'));
    expect(await said(html.url)).toHaveProperty('trouble', `${html.url}/x did not answer with JSON`);
    const large = await loopback((_, response) => response.end('x'.repeat(20_000)));
    expect(await said(large.url)).toHaveProperty('trouble', expect.stringContaining('sends more than'));
  });
});

describe('credentials', () => {
  const tokens = { prometheus: 'prom-secret', pagerduty: 'pd-secret', opsgenie: 'og-secret' };

  it('go to addresses that the operator named, and never to those of a manifest', async () => {
    const server = await loopback((_, response) => response.end('{}'));
    const live = source({ tokens, schedules: { pagerduty: server.url, opsgenie: server.url } });
    await live.json(at(server.url), '/1');
    await live.json(at(server.url, { namedBy: 'manifest' }), '/2');
    await live.json(at('PS', { what: 'pagerduty', namedBy: 'manifest' }), '/3');
    await live.json(at('shop', { what: 'opsgenie' }), '/4');
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer prom-secret',
      undefined,
      'Token token=pd-secret',
      'GenieKey og-secret',
    ]);
    expect(server.asked[2]?.headers.accept).toBe('application/vnd.pagerduty+json;version=2');
    expect(JSON.stringify(live.sent)).not.toContain('secret');
  });

  it('are asked for by the name of their variable where a server wants them', async () => {
    const server = await loopback((_, response) => response.writeHead(401).end());
    const heard = await source({ schedules: { pagerduty: server.url, opsgenie: '' } }).json(
      at('PS', { what: 'pagerduty' }),
      '/schedules/PS',
    );
    expect(heard).toEqual({
      trouble: `${server.url}/schedules/PS answered 401: it wants to know who asks; set GONOGO_PAGERDUTY_TOKEN`,
    });
  });
});

describe('a manifest', () => {
  it('does not lead to what a cloud tells a machine about itself', async () => {
    for (const host of ['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '100.100.100.200']) {
      const live = source();
      const heard = await live.answered(at(`http://${host}/latest/meta-data`, { what: 'ready', namedBy: 'manifest' }));
      expect(heard).toHaveProperty('trouble', expect.stringContaining('a cloud tells a machine about itself'));
      expect(live.sent).toEqual([]);
    }
  });

  it('may name an address in a private network', async () => {
    const server = await loopback((_, response) => response.end('{}'));
    const named = server.url.replace('127.0.0.1', 'localhost');
    expect(await source().json(at(named, { namedBy: 'manifest' }), '/x')).toEqual({ value: {} });
  });
});
