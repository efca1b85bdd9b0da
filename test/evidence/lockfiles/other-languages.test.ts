/** Lockfiles of Ruby, PHP, the JVM, .NET, Elixir, Terraform and Helm as the collector finds them, with what says more in other folders. */
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/evidence/lockfiles/formats.ts';
import { collector } from '../../../src/evidence/lockfiles.ts';
import { collected } from '../collected.ts';

describe('the kind of evidence lockfiles', () => {
  it('hands over central versions and parents of other folders', async () => {
    const { facts } = await collected(collector, {
      'svc/packages.lock.json':
        '{"version":2,"dependencies":{"net8.0":{"Acme.Http":{"type":"Direct","requested":"[2.0.0, )","resolved":"2.0.0"}}}}',
      'svc/Svc.csproj': '<Project><ItemGroup><PackageReference Include="Acme.Http" /></ItemGroup></Project>',
      'Directory.Packages.props':
        '<Project><ItemGroup><PackageVersion Include="Acme.Http" Version="2.0" /></ItemGroup></Project>',
      'svc/pom.xml':
        '<project><parent><groupId>a</groupId><artifactId>root</artifactId></parent><artifactId>svc</artifactId><dependencies><dependency><groupId>b</groupId><artifactId>c</artifactId><version>${c}</version></dependency></dependencies></project>',
      'pom.xml':
        '<project><groupId>a</groupId><artifactId>root</artifactId><properties><c>4.1</c></properties></project>',
      'svc/infra/.terraform.lock.hcl': 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.1.0"\n}\n',
      'svc/infra/main.tf': 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n',
    });
    const told = facts.lockfiles.map(({ path, manifests, packages, agreement }) => ({
      path,
      manifests,
      packages: packages.map(({ name, version, scope, direct }) => `${name} ${version} ${scope} ${direct}`),
      ...(agreement && { compared: agreement.compared, untold: agreement.untold }),
    }));
    expect(told.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'pom.xml', manifests: ['pom.xml'], packages: [] },
      {
        path: 'svc/infra/.terraform.lock.hcl',
        manifests: ['svc/infra/main.tf'],
        packages: ['hashicorp/aws 5.1.0 production true'],
        compared: 1,
        untold: [],
      },
      {
        path: 'svc/packages.lock.json',
        manifests: ['svc/Svc.csproj'],
        packages: ['acme.http 2.0.0 production true'],
        compared: 1,
        untold: [],
      },
      { path: 'svc/pom.xml', manifests: ['svc/pom.xml'], packages: ['b:c 4.1 production true'] },
    ]);
    expect(facts.manifests.flatMap(({ gap }) => gap ?? [])).toEqual([]);
  });

  it.each(FORMATS.map((it) => [String(it.files), it] as const))(
    'loads for %s a format of the same names',
    async (_, it) => {
      expect(String((await it.load()).files)).toBe(String(it.files));
    },
  );
});
