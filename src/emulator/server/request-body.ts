import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** The text of a request body, or why there is none: too long (413), not UTF-8 (400), or the client went away. */
export type BodyResult =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'too-long' /** All of it was read, so the connection can go on. */;
      readonly drained: boolean;
    }
  | { readonly kind: 'not-utf8' }
  | { readonly kind: 'gone' };

/** A body that is too long is read and dropped up to this size, so that the client gets to read the refusal. */
const DRAIN_BYTES = 16 * 1024 * 1024;

const EMPTY: BodyResult = { kind: 'text', text: '' };

/** True when the headers announce a body. */
export function announcesBody(headers: IncomingMessage['headers']): boolean {
  const length = headers['content-length'];
  return (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined;
}

/**
 * Collects a request body of at most `limit` bytes and hands it to `done`, once. Callbacks and no stream machinery: this runs
 * for every POST.
 */
export function readBody(request: IncomingMessage, limit: number, done: (result: BodyResult) => void): void {
  if (!announcesBody(request.headers)) {
    done(EMPTY);
    return;
  }
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let size = 0;
  let finished = false;

  const finish = (result: BodyResult) => {
    if (finished) return;
    finished = true;
    done(result);
  };
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) {
      first = undefined;
      rest = undefined;
      if (size > DRAIN_BYTES) finish({ kind: 'too-long', drained: false });
    } else if (first === undefined) {
      first = chunk;
    } else {
      rest ??= [first];
      rest.push(chunk);
    }
  });
  request.once('end', () => {
    if (size > limit) finish({ kind: 'too-long', drained: true });
    else if (first === undefined) finish(EMPTY);
    else finish(decode(rest === undefined ? first : Buffer.concat(rest, size)));
  });
  request.once('error', () => finish({ kind: 'gone' }));
  request.once('close', () => finish({ kind: 'gone' }));
}

/** A lenient decoder would turn a broken byte into U+FFFD and store what the client never sent. */
function decode(bytes: Buffer): BodyResult {
  return isUtf8(bytes) ? { kind: 'text', text: bytes.toString('utf8') } : { kind: 'not-utf8' };
}
