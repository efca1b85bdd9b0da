/** Versions and ranges of NuGet's packages. */
import { defineOrder } from './define-order.ts';
import { meetsNugetRange } from './nuget-ranges.ts';
import { compareNuget, parseNuget } from './nuget-versions.ts';

export const nuget = defineOrder({
  parse: parseNuget,
  compare: compareNuget,
  isPrerelease: ({ labels }) => labels.length > 0,
  satisfies: meetsNugetRange,
});
