import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Ask, type ClientSettings, jsonOf, openClient } from '../../src/online/http.ts';
import { OnlineError } from '../../src/online/online-error.ts';
import { loopback, saying } from './loopback.ts';

const LIMITS = { totalMs: 60_000, idleMs: 60_000, maxBytes: 10_000 };

/** A client that waits for nothing and notes how long it would have. */
function client(settings: Partial<ClientSettings> = {}) {
  const waits: number[] = [];
  const made = openClient({
    agent: 'gonogo/0',
    limits: LIMITS,
    wait: async (ms) => void waits.push(ms),
    ...settings,
  });
  return { waits, ask: (request: Ask) => made.ask(request) };
}

async function failure(asking: Promise<unknown>): Promise<string> {
  const error = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OnlineError);
  return (error as OnlineError).message;
}

describe('a request', () => {
  it('gets bytes, says who asks, and reads gzip', async () => {
    const server = await loopback((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.setHeader('etag', '"a"');
      response.end(gzipSync('{"a": 1}'));
    });
    const answer = await client().ask({ url: `${server.url}/x` });
    expect(jsonOf(answer, server.url)).toEqual({ a: 1 });
    expect(answer.headers.get('etag')).toBe('"a"');
    expect(server.asked[0]).toMatchObject({ method: 'GET', path: '/x', headers: { 'user-agent': 'gonogo/0' } });
  });

  it('posts JSON', async () => {
    const server = await loopback((_, response) => response.end('{}'));
    await client().ask({ url: server.url, json: { name: 'é' } });
    expect(server.asked[0]).toMatchObject({ method: 'POST', body: '{"name":"é"}' });
    expect(server.asked[0]?.headers['content-type']).toBe('application/json');
  });

  it('is told when nothing is newer than what it has', async () => {
    const server = await loopback(({ headers }, response) => {
      response.statusCode = headers['if-none-match'] === '"a"' ? 304 : 200;
      response.end();
    });
    expect((await client().ask({ url: server.url, etag: '"a"' })).status).toBe(304);
    expect((await client().ask({ url: server.url, etag: '"b"' })).status).toBe(200);
  });

  it('takes 304 for no answer when it did not ask for that', async () => {
    const server = await loopback((_, response) => response.writeHead(304).end());
    expect(await failure(client().ask({ url: server.url }))).toBe(`${server.url}/ answered 304 (Not Modified)`);
  });

  it('streams what is large, anew at each attempt', async () => {
    const server = await loopback((_, response, count) => {
      response.setHeader('content-length', '6');
      if (count > 1) response.end('abcdef');
      else response.write('abc', () => response.destroy());
    });
    let got = '';
    const into = {
      begin: () => {
        got = '';
      },
      write: (chunk: Buffer) => {
        got += chunk.toString();
      },
    };
    const answer = await client().ask({ url: server.url, into });
    expect([got, answer.body.length, server.asked.length]).toEqual(['abcdef', 0, 2]);
    expect(server.asked[0]?.headers['accept-encoding']).toBe('identity');
  });

  it('hands on what the sink throws, and asks no more', async () => {
    const server = await loopback((_, response) => response.end('abc'));
    const full = Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
    const into = {
      begin: () => undefined,
      write: () => {
        throw full;
      },
    };
    await expect(client().ask({ url: server.url, into })).rejects.toBe(full);
    expect(server.asked.length).toBe(1);
  });
});

