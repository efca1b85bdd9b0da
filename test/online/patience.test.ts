import { describe, expect, it } from 'vitest';
import { openClient } from '../../src/online/http.ts';
import { givingUp } from '../../src/online/patience.ts';
import { loopback } from './loopback.ts';

/** Bears any delay of a machine that has much else to do, unless it shall not. */
function client(idleMs = 60_000) {
  const limits = { totalMs: 60_000, idleMs, maxBytes: 1000 };
  return givingUp(openClient({ agent: 'gonogo/0', limits, attempts: 2, wait: async () => undefined }));
}

async function said(asking: Promise<unknown>): Promise<string> {
  return asking.then(
    () => 'answered',
    (error: Error) => error.message,
  );
}

describe('a client that gives up', () => {
  it('does not ask a server again that was silent', async () => {
    const silent = await loopback(() => undefined);
    const patient = client(1000);
    const first = await said(patient.ask({ url: `${silent.url}/a` }));
    expect(first).toBe(`${silent.url}/a was silent for 1 s (asked 2 times)`);
    expect(await said(patient.ask({ url: `${silent.url}/b` }))).toBe(first);
    expect(silent.asked).toHaveLength(2);
  });

  it('says the same of what was asked for at the same time', async () => {
    const silent = await loopback(() => undefined);
    const patient = client(1000);
    const all = await Promise.all(['a', 'b', 'c'].map((path) => said(patient.ask({ url: `${silent.url}/${path}` }))));
    expect(new Set(all).size).toBe(1);
  });

  it('goes on asking other servers', async () => {
    const silent = await loopback(() => undefined);
    const other = await loopback((_, response) => response.end('{}'));
    const patient = client(1000);
    await said(patient.ask({ url: silent.url }));
    expect(await said(patient.ask({ url: other.url }))).toBe('answered');
  });

  it('bears refusals, but not one after another without end', async () => {
    const broken = await loopback(({ path }, response) => {
      response.statusCode = path === '/good' ? 200 : 500;
      response.end('{}');
    });
    const patient = client();
    for (let time = 0; time < 7; time += 1) await said(patient.ask({ url: `${broken.url}/bad` }));
    expect(await said(patient.ask({ url: `${broken.url}/good` }))).toBe('answered');
    for (let time = 0; time < 8; time += 1) await said(patient.ask({ url: `${broken.url}/bad` }));
    const asked = broken.asked.length;
    expect(await said(patient.ask({ url: `${broken.url}/good` }))).toContain('/bad answered 500');
    expect(broken.asked).toHaveLength(asked);
  });

  it('never minds what a server does not know', async () => {
    const server = await loopback((_, response) => {
      response.statusCode = 404;
      response.end();
    });
    const patient = client();
    for (let time = 0; time < 20; time += 1) await said(patient.ask({ url: server.url }));
    expect(server.asked).toHaveLength(20);
  });
});
