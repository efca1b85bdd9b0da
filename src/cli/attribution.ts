/** Whom the advisories are from, and on which terms: to be named wherever they are handed on. */
import { SERVICES } from '../online/services.ts';

/** OSV's records; those who write them (GitHub, PyPA, Go, RustSec and others) share them on these terms or freer ones. */
export const OSV = { name: 'OSV.dev', licence: 'CC-BY-4.0', url: SERVICES.home };
