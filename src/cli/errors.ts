import { type ErrorCode, errorCodes } from './error-codes.ts';

/** What the API said, for the machine form and for the `Code` line. */
export interface ApiFacts {
  readonly type?: string;
  readonly code?: string;
  readonly declineCode?: string;
  readonly param?: string;
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string;
  /** Embedded objects, as answered. */
  readonly objects: Readonly<Record<string, unknown>>;
}

export interface CliErrorOptions {
  readonly why?: string | undefined;
  /** Commands to type or sentences to follow, most useful last. The fix of the code where none is given. */
  readonly fix?: readonly string[] | undefined;
  readonly api?: ApiFacts | undefined;
  readonly cause?: unknown;
  /** Further facts for the machine form. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A failure the program can explain. The boundary prints it and exits with the code's exit code. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: ErrorCode;
  readonly title: string;
  readonly why: string | undefined;
  readonly fix: readonly string[];
  readonly api: ApiFacts | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, title: string, options: CliErrorOptions = {}) {
    super(title, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.title = title;
    this.why = options.why;
    this.fix = options.fix ?? [errorCodes[code].fix];
    this.api = options.api;
    this.details = options.details ?? {};
  }

  get exit(): number {
    return errorCodes[this.code].exit;
  }
}
