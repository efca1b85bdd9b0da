/** The manifest of one service of a fleet: valid, and with something wrong between some of them. */
import type { Dependency, Planned } from './plan.ts';
import type { Random } from './random.ts';

const MITIGATIONS = [
  'Roll back to the last release.',
  'Shed what can wait and add copies.',
  'Fail over to the other zone.',
  'Restart the service and tell the team.',
] as const;
const BASELINED = '2026-01-12';

/** `gonogo.yaml` of a service; `all` are those of its fleet. */
export function manifestOf(service: Planned, all: readonly Planned[], random: Random): string {
  const { name, team, tier, stage, lead, availability } = service;
  return `apiVersion: gonogo/v1
kind: Service
name: ${name}
title: ${name.replaceAll('-', ' ')}
description: Takes requests for the ${name.split('-')[0]} page, checks them and writes the outcome.
tier: ${tier}
tier_reason: ${tier === 1 ? 'Nobody can buy while it is down.' : 'Work goes on without it for a while.'}
stage: ${stage}
profile: balanced
reviewed: { on: 2026-0${1 + random.below(9)}-12, by: ${team} }
owner: { team: ${team}, contact: "#${team}", repo_teams: ["@example/${team}"], people: ${1 + random.below(7)} }
leads: { reliability: ${lead}, security: bruno.ito, data: ${lead}, release: dev.cole, support: esther.roy }
oncall: { provider: pagerduty, ref: ${team}-primary, hours: 24x7, participants: ${1 + random.below(6)} }
escalation:
  - { level: 1, who: on-call ${team}, contact: "pagerduty:${team}-primary", after: 0m }
  - { level: 2, who: lead ${lead}, contact: "pagerduty:${team}-lead", after: 15m }
support:
  channels: [{ kind: slack, ref: "#help-${team}", hours: "09-18 Europe/London", response_time: 4h }]
environments:
  - { id: staging, url: "https://${name}.staging.lumenpay.io", deploy: k8s/overlays/staging, parity: prod }
  - { id: prod, url: "https://${name}.lumenpay.io", deploy: k8s/overlays/prod, regions: [eu-west-1, eu-west-2] }
nfrs:
  availability: { target: ${availability}, window: 30d, baselined: ${BASELINED} }
  latency_p99: { target: ${200 + 100 * random.below(8)}ms, at: 100rps, baselined: ${BASELINED} }
slos: [{ id: availability, target: ${availability}, window: 30d, evidence: slo.yaml }]
timeout: ${1 + random.below(4)}s
${list(
  'consumers',
  service.consumers.map((id) => `{ id: ${id} }`),
)}${list('dependencies', distinct(service.dependsOn).map(dependencyLine))}${journey(service, all)}observability:
  logs: { format: json, correlation: traceparent, retention: 30d }
  metrics: { endpoint: /metrics, evidence: k8s/base/deployment.yaml }
  dashboards: [{ id: main, evidence: monitoring/dashboard.json }]
alerts: { sources: [monitoring/alerts.yaml], severity_map: { critical: critical, major: major }, page: [critical] }
runbooks: { dir: docs, review_in: 180d }
failure_modes:
  - { id: overload, cause: overload, alert: SaturationHigh, effect: Requests wait and some are refused., mitigation: ${random.pick(MITIGATIONS)}, runbook: docs/runbook.md#saturationhigh }
  - { id: bad-deploy, cause: bad-deploy, alert: HighErrorRate, effect: A share of requests fails., mitigation: ${MITIGATIONS[0]}, runbook: docs/rollback.md }
release: { strategy: rolling, rollback: { max: 10m, runbook: docs/rollback.md, tested_on: 2026-0${1 + random.below(9)}-02 } }
data:
  classification: internal
  stores:
    - { id: ${name}-db, kind: postgres, rpo: 24h, rto: 4h, backup: { schedule: "0 3 * * *", retention: 14d, evidence: k8s/base/cronjob.yaml } }
security: { threat_model: { path: docs/threat-model.md, reviewed_on: 2026-0${1 + random.below(9)}-01 } }
operations: { postmortems: docs/postmortems }
`;
}

function list(key: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${key}:\n${items.map((it) => `  - ${it}\n`).join('')}`;
}

function distinct(dependencies: readonly Dependency[]): readonly Dependency[] {
  return dependencies.filter(({ name }, index) => dependencies.findIndex((it) => it.name === name) === index);
}

function dependencyLine({ name, criticality, timeout, availability }: Dependency): string {
  const fallback = criticality === 'soft' ? ', fallback: the last known answer' : '';
  return `{ id: ${name}, kind: http, criticality: ${criticality}, slo: ${availability}, timeout: ${timeout}ms, retry: { max: 1, backoff: exponential-jitter, idempotent: true }${fallback}, impact: Some requests fail. }`;
}

/** One of ten services answers for a journey through what it depends on. */
function journey({ index, name, team, availability, dependsOn }: Planned, all: readonly Planned[]): string {
  const passed = distinct(dependsOn).filter(({ to }) => to !== undefined);
  if (index % 10 !== 0 || passed.length === 0) return '';
  const steps = passed.map(({ to = 0, timeout }) => ({ ...all[to], timeout }));
  return `journeys:
  - id: ${name}-journey
    owner: ${team}
    slo: { availability: 99.8, latency_p99: 2s, window: 30d }
    steps:
      - { component: ${name}, budget: { availability: ${availability}, latency_p99: 400ms } }
${steps.map((it) => `      - { component: ${it.name}, budget: { availability: ${it.availability}, latency_p99: ${it.timeout}ms } }\n`).join('')}`;
}
