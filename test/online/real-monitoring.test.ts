/** `--live` against a real Prometheus and a real Alertmanager, started here where they are on PATH, e.g. from Debian's packages prometheus and prometheus-alertmanager. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, Report } from '../../src/model.ts';
import { BIN } from '../cli/run.ts';
import { onPath } from '../on-path.ts';
import { write } from '../repo/temporary.ts';

const PROMETHEUS = onPath('prometheus');
const PROMTOOL = onPath('promtool');
const ALERTMANAGER = onPath('prometheus-alertmanager') ?? onPath('alertmanager');
const absent =
  PROMETHEUS && PROMTOOL && ALERTMANAGER
    ? ''
    : ' (skipped: prometheus, promtool and prometheus-alertmanager are not all on PATH)';

const folder = mkdtempSync(join(tmpdir(), 'gonogo-monitoring-'));
const started: ChildProcess[] = [];
let prometheus = '';
let alertmanager = '';

const RULES = `groups:
  - name: shop
    rules:
      - alert: ShopDown
        expr: sum(up{job="shop"}) by (instance) == 0
        for: 5m
        labels: { severity: critical }
      - alert: ShopSlow
        expr: rate(shop_seconds_sum[5m]) / rate(shop_seconds_count[5m]) > 0.5
        labels: { severity: warning }
`;
const FORGOTTEN = `groups: [{ name: shop, rules: [{ alert: ShopForgotten, expr: "absent(up)", labels: { severity: critical } }] }]\n`;
const ROUTES = `route:
  receiver: chat
  routes:
    - { receiver: pager, matchers: ['severity="critical"'] }
receivers:
  - { name: chat, webhook_configs: [{ url: "http://127.0.0.1:1/chat" }] }
  - { name: pager, pagerduty_configs: [{ routing_key: not-a-key }] }
`;
const SLO = `version: prometheus/v1
service: shop
slos:
  - name: requests
    objective: 99
    sli:
      events:
        error_query: sum(rate(shop_requests_total{code="500"}[{{.window}}]))
        total_query: sum(rate(shop_requests_total[{{.window}}]))
`;

/** Forty days of counters in which one request of a thousand fails; twice a day, because two hours are a file each. */
function history(): string {
  const now = Math.floor(Date.now() / 1000);
  const times = [...Array(40 * 2).keys()]
    .map((half) => now - 40 * 86_400 + half * 43_200)
    .filter((time) => time < now - 3 * 3600);
  const lines = [
    ['200', 999],
    ['500', 1],
  ].flatMap(([code, rate]) =>
    times.map((time, index) => `shop_requests_total{job="shop",code="${code}"} ${index * Number(rate)} ${time}`),
  );
  return ['# TYPE shop_requests counter', ...lines, '# EOF', ''].join('\n');
}

/** Starts a server on a port that the system gives to it alone, and answers its address once its log tells it. */
function start(program: string | undefined, words: readonly string[]): Promise<string> {
  const listen = '--web.listen-address=127.0.0.1:0';
  const child = spawn(program ?? '', [...words, listen], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  started.push(child);
  let log = '';
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${program} ended before it listened: ${log}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const [, address] = /msg="Listening on" address=(127\.0\.0\.1:\d+)/.exec(log) ?? [];
      if (address) resolve(`http://${address}`);
    });
  });
}

async function until(question: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await question().catch(() => false)) return;
    await after(200);
  }
  throw new Error('the monitoring did not come up');
}

async function json(address: string): Promise<{ readonly data: Record<string, readonly unknown[]> }> {
  return (await (await fetch(address)).json()) as { data: Record<string, readonly unknown[]> };
}

function check(): Promise<Report> {
  const words = ['check', join(folder, 'shop'), '--tier', '1', '--format', 'json', '--only', 'observability'];
  const live = ['--live', `prometheus=${prometheus}`, '--live', `alertmanager=${alertmanager}`];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [BIN, ...words, ...live], (_, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Report);
      } catch {
        reject(new Error(stderr));
      }
    });
  });
}

