/** Charts that only fill in a shared chart which is not here: what their values say, and that the rest is out of sight. */
import { describe, expect, it } from 'vitest';
import { openCharts } from '../../src/evidence/workloads/helm-render.ts';
import { sharedChartWorkloads } from '../../src/evidence/workloads/helm-shared.ts';
import type { Delegated } from '../../src/model.ts';
import { spot } from './collected.ts';
import { sourcesOf } from './sources-of.ts';

type Files = Readonly<Record<string, string>>;

function shared(files: Files) {
  const delegated: Delegated[] = [];
  const workloads = sharedChartWorkloads(openCharts(sourcesOf(files), { unread: [], looked: new Set() }), delegated);
  return { workloads, delegated: delegated.map(({ to, at }) => `${to} ${spot(at)}`) };
}

const FILES: Files = {
  'helm/ledger/Chart.yaml': `apiVersion: v2
name: ledger
version: 0.1.0
dependencies:
  - { name: generic-service, version: "~3.1", repository: https://charts.lumenpay.io/all }
  - { name: generic-alerts, version: "1", repository: https://charts.lumenpay.io/all }
  - { name: postgresql, version: "1", repository: https://charts.lumenpay.io/all }
`,
  'helm/ledger/values.yaml': `generic-service:
  replicaCount: 4
  image: { repository: lumenpay/ledger, tag: v1 }
  readinessProbe: { httpGet: { path: /ready, port: 8080 } }
  poddisruptionbudget: { enabled: true, minAvailable: 2 }
  resources: { requests: { memory: 256Mi } }
generic-alerts: { targetApplication: ledger }
postgresql: { image: { tag: "15" } }
`,
  'helm/values-prod.yaml': `generic-service:
  poddisruptionbudget: { enabled: false }
  autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 9 }
`,
  'helm/values-dev.yaml': 'generic-service: { replicaCount: 1 }\n',
};

describe('a chart without templates', () => {
  const { workloads, delegated } = shared(FILES);
  const [dev, prod] = workloads;

  it('gives a workload for each environment, in part', () => {
    expect(workloads.map(({ environment, kind, name }) => [environment, kind, name])).toEqual([
      ['dev', 'generic-service', 'ledger'],
      ['prod', 'generic-service', 'ledger'],
    ]);
    expect(prod?.partial).toBe('it is made by the shared chart generic-service ~3.1, which is not here');
    expect(delegated).toEqual(['chart generic-service ~3.1 of charts.lumenpay.io/all helm/ledger/Chart.yaml:5']);
  });

  it('reads the keys that such charts share', () => {
    expect(prod).toMatchObject({
      replicas: { value: 4, via: 'values', at: { path: 'helm/ledger/values.yaml', line: 2 } },
      autoscaler: { min: { value: 3, at: { path: 'helm/values-prod.yaml', line: 3 } }, max: { value: 9 } },
    });
    expect(prod?.containers[0]).toMatchObject({
      image: { value: 'lumenpay/ledger:v1' },
      readiness: { value: { kind: 'http', path: '/ready' }, at: { path: 'helm/ledger/values.yaml', line: 4 } },
      memoryRequest: { value: '256Mi' },
    });
    expect(dev?.replicas).toMatchObject({ value: 1 });
  });

  it('says where an environment switches the budget off', () => {
    expect(prod?.disruption).toBeUndefined();
    expect(prod?.disruptionOff).toMatchObject({ path: 'helm/values-prod.yaml', line: 2 });
    expect(dev?.disruption).toMatchObject({ minAvailable: { value: '2' } });
  });

  it('hands on every chart that may run it where no value says which', () => {
    const found = shared({
      ...FILES,
      'helm/ledger/values.yaml': 'generic-service: { ingress: {} }\n',
      'helm/values-prod.yaml': '',
      'helm/values-dev.yaml': '',
    });
    expect(found.workloads).toEqual([]);
    expect(found.delegated.map((it) => it.split(' ')[1])).toEqual(['generic-service', 'generic-alerts']);
  });

  it('is not one that has templates', () => {
    const { workloads: none } = shared({ ...FILES, 'helm/ledger/templates/a.yaml': 'kind: Deployment\n' });
    expect(none).toEqual([]);
  });
});
