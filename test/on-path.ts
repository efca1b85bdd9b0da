/** Programs that a test needs and a machine may not have. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The file of a program on PATH; undefined where there is none. */
export function onPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
