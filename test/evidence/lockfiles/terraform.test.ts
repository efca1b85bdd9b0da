/** .terraform.lock.hcl: providers, and whether the files of the folder still require them. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/terraform.ts';
import { requiredProviders } from '../../../src/evidence/lockfiles/infrastructure/required-providers.ts';
import { agree, disagreements, gaps, holdsForAny, hugeLines, named, read, told } from './reading.ts';

const LOCK = `# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.31.0"
  constraints = ">= 4.0.0, ~> 5.0"
  hashes = [
    "h1:version = nothing",
    "zh:00",
  ]
}

provider "registry.acme.example/Acme/Cloud" {
  version = "0.4.0-beta.1"
}
`;
const TF = `# required_providers { a = { source = "no/comment" } }
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source                = "hashicorp/aws" // the usual one
      version               = "~> 5.0"
      configuration_aliases = [aws.east, aws.west]
    }
    cloud = { source = "registry.acme.example/acme/cloud", version : "0.4.0-beta.1" }
    terraform = { source = "terraform.io/builtin/terraform" }
  }
}
locals {
  doc = <<-EOT
    required_providers { b = "not \${this}" }
  EOT
}
`;
const FILES = { 'infra/.terraform.lock.hcl': LOCK, 'infra/main.tf': TF };

describe('.terraform.lock.hcl', () => {
  it('tells providers with their registries', () => {
    const result = read(format, FILES);
    expect(told(result)).toEqual([
      'hashicorp/aws 5.31.0 registry production direct',
      'acme/cloud 0.4.0-beta.1 registry production direct',
    ]);
    expect(named(result, 'hashicorp/aws')).toMatchObject({
      registry: 'registry.terraform.io',
      line: 3,
      requiredBy: [{ name: '', range: '>= 4.0.0, ~> 5.0' }],
    });
    expect(named(result, 'acme/cloud')).toMatchObject({ registry: 'registry.acme.example', requiredBy: [] });
    expect(told(read(format, { '.terraform.lock.hcl': LOCK.replaceAll('\n', '\r\n') }))[0]).toBe(
      'hashicorp/aws 5.31.0 registry production ?',
    );
  });

  it('says what it does not understand', () => {
    const odd = `${LOCK}provider "aws" {\n  version = "1.0.0"\n}\nprovider "a/b/c" {\n}\nprovider nonsense {\n}\n`;
    expect(gaps(read(format, { '.terraform.lock.hcl': odd }))).toEqual([
      'unparsed 2: providers are not understood',
      'no-version 1: providers have no version',
    ]);
    expect(gaps(read(format, { '.terraform.lock.hcl': 'x' }))).toEqual(['unparsed 0: it has no block of a provider']);
    expect(gaps(read(format, { '.terraform.lock.hcl': '# nothing required\n' }))).toEqual([]);
    expect(told(read(format, { '.terraform.lock.hcl': 'provider "a/__proto__/c" {\n  version = "1.0.0"\n' }))).toEqual([
      '__proto__/c 1.0.0 registry production ?',
    ]);
  });

  it('reads any text, and long lines in one go', () => {
    holdsForAny(format, FILES);
    for (const text of hugeLines('"', '\\"', '[', 'a = [', '/*', '<<A\n', '#', '}', 'required_providers {', 'a = {'))
      expect(
        agree(format, { '.terraform.lock.hcl': `provider "${text}`, 'main.tf': `required_providers { ${text}` })
          .disagreements.length,
      ).toBeLessThan(2);
  });
});

describe('.terraform.lock.hcl and the files of its folder', () => {
  it('agree where all that is required is locked', () => {
    expect(agree(format, FILES)).toEqual({ disagreements: [], compared: 2, untold: [] });
  });

  it('differ where the locked version is not one that is required', () => {
    const changed = TF.replace('"~> 5.0"', '"~> 5.0, < 5.31.0"');
    expect(disagreements(format, { ...FILES, 'infra/main.tf': changed })).toEqual([
      'hashicorp/aws: asks for ~> 5.0, < 5.31.0, and 5.31.0 is locked (infra/main.tf:5)',
    ]);
  });

  it('differ where a provider is required and not locked', () => {
    expect(
      disagreements(format, {
        ...FILES,
        'infra/b.tf': 'terraform {\n  required_providers {\n    random = "~> 3.0"\n  }\n}\n',
      }),
    ).toEqual(['hashicorp/random: is asked for and not locked (infra/b.tf:3)']);
  });

  it('do not guess what is not literal, or not HCL', () => {
    const odd = 'terraform { required_providers { x = { source = "a/${b}" } } }';
    expect(agree(format, { ...FILES, 'infra/b.tf': odd, 'infra/c.tf.json': '{}' }).untold).toEqual(
      expect.arrayContaining([
        'what infra/b.tf requires in line 1: it is not literal',
        'what infra/c.tf.json requires',
      ]),
    );
    expect(agree(format, { '.terraform.lock.hcl': LOCK }).untold).toEqual([
      'what it is asked for: no file of Terraform is beside it',
    ]);
  });

  it('knows what stands after a text that holds another', () => {
    const text =
      'locals {\n  a = "${f("x {")} # no comment"\n}\nterraform {\n  required_providers {\n    z = { source = "a/z" }\n  }\n}\n';
    expect(requiredProviders({ path: 'a.tf', text }).providers).toEqual([
      { name: 'a/z', at: { path: 'a.tf', line: 6 } },
    ]);
  });
});
