/** Assesses whether requests are traced, by code, by an agent, or by what the platform injects. */
import { contradicted, defineCheck } from '../define.ts';
import { capabilityShown } from './capability-shown.ts';
import { agentsDeployed, deployedHere, variablesNamed } from './deployed-signs.ts';

/** Settings of OpenTelemetry and Datadog that turn tracing off. */
const OFF = /^(OTEL_TRACES_SAMPLER|OTEL_TRACES_EXPORTER|OTEL_SDK_DISABLED|DD_TRACE_ENABLED|DD_TRACE_SAMPLE_RATE)$/;

function turnsOff({ name, value }: { readonly name: string; readonly value?: string }): boolean {
  const text = value?.toLowerCase();
  if (name === 'OTEL_SDK_DISABLED') return text === 'true';
  if (name.startsWith('DD_')) return text === 'false' || text === '0' || text === '0.0';
  return text === 'always_off' || text === 'none';
}

export const check = defineCheck({
  summary:
    'Looks for code that sets a tracer up, agents that start commands load, annotations by which an operator injects one, and settings of frameworks that export traces. A library among the dependencies is not enough, nor is the tracing API without a provider; what turns tracing off in production disproves it. With several programs at least half have to show it.',
  needs: ['capabilities', 'workloads'],
  params: {},
  assess(subject) {
    const workloads = deployedHere(subject);
    const { traces } = subject.claims.observability ?? {};
    const off = variablesNamed(workloads, OFF).filter(turnsOff);
    const [first] = off;
    if (first)
      return contradicted(
        `${first.name} is ${first.value} in production`,
        off.map(({ name, value, at }) => ({
          message: `${name}: ${value} turns tracing off`,
          at,
          fix: 'Let some requests be traced, e.g. with `parentbased_traceidratio` and a share.',
          subject: name,
        })),
      );
    return capabilityShown(subject, {
      capability: 'tracing',
      does: ['traces requests', 'trace requests'],
      workloads,
      shown: agentsDeployed(workloads, 'tracing'),
      pointer: '/observability/traces',
      claim:
        traces &&
        `that ${traces.sampling === undefined ? 'requests' : `${traces.sampling * 100} % of requests`} are traced`,
      unclaimed: 'tracing',
      problem: {
        message: 'a slow request cannot be followed through what it calls',
        fix: 'Set OpenTelemetry up at start, or let an agent do it, and export to your collector; if a mesh or platform traces, say so under `observability.traces`.',
      },
    });
  },
});