describe('a server in trouble', () => {
  it('that answers 500 is asked three times, each time later', async () => {
    const server = await loopback((_, response) => response.writeHead(500).end('stack trace'));
    const { ask, waits } = client();
    expect(await failure(ask({ url: `${server.url}/q?token=s` }))).toBe(
      `${server.url}/q answered 500 (Internal Server Error) (asked 3 times)`,
    );
    expect([server.asked.length, waits]).toEqual([3, [500, 1000]]);
  });

  it('that has recovered is no trouble', async () => {
    const server = await loopback((_, response, count) => response.writeHead(count < 3 ? 503 : 200).end('ok'));
    expect((await client().ask({ url: server.url })).body.toString()).toBe('ok');
  });

  it('is given the time that it asks for, in seconds or by its own clock', async () => {
    const server = await loopback((_, response, count) => {
      if (count === 1) return response.writeHead(429, { 'retry-after': '7' }).end();
      if (count === 2) {
        const headers = { date: 'Mon, 16 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 16 Nov 2026 10:00:05 GMT' };
        return response.writeHead(429, headers).end();
      }
      return response.end();
    });
    const { ask, waits } = client();
    await ask({ url: server.url });
    expect(waits).toEqual([7000, 5000]);
  });

  it('is asked again when a spent limit is renewed, by its own clock, whatever the status', async () => {
    const date = 'Mon, 16 Nov 2026 10:00:00 GMT';
    const reset = String(Date.parse(date) / 1000 + 9);
    const server = await loopback((_, response, count) => {
      if (count === 1)
        return response.writeHead(403, { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }).end();
      if (count === 2)
        return response.writeHead(429, { date, 'ratelimit-remaining': '0', 'ratelimit-reset': reset }).end();
      return response.end('{}');
    });
    const asking = client();
    await asking.ask({ url: server.url });
    expect(asking.waits).toEqual([9000, 9000]);
  });

  it('that forbids is not asked again where no limit is spent', async () => {
    const headers = { date: 'Mon, 16 Nov 2026 10:00:00 GMT', 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': '1' };
    const server = await loopback((_, response) => response.writeHead(403, headers).end());
    expect(await failure(client().ask({ url: server.url }))).toBe(`${server.url}/ answered 403 (Forbidden)`);
    expect(server.asked).toHaveLength(1);
  });

  it('may be given more patience', async () => {
    const server = await loopback((_, response, count) =>
      count === 1 ? response.writeHead(429, { 'retry-after': '50' }).end() : response.end('{}'),
    );
    const patient = client({ longestWait: 60_000 });
    await patient.ask({ url: server.url });
    expect(patient.waits).toEqual([50_000]);
  });

  it('is not waited for when it asks for an hour', async () => {
    const server = await loopback((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    expect(await failure(client().ask({ url: server.url }))).toBe(
      `${server.url}/ answered 429 (Too Many Requests) and asks to wait 3600 s`,
    );
    expect(server.asked.length).toBe(1);
  });

  it('that refuses is not asked again', async () => {
    const server = await loopback((_, response) => response.writeHead(404).end());
    expect(await failure(client().ask({ url: server.url }))).toBe(`${server.url}/ answered 404 (Not Found)`);
    expect(server.asked.length).toBe(1);
  });

  it('that never answers, or stops answering, is left', async () => {
    const never = await loopback(() => undefined);
    const limits = { ...LIMITS, idleMs: 60 };
    expect(await failure(client({ limits, attempts: 1 }).ask({ url: never.url }))).toBe(
      `${never.url}/ was silent for 0.1 s`,
    );
    const stops = await loopback((_, response) => response.write('a'));
    expect(await failure(client({ limits, attempts: 1 }).ask({ url: stops.url }))).toBe(
      `${stops.url}/ was silent for 0.1 s`,
    );
  });

  it('that trickles is left after a while', async () => {
    const server = await loopback((_, response) => {
      const timer = setInterval(() => response.write('a'), 10);
      response.on('close', () => clearInterval(timer));
    });
    const limits = { ...LIMITS, totalMs: 200 };
    expect(await failure(client({ limits, attempts: 1 }).ask({ url: server.url }))).toBe(
      `${server.url}/ did not finish within 0.2 s`,
    );
  });

  it('that sends too much is cut off, however it packs it', async () => {
    const plain = await loopback((_, response) => response.end('x'.repeat(20_000)));
    expect(await failure(client().ask({ url: plain.url }))).toBe(`${plain.url}/ sends more than 10000 bytes`);
    const packed = await loopback((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('x'.repeat(20_000)));
    });
    expect(await failure(client().ask({ url: packed.url }))).toBe(`${packed.url}/ sends more than 10000 bytes`);
  });

  it('that lies about length or breaks off is told from one that answers', async () => {
    const short = await saying('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc');
    const chunked = await saying('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab');
    const packed = await loopback((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('x'.repeat(500)).subarray(0, 20));
    });
    for (const url of [short, chunked, packed.url]) {
      expect(await failure(client({ attempts: 1 }).ask({ url }))).toBe(
        `${url}/ broke off before its answer was complete`,
      );
    }
  });

  it('that says garbage is told so', async () => {
    const garbage = await saying('\0\0\0 hello');
    expect(await failure(client().ask({ url: garbage }))).toBe(`${garbage}/ answered with something that is not HTTP`);
    const mispacked = await loopback((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end('not gzip at all');
    });
    expect(await failure(client().ask({ url: mispacked.url }))).toBe(
      `${mispacked.url}/ answered with something that cannot be unpacked`,
    );
    const other = await loopback((_, response) => response.setHeader('content-encoding', 'br').end('x'));
    expect(await failure(client().ask({ url: other.url }))).toBe(
      `${other.url}/ answered in an encoding that was not asked for`,
    );
    const page = await loopback((_, response) => response.end('<html>'));
    const answer = await client().ask({ url: page.url });
    expect(() => jsonOf(answer, page.url)).toThrow(`${page.url}/ did not answer with JSON`);
  });

  it('that is not there is told so', async () => {
    const gone = await saying('');
    const { port } = new URL(gone);
    // Port 1 of the loopback address serves nobody.
    const url = `http://127.0.0.1:${port === '1' ? 2 : 1}`;
    expect(await failure(client({ attempts: 1 }).ask({ url }))).toBe(
      `${url}/ cannot be reached: it refuses the connection`,
    );
  });
});

describe('a redirect', () => {
  it('is followed, but not for ever', async () => {
    const server = await loopback(({ path }, response) => {
      const to = { '/a': '/b', '/b': '/c', '/loop': '/loop' }[path];
      response.writeHead(to ? 302 : 200, to ? { location: to } : {}).end(path);
    });
    expect((await client().ask({ url: `${server.url}/a` })).body.toString()).toBe('/c');
    expect(await failure(client().ask({ url: `${server.url}/loop` }))).toBe(
      `${server.url}/loop redirects more than 5 times`,
    );
  });

  it('leads to no other kind of address', async () => {
    for (const location of ['file:///etc/passwd', 'ftp://example.test/', 'http://[', 'javascript:1']) {
      const server = await loopback((_, response) => response.writeHead(302, { location }).end());
      expect(await failure(client().ask({ url: server.url }))).toBe(
        `${server.url}/ redirects to an address that is not followed`,
      );
    }
  });

  it('to another host takes no credentials along', async () => {
    const other = await loopback((_, response) => response.end());
    const first = await loopback((_, response) => response.writeHead(302, { location: other.url }).end());
    await client().ask({ url: first.url.replace('://', '://ada:secret@') });
    await client().ask({ url: first.url, headers: { authorization: 'Bearer secret', 'private-token': 'secret' } });
    expect(first.asked.map(({ headers }) => headers.authorization)).toEqual([expect.any(String), 'Bearer secret']);
    expect(other.asked).toHaveLength(2);
    expect(JSON.stringify(other.asked)).not.toMatch(/secret|authorization/);
  });
});

describe('an address', () => {
  it('is http or https', async () => {
    for (const url of ['file:///etc/passwd', 'example.test', '', 'data:,x']) {
      expect(await failure(client().ask({ url }))).toBe(`"${url}" is not an address of the form https://host/path`);
    }
  });

  it('is shown without its secrets', async () => {
    const server = await loopback((_, response) => response.writeHead(403).end());
    const url = `${server.url.replace('://', '://ada:secret@')}/a?key=secret`;
    expect(await failure(client().ask({ url }))).toBe(`${server.url}/a answered 403 (Forbidden)`);
  });
});
