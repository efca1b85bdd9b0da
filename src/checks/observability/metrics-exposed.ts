/** Assesses whether the service exposes or sends metrics, in whatever protocol. */
import { defineCheck } from '../define.ts';
import { capabilityShown } from './capability-shown.ts';
import { agentsDeployed, deployedHere, scraping } from './deployed-signs.ts';

export const check = defineCheck({
  summary:
    "Looks for code that imports a metrics library and calls it, frameworks' settings that publish metrics, and agents that start commands load: Prometheus, StatsD, OpenTelemetry, OpenCensus, CloudWatch, Application Insights, Datadog, New Relic and others. A monitor or scrape annotation counts with a library among the dependencies; a dependency alone does not. With several programs at least half have to show it.",
  needs: ['capabilities', 'workloads'],
  params: {},
  assess(subject) {
    const workloads = deployedHere(subject);
    const { metrics } = subject.claims.observability ?? {};
    return capabilityShown(subject, {
      capability: 'metrics',
      does: ['exposes or sends metrics', 'expose or send metrics'],
      workloads,
      shown: agentsDeployed(workloads, 'metrics'),
      asked: scraping(workloads),
      pointer: '/observability/metrics',
      claim: metrics && `that metrics are at ${metrics.endpoint ?? 'a place it does not name'}`,
      unclaimed: 'metrics',
      problem: {
        message: 'nothing measures the service from inside: how many requests, how slow, how many fail',
        fix: "Add the metrics library of its framework and expose or send what it measures; if a platform's agent does so, say where under `observability.metrics`.",
      },
    });
  },
});
