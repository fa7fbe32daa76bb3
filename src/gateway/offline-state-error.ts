/** The emulator's state cannot be read or written. Apart from `offline.ts` so that telling it does not load the emulator. */
export class OfflineStateError extends Error {
  override readonly name = 'OfflineStateError';
  /** `STATE_CORRUPT`, `STATE_BUSY`, … */
  readonly code: string;
  /** What the user can do, naming commands. */
  readonly wayOut: string;

  constructor(code: string, message: string, wayOut: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
    this.wayOut = wayOut;
  }
}
