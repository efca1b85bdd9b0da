/** Assesses whether what is to collect metrics finds the service: monitors by labels and ports, annotations by a port that is there. */
import type { Monitor } from '../../evidence/workloads/monitors.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import type { Place, Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { nameOf, withoutWorkloads } from '../every-workload.ts';
import { counted } from '../words.ts';
import { inProduction, workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    'Joins every ServiceMonitor and PodMonitor of production with the Services and pods beside it: by labels, by namespace, and by the name of the port. One that selects nothing although something beside it is called alike, or asks a port that is not there, disproves it; one whose Service is not in the repository is unknown. Annotations for scraping count for the pod that has them.',
  needs: ['workloads'],
  params: {},
  assess(subject) {
    const { facts, unread } = subject.evidence.workloads;
    const scope = workloadScope(subject, ['service', 'daemon']);
    const monitors = inProduction(facts.monitors, subject).map(ofMonitor);
    const annotated = scope.judged.flatMap(ofAnnotations);
    const all = [...monitors, ...annotated];
    const found = all.filter(({ finds }) => finds === 'yes');
    const lost = all.filter(({ finds }) => finds === 'no');
    const open = all.find(({ finds }) => finds === 'unclear');
    const verb = found.length === 1 || all.length === 1 ? 'finds what it collects from' : 'find what they collect from';
    const because = `${found.length} of ${counted(all.length, 'collection')} of metrics ${verb}`;
    const evidence = found.map(({ at }) => at).slice(0, 5);
    if (lost.length > 0) return contradicted(because, lost.map(problemOf), { evidence });
    if (open) return unknown(`${because}; ${open.name}: ${open.because}`, { evidence: [...evidence, open.at] });
    const [hidden] = unread;
    if (hidden && all.length > 0)
      return unknown(`${because}; but ${hidden.at.path} could not be read: ${hidden.detail}`, { evidence });
    if (all.length > 0) return verified(because, evidence);
    const elsewhere = withoutWorkloads(scope);
    if (scope.judged.length === 0 && elsewhere.standing === 'unknown') return elsewhere;
    return notApplicable('no monitor and no annotation for scraping is here');
  },
});

interface Collection {
  readonly name: string;
  readonly finds: Monitor['finds'];
  readonly because: string;
  readonly at: Place;
}

function ofMonitor({ kind, name, finds, because, when, at }: Monitor): Collection {
  const unsure = when !== undefined && finds === 'no';
  return {
    name: `${kind} ${name}`,
    finds: unsure ? 'unclear' : finds,
    because: unsure ? `${because}, and it is there only where ${when}` : because,
    at,
  };
}

function ofAnnotations(workload: Workload): readonly Collection[] {
  const { annotations, containers, at } = workload;
  if (annotations['prometheus.io/scrape'] !== 'true') return [];
  const name = `the annotation of ${nameOf(workload)}`;
  const port = annotations['prometheus.io/port'];
  const numbers = containers.flatMap(({ ports }) => ports.flatMap(({ number }) => number ?? []));
  if (port === undefined || numbers.length === 0 || numbers.includes(Number(port)))
    return [{ name, finds: 'yes', because: '', at }];
  const because = `it asks port ${port}, and the ports that its containers name are ${numbers.slice(0, 5).join(', ')}`;
  return [{ name, finds: 'unclear', because, at }];
}

function problemOf({ name, because, at }: Collection): Problem {
  return {
    message: `${name} collects nothing: ${because}`,
    at,
    fix: 'Let its selector have the labels that the Service has, and its endpoint the name of a port.',
    subject: name,
  };
}
