import type { ApiRecord } from '../gateway/gateway.ts';
import type { Finding } from '../smoke/finding.ts';
import type { DoctorBench } from './bench.ts';

/** Something small that is safe to put right. */
export interface Mend {
  /** What would be done, as a sentence without its full stop: `Set /home/me/config.json to 0600`. */
  readonly what: string;
  /** Does it. @throws the file system's error */
  run(): void;
}

export interface DoctorFinding extends Finding {
  /** What was seen, for programs. */
  readonly facts?: ApiRecord;
  readonly mends?: readonly Mend[];
}

export interface DoctorCheck {
  /** Kebab-case and stable. */
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  run(bench: DoctorBench): Promise<DoctorFinding>;
}
