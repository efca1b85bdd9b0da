/** `--live` from the command line, against servers on the loopback address in the shapes of the real ones; and that without it nothing opens a socket. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, Report } from '../../src/model.ts';
import { type Asked, loopback } from '../online/loopback.ts';
import { write } from '../repo/temporary.ts';
import { BIN, type Ran, run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'gonogo-live-'));
const RULES = [
  'observability/alerts-loaded-live',
  'observability/alertmanager-routes-live',
  'observability/slo-attained-live',
  'release/health-answers-live',
  'ownership/oncall-staffed-live',
];
const ALERTS = `groups:
  - name: shop
    rules:
      - alert: ShopDown
        expr: up{job="shop"} == 0
        labels: { severity: critical }
`;
const ROUTES =
  'route:\n  receiver: pager\nreceivers:\n- name: pager\n  pagerduty_configs:\n  - routing_key: <secret>\n';

function manifest(more = ''): string {
  return `apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 1\nslos:\n  - { id: requests, target: 99, window: 7d, query: "sum(increase(good[7d])) / sum(increase(all[7d]))" }\n${more}`;
}

function check(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const all = [BIN, 'check', folder, '--tier', '1', '--only', [...RULES, 'manifest/present'].join(','), ...words];
  const options = { env: { PATH: process.env.PATH, HOME: '/nonexistent', NO_COLOR: '1', ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, all, options, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

function findings({ stdout }: Ran): readonly Pick<Finding, 'rule' | 'standing' | 'because'>[] {
  const report = JSON.parse(stdout) as Report;
  return (report.services[0]?.findings ?? []).filter(({ rule }) => RULES.includes(rule));
}

/** Everything that is asked, on one server. */
function everything({ path }: Asked, response: ServerResponse): void {
  const now = Date.now();
  const day = 86_400_000;
  const span = { start: new Date(now - day).toISOString(), end: new Date(now + 40 * day).toISOString() };
  const query = { resultType: 'vector', result: [{ metric: {}, value: [now / 1000, '0.995'] }] };
  const rule = {
    name: 'ShopDown',
    type: 'alerting',
    health: 'ok',
    query: 'up{job="shop"} == 0',
    labels: { severity: 'critical' },
  };
  const answers: Readonly<Record<string, unknown>> = {
    '/ready': 'ready',
    '/alive': 'alive',
    '/api/v1/rules': { status: 'success', data: { groups: [{ name: 'shop', rules: [rule] }] } },
    '/api/v1/alertmanagers': { status: 'success', data: { activeAlertmanagers: [{ url: 'http://x' }] } },
    '/api/v1/query': { status: 'success', data: query },
    '/api/v2/status': { config: { original: ROUTES } },
    '/schedules/PSHOP': {
      schedule: { name: 'Shop', final_schedule: { rendered_schedule_entries: [{ ...span, user: { id: 'P1' } }] } },
    },
    '/v2/schedules/shop/timeline': {
      data: {
        _parent: { name: 'shop', enabled: true },
        finalTimeline: {
          rotations: [
            { periods: [{ startDate: span.start, endDate: span.end, recipient: { id: 'u', type: 'user' } }] },
          ],
        },
      },
    },
  };
  const answer = answers[path.split('?')[0] ?? ''];
  response
    .writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
    .end(JSON.stringify(answer));
}

