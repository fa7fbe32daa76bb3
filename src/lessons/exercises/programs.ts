import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ProgramName, ProgramVersion } from './exercise.ts';

/** Beside the built program, beside a part of it, and in the sources. */
const PLACES = ['./exercises/', '../exercises/', '../../../fixtures/exercises/'];

/** The file of a version as it was shipped. Not to be changed. */
export function shippedFile(program: ProgramName, version: ProgramVersion): string {
  const files = PLACES.map((place) =>
    fileURLToPath(new URL(`${place}${program}/${version}.mjs`, import.meta.url)),
  );
  const found = files.find((file) => existsSync(file));
  if (found === undefined) throw new Error(`the program ${program} of the lessons is not installed`);
  return found;
}

/** Its text. */
export function shippedText(program: ProgramName, version: ProgramVersion): Promise<string> {
  return readFile(shippedFile(program, version), 'utf8');
}
