import { arch, versions } from 'node:process';
import { type SqliteFacts, sqliteFacts } from '../emulator/sqlite.ts';
import { type SdkFacts, sdkFacts } from './stripe-sdk.ts';

/** What the program runs on. */
export interface RuntimeFacts {
  /** `22.20.0` */
  readonly node: string;
  /** `x64`, `arm64`, … */
  readonly arch: string;
  readonly sdk: SdkFacts;
  /** Undefined, with the reason beside it, where SQLite cannot be loaded. */
  readonly sqlite: SqliteFacts | undefined;
  readonly sqliteProblem: string | undefined;
}

export async function runtimeFacts(): Promise<RuntimeFacts> {
  const sdk = await sdkFacts();
  const known = { node: versions.node, arch, sdk };
  try {
    return { ...known, sqlite: sqliteFacts(), sqliteProblem: undefined };
  } catch (error) {
    const sqliteProblem = error instanceof Error ? error.message : String(error);
    return { ...known, sqlite: undefined, sqliteProblem };
  }
}
