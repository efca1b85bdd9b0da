/** What Argo CD and Flux deploy: only what leads out of the repository is delegated. */
import { expect, it } from 'vitest';
import { collector } from '../../src/evidence/workloads.ts';
import { collected } from './collected.ts';

async function delegatedBy(text: string): Promise<readonly string[]> {
  const { delegated } = await collected(collector, {
    'gitops/app.yaml': text,
    'deploy/prod/kustomization.yaml': 'resources: []\n',
  });
  return delegated.map(({ to }) => to);
}

const REPO = 'https://git.lumenpay.io/platform/deployments';

it.each([
  [
    'an Application',
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: { source: { repoURL: "${REPO}", path: ledger } }\n`,
    [`${REPO} ledger`],
  ],
  [
    'one of several sources',
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: { sources: [{ repoURL: "${REPO}", chart: ledger }] }\n`,
    [`${REPO} ledger`],
  ],
  [
    'an ApplicationSet',
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec: { template: { spec: { source: { repoURL: "${REPO}", path: "ledger/{{env}}" } } } }\n`,
    [`${REPO} ledger/{{env}}`],
  ],
  [
    'a HelmRelease',
    'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: { chart: { spec: { chart: ledger, version: 2.x } } }\n',
    ['chart ledger 2.x'],
  ],
  [
    "Flux's Kustomization",
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: { path: ./ledger/prod, sourceRef: { kind: GitRepository, name: fleet } }\n',
    ['fleet ./ledger/prod'],
  ],
  [
    'nothing that leads here',
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: { source: { repoURL: "${REPO}", path: deploy/prod } }\n`,
    [],
  ],
  [
    'nothing that a generator leads here',
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec: { template: { spec: { source: { repoURL: "${REPO}", path: "deploy/{{env}}" } } } }\n`,
    [],
  ],
])('%s', async (_, text, to) => {
  expect(await delegatedBy(text)).toEqual(to);
});
