/** Versions and specifiers of Python's packages. */
import { defineOrder } from './define-order.ts';
import { meetsSpecifiers } from './pypi-specifiers.ts';
import { comparePython, isPythonPrerelease, parsePython } from './pypi-versions.ts';

export const pypi = defineOrder({
  parse: parsePython,
  compare: comparePython,
  isPrerelease: isPythonPrerelease,
  satisfies: meetsSpecifiers,
});
