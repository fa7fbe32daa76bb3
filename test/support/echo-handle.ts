import type { ApiRequest, ApiResponse, Handle } from '../../src/emulator/wire.ts';

/** A handle that remembers what it was asked and answers with it. */
export interface EchoHandle {
  readonly handle: Handle;
  readonly requests: ApiRequest[];
}

/**
 * @param answer overrides the answer to a request; undefined means the echo: status 200 and a JSON object of the request
 */
export function createEchoHandle(
  answer: (request: ApiRequest) => Partial<ApiResponse> | Promise<Partial<ApiResponse>> | undefined = () =>
    undefined,
): EchoHandle {
  const requests: ApiRequest[] = [];
  return {
    requests,
    async handle(request) {
      requests.push(request);
      const given = await answer(request);
      return {
        status: 200,
        headers: { 'content-type': 'application/json', 'request-id': 'req_0echo' },
        body: JSON.stringify({
          id: 'echo_0',
          object: 'echo',
          method: request.method,
          url: request.url,
          body: request.body,
        }),
        ...given,
      };
    },
  };
}

/** An answer in Stripe's error shape. */
export function errorAnswer(status: number, error: Record<string, unknown>): Partial<ApiResponse> {
  return { status, body: `${JSON.stringify({ error }, null, 2)}\n` };
}
