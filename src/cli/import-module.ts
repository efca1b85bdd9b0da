/** Imports a module that the operator names. The build puts Node's own import in its place, which bundled code does not have. */

/** The module at a `file:` address. */
export function importModule(address: string): Promise<unknown> {
  return import(address);
}
