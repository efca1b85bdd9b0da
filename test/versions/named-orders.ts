/** Every order there is, by the name of its file. */
import { cargo } from '../../src/versions/cargo.ts';
import { debian } from '../../src/versions/debian.ts';
import { go } from '../../src/versions/go.ts';
import { helm } from '../../src/versions/helm.ts';
import { hex } from '../../src/versions/hex.ts';
import { maven } from '../../src/versions/maven.ts';
import { npm } from '../../src/versions/npm.ts';
import { nuget } from '../../src/versions/nuget.ts';
import type { VersionOrder } from '../../src/versions/order.ts';
import { packagist } from '../../src/versions/packagist.ts';
import { pypi } from '../../src/versions/pypi.ts';
import { rubygems } from '../../src/versions/rubygems.ts';
import { terraform } from '../../src/versions/terraform.ts';

export const NAMED_ORDERS: ReadonlyMap<string, VersionOrder> = new Map(
  Object.entries({
    cargo,
    debian,
    go,
    helm,
    hex,
    maven,
    npm,
    nuget,
    packagist,
    pypi,
    rubygems,
    terraform,
  }),
);