beforeAll(() => write(folder, { 'gonogo.yaml': manifest(), 'ops/alerts.yaml': ALERTS }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('--live', () => {
  it('asks whom the command line names, says so beforehand and lists each request', async () => {
    const { url, asked } = await loopback(everything);
    const named = [
      `ready=${url}/ready`,
      `alive=${url}/alive`,
      `prometheus=${url}`,
      `alertmanager=${url}/`,
      'pagerduty=PSHOP',
      'opsgenie=shop',
    ];
    const env = { GONOGO_PAGERDUTY_API: url, GONOGO_OPSGENIE_API: url, GONOGO_PAGERDUTY_TOKEN: 'pd-secret' };
    const ran = await check([...named.flatMap((it) => ['--live', it]), '--format', 'json'], env);
    expect(findings(ran).map(({ standing, because }) => [standing, because])).toEqual(
      RULES.map(() => ['verified', expect.anything()]),
    );
    const { live } = (JSON.parse(ran.stdout) as Report).services[0] ?? {};
    expect(live?.requests.map(({ path }) => path)).toEqual(asked.map(({ path }) => path.split('?')[0]));
    expect(asked.map(({ method }) => method)).toEqual(asked.map(() => 'GET'));
    const host = new URL(url).host;
    for (const what of ['ready', 'alive', 'prometheus', 'alertmanager', 'pagerduty', 'opsgenie'])
      expect(ran.stderr).toContain(`live: asking ${host} (${what}, named on the command line)\n`);
    expect(
      asked.filter(({ headers }) => headers.authorization !== undefined).map(({ path }) => path.split('?')[0]),
    ).toEqual(['/schedules/PSHOP']);
    expect(ran.stdout + ran.stderr).not.toContain('pd-secret');
    const terminal = await check([...named.flatMap((it) => ['--live', it])], env);
    expect(terminal.stdout).toContain(`GET ${host}/api/v1/rules`);
  });

  it('asks whom the manifest names only where it is told to', async () => {
    const { url, asked } = await loopback(everything);
    write(folder, {
      'gonogo.yaml': manifest(
        `live: { prometheus: "${url}", health: { ready: "${url}/ready", alive: "${url}/alive" }, pagerduty: PSHOP }\n`,
      ),
    });
    try {
      const bare = await check(['--live', '--format', 'json'], { GONOGO_PAGERDUTY_API: url });
      expect(asked).toEqual([]);
      expect(findings(bare).map(({ standing }) => standing)).toEqual(RULES.map(() => 'not-applicable'));
      expect(findings(bare).filter(({ because }) => because.includes('--live manifest'))).toHaveLength(4);
      const env = { GONOGO_PAGERDUTY_API: url, GONOGO_PROMETHEUS_TOKEN: 'prom-secret' };
      const told = await check(['--live', 'manifest', '--format', 'json'], env);
      expect(told.stderr).toContain(`live: asking ${new URL(url).host} (prometheus, named in the manifest)\n`);
      expect(findings(told).filter(({ standing }) => standing === 'verified')).toHaveLength(4);
      expect(asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    } finally {
      write(folder, { 'gonogo.yaml': manifest() });
    }
  });

  it('makes of bad servers a sentence each, and judges the rest', async () => {
    const { url } = await loopback((asked, response) =>
      asked.path.startsWith('/api/v2') ? response.destroy() : everything(asked, response),
    );
    const elsewhere = await loopback((_, response) => response.writeHead(302, { location: url }).end());
    const ran = await check([
      '--live',
      `prometheus=${elsewhere.url}`,
      '--live',
      `alertmanager=${url}`,
      '--live',
      `ready=${url}/ready,alive=${url}/alive`,
      '--format',
      'json',
    ]);
    const standings = Object.fromEntries(
      findings(ran).map(({ rule, standing, because }) => [rule.split('/')[1], [standing, because]]),
    );
    expect(standings).toMatchObject({
      'alerts-loaded-live': [
        'unknown',
        `${new URL(elsewhere.url).host} redirects to ${new URL(url).host}, which nobody named`,
      ],
      'alertmanager-routes-live': ['unknown', `${url}/api/v2/status broke off before its answer was complete`],
      'health-answers-live': ['verified', expect.anything()],
    });
    // What is not known warns; it does not block.
    expect(ran.status).toBe(0);
  });

  it('says so where no rule that is judged asks what runs', async () => {
    const { url, asked } = await loopback(everything);
    const words = ['--only', 'manifest/present', '--live', `prometheus=${url}`];
    const ran = await new Promise<string>((resolve) => {
      execFile(process.execPath, [BIN, 'check', folder, ...words], (_, stdout) => resolve(stdout));
    });
    expect(asked).toEqual([]);
    expect(ran).toContain('shop: nothing that runs was asked');
  });

  it('refuses words that it does not understand, and says where a path belongs', () => {
    expect(run(['check', folder, '--live', 'prometeus=http://x'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean "prometheus"?'),
    });
    expect(run(['check', '--live', folder])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('a path to judge stands before it'),
    });
    const secret = run(['check', folder, '--live', 'prometheus=https://user:pass@x']);
    expect(secret).toMatchObject({ status: 2, stderr: expect.stringContaining('a token comes from the environment') });
    expect(secret.stderr).not.toContain('pass@');
    expect(run(['check', folder, '--live', 'ready=file:///etc/passwd']).status).toBe(2);
  });
});

/** Ends the process as soon as anything wants to connect or to look up a name. */
const NO_SOCKETS = `data:text/javascript,${encodeURIComponent(
  "import net from 'node:net'; import dns from 'node:dns'; const stop = () => { process.stderr.write('a socket was opened'); process.exit(99); }; net.Socket.prototype.connect = stop; dns.lookup = stop;",
)}`;

describe('without --live', () => {
  it('nothing opens a socket, whatever the manifest names', async () => {
    write(folder, {
      'gonogo.yaml': manifest(
        'live: { prometheus: "http://127.0.0.1:1", health: { ready: "http://localhost:1/ready" } }\n',
      ),
    });
    const env = { NODE_OPTIONS: `--import ${NO_SOCKETS}` };
    const ran = await check(['--format', 'json'], env);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(findings(ran).map(({ because }) => because)).toEqual(RULES.map(() => 'not asked: --live was not given'));
    expect((JSON.parse(ran.stdout) as Report).services[0]).not.toHaveProperty('live');
    expect(await check(['--live', 'manifest'], env)).toMatchObject({ status: 99 });
  });
});
