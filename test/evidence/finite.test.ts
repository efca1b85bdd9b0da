import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector } from '../../src/evidence/workloads.ts';
import { HEAD, sourcesOf } from './sources-of.ts';

async function finite(yaml: string) {
  const { facts } = await collector.collect(sourcesOf({ 'gonogo.yaml': HEAD, 'deploy/ledger.yaml': yaml }));
  return facts.finite.map(({ type, kind, name, at }) => `${type} ${name} of ${kind}:${at.line}`);
}

describe('what ends by itself', () => {
  it("is cert-manager's certificates, also those that an Ingress asks for", async () => {
    const yaml = `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ledger-tls }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ledger, annotations: { cert-manager.io/cluster-issuer: letsencrypt } }
spec:
  tls:
    - { hosts: [ledger.lumenpay.net], secretName: ledger-web }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: own }
spec: { tls: [{ secretName: bought-elsewhere }] }
---
apiVersion: example.dev/v1
kind: Certificate
metadata: { name: of-attendance }
`;
    expect(await finite(yaml)).toEqual([
      'certificate ledger-tls of Certificate:3',
      'certificate ledger-web of Ingress:10',
    ]);
  });

  it('is claims for storage, also those of a set', async () => {
    const yaml = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: uploads }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ledger }
spec:
  template: { spec: { containers: [{ name: ledger, image: "ledger:1" }] } }
  volumeClaimTemplates:
    - metadata: { name: data }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: "\${CLAIM}" }
`;
    expect(await finite(yaml)).toEqual([
      'volume uploads of PersistentVolumeClaim:3',
      'volume data-ledger of StatefulSet:11',
    ]);
  });

  it('is told of any shape, without an exception', async () => {
    const kind = fc.constantFrom('Certificate', 'PersistentVolumeClaim', 'StatefulSet', 'Ingress');
    await fc.assert(
      fc.asyncProperty(kind, fc.jsonValue(), fc.jsonValue(), async (it, metadata, spec) => {
        const object = { apiVersion: 'cert-manager.io/v1', kind: it, metadata, spec };
        await expect(finite(`${JSON.stringify(object)}\n`)).resolves.toBeInstanceOf(Array);
      }),
      { numRuns: 40 },
    );
  });
});
