/** The order of each ecosystem's versions, by the ecosystem's name. */
import { cargo } from './cargo.ts';
import { go } from './go.ts';
import { helm } from './helm.ts';
import { hex } from './hex.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { nuget } from './nuget.ts';
import type { Ecosystem, VersionOrder } from './order.ts';
import { packagist } from './packagist.ts';
import { pypi } from './pypi.ts';
import { rubygems } from './rubygems.ts';
import { terraform } from './terraform.ts';

const ORDERS: Readonly<Record<Ecosystem, VersionOrder>> = {
  npm,
  PyPI: pypi,
  Go: go,
  'crates.io': cargo,
  RubyGems: rubygems,
  Packagist: packagist,
  Maven: maven,
  NuGet: nuget,
  Hex: hex,
  Terraform: terraform,
  Helm: helm,
};

/** Whether a text names an ecosystem. */
export function isEcosystem(text: string): text is Ecosystem {
  return Object.hasOwn(ORDERS, text);
}

export function orderOf(ecosystem: Ecosystem): VersionOrder {
  return ORDERS[ecosystem];
}