async function finding(rule: string): Promise<Finding | undefined> {
  return (await check()).services[0]?.findings.find((it) => it.rule === rule);
}

describe.skipIf(absent !== '')(`a real Prometheus and Alertmanager${absent}`, () => {
  beforeAll(async () => {
    write(folder, {
      'rules.yml': RULES,
      'alertmanager.yml': ROUTES,
      'history.txt': history(),
      'shop/gonogo.yaml': 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 1\n',
      'shop/ops/alerts.yaml': RULES,
      'shop/ops/slo.yaml': SLO,
    });
    execFileSync(PROMTOOL ?? '', ['tsdb', 'create-blocks-from', 'openmetrics', 'history.txt', 'data'], {
      cwd: folder,
      stdio: 'ignore',
    });
    alertmanager = await start(ALERTMANAGER, [
      '--config.file=alertmanager.yml',
      '--storage.path=alerts',
      '--cluster.listen-address=',
    ]);
    write(folder, {
      'prometheus.yml': `global: { evaluation_interval: 1s }\nrule_files: [rules.yml]\nalerting: { alertmanagers: [{ static_configs: [{ targets: ["${new URL(alertmanager).host}"] }] }] }\n`,
    });
    prometheus = await start(PROMETHEUS, [
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=data',
      '--storage.tsdb.retention.time=90d',
    ]);
    await until(async () => (await fetch(`${alertmanager}/-/ready`)).ok);
    await until(
      async () => ((await json(`${prometheus}/api/v1/alertmanagers`)).data.activeAlertmanagers ?? []).length > 0,
    );
    await until(async () => !JSON.stringify(await json(`${prometheus}/api/v1/rules`)).includes('"health":"unknown"'));
  });

  afterAll(async () => {
    for (const child of started) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('tell that the declared alerts are loaded and healthy, also where Prometheus writes the query another way', async () => {
    expect(await finding('observability/alerts-loaded-live')).toMatchObject({
      standing: 'verified',
      because: expect.stringContaining('2 of 2 alerts are loaded and healthy'),
    });
  });

  it('tell of an alert that was never delivered', async () => {
    write(folder, { 'shop/ops/more.yaml': FORGOTTEN });
    const found = await finding('observability/alerts-loaded-live');
    rmSync(join(folder, 'shop/ops/more.yaml'));
    expect(found).toMatchObject({
      standing: 'contradicted',
      because: expect.stringContaining('2 of 3 alerts are loaded and healthy'),
    });
    expect(found?.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('ShopForgotten is written here and is not loaded'),
    ]);
  });

  it('compute what was attained over the last window', async () => {
    expect(await finding('observability/slo-attained-live')).toMatchObject({
      standing: 'verified',
      because: expect.stringContaining('requests 99.90 % over 30d, objective 99.00 %'),
    });
  });

  it('tell that an objective was missed, and that a metric is not there', async () => {
    write(folder, { 'shop/ops/slo.yaml': SLO.replace('objective: 99', 'objective: 99.95') });
    const missed = await finding('observability/slo-attained-live');
    write(folder, { 'shop/ops/slo.yaml': SLO.replaceAll('shop_requests_total', 'shop_reqs_total') });
    const nowhere = await finding('observability/slo-attained-live');
    write(folder, { 'shop/ops/slo.yaml': SLO });
    expect(missed).toMatchObject({
      standing: 'contradicted',
      because: expect.stringContaining('requests 99.90 % over 30d, objective 99.95 %'),
    });
    expect(nowhere).toMatchObject({
      standing: 'contradicted',
      because: expect.stringContaining('requests has no metric'),
    });
  });

  it('tell that the alert that should wake someone reaches a pager', async () => {
    expect(await finding('observability/alertmanager-routes-live')).toMatchObject({
      standing: 'verified',
      because: expect.stringContaining('1 of 1 alert that may wake someone reaches a pager'),
    });
  });
});
