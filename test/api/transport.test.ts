import Stripe from 'stripe';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { createTransport, type Transport } from '../../src/emulator/transport.ts';
import { createEchoHandle, errorAnswer } from '../support/echo-handle.ts';

const KEY = ['sk', 'test', 'transport'].join('_');

function stripeOver(echo: ReturnType<typeof createEchoHandle>, options: Stripe.StripeConfig = {}) {
  return new Stripe(KEY, {
    httpClient: createTransport(echo.handle),
    telemetry: false,
    maxNetworkRetries: 0,
    ...options,
  });
}

test('is what the SDK takes as an HTTP client', () => {
  expectTypeOf<Transport>().toMatchTypeOf<NonNullable<Stripe.StripeConfig['httpClient']>>();
});

describe('a request', () => {
  test('reaches the handle as method, path, lower-case headers and form body', async () => {
    const echo = createEchoHandle();
    await stripeOver(echo).paymentIntents.create(
      { amount: 1099, currency: 'usd', metadata: { order: 'é 6' } },
      { idempotencyKey: 'key-1', stripeAccount: 'acct_0123456789abcdef' },
    );
    const [request] = echo.requests;
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe('/v1/payment_intents');
    expect(request?.body).toBe('amount=1099&currency=usd&metadata[order]=%C3%A9%206');
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/x-www-form-urlencoded',
      'idempotency-key': 'key-1',
      'stripe-account': 'acct_0123456789abcdef',
      host: 'api.stripe.com',
    });
    expect(Object.keys(request?.headers ?? {}).filter((name) => name !== name.toLowerCase())).toEqual([]);
    for (const value of Object.values(request?.headers ?? {})) expect(typeof value).toBe('string');
  });

  test('of a GET carries its parameters in the URL and no body', async () => {
    const echo = createEchoHandle(() => ({
      body: '{"object":"list","data":[],"has_more":false,"url":"/v1/x"}',
    }));
    await stripeOver(echo).paymentIntents.list({ limit: 3 });
    expect(echo.requests[0]).toMatchObject({ method: 'GET', url: '/v1/payment_intents?limit=3', body: '' });
  });
});

describe('an answer', () => {
  test('becomes the object, with its headers on lastResponse', async () => {
    const echo = createEchoHandle(() => ({ body: '{"id":"pi_0","object":"payment_intent"}' }));
    const intent = await stripeOver(echo).paymentIntents.retrieve('pi_0');
    expect(intent.id).toBe('pi_0');
    expect(intent.lastResponse.requestId).toBe('req_0echo');
    expect(intent.lastResponse.statusCode).toBe(200);
  });

  test('does not share its raw response with the next one', async () => {
    let count = 0;
    const shared = { 'request-id': 'req_first' };
    const echo = createEchoHandle(() => {
      count += 1;
      return {
        headers: count === 1 ? shared : { 'request-id': 'req_second' },
        body: '{"id":"pi_0","object":"payment_intent"}',
      };
    });
    const stripe = stripeOver(echo);
    const first = await stripe.paymentIntents.retrieve('pi_0');
    await stripe.paymentIntents.retrieve('pi_0');
    expect(first.lastResponse.requestId).toBe('req_first');
  });

  test.each([
    [402, { type: 'card_error', code: 'card_declined', message: 'Declined.' }, Stripe.errors.StripeCardError],
    [404, { type: 'invalid_request_error', message: 'No.' }, Stripe.errors.StripeInvalidRequestError],
    [401, { type: 'invalid_request_error', message: 'Who?' }, Stripe.errors.StripeAuthenticationError],
    [400, { type: 'idempotency_error', message: 'Other.' }, Stripe.errors.StripeIdempotencyError],
    [500, { type: 'api_error', message: 'Bug.' }, Stripe.errors.StripeAPIError],
  ] as const)('with status %i is the typed error of the SDK', async (status, error, type) => {
    const echo = createEchoHandle(() => errorAnswer(status, error));
    const refused = stripeOver(echo).paymentIntents.retrieve('pi_0');
    await expect(refused).rejects.toBeInstanceOf(type);
    await expect(refused).rejects.toMatchObject({ statusCode: status, message: error.message });
  });

  test('that is not JSON is the SDK error for that, not a crash', async () => {
    const echo = createEchoHandle(() => ({ body: '<html>' }));
    await expect(stripeOver(echo).paymentIntents.retrieve('pi_0')).rejects.toMatchObject({
      message: expect.stringContaining('Invalid JSON'),
    });
  });

  test('can be read as a stream', async () => {
    const echo = createEchoHandle(() => ({ body: 'é'.repeat(1000) }));
    const transport = createTransport(echo.handle);
    const response = await transport.makeRequest('h', '1', '/v1/x', 'GET', {}, '', 'http', 1000);
    let completed = 0;
    const stream = response.toStream(() => {
      completed += 1;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString('utf8')).toBe('é'.repeat(1000));
    expect(completed).toBe(1);
  });
});

describe('what goes wrong', () => {
  test('a handle that takes too long is a timeout', async () => {
    const echo = createEchoHandle(() => new Promise(() => {}));
    await expect(stripeOver(echo, { timeout: 30 }).paymentIntents.retrieve('pi_0')).rejects.toMatchObject({
      type: 'StripeConnectionError',
      message: expect.stringContaining('timeout being reached (30ms)'),
    });
  });

  test('a handle that throws is a connection error', async () => {
    const echo = createEchoHandle(() => Promise.reject(new Error('broken')));
    await expect(stripeOver(echo).paymentIntents.retrieve('pi_0')).rejects.toMatchObject({
      type: 'StripeConnectionError',
      detail: expect.objectContaining({ message: 'broken' }),
    });
  });

  test('an abort rejects what is under way and what comes later', async () => {
    const echo = createEchoHandle(() => new Promise(() => {}));
    const stop = new AbortController();
    const transport = createTransport(echo.handle, { signal: stop.signal });
    const send = () => transport.makeRequest('h', '1', '/v1/x', 'GET', {}, '', 'http', 0);
    const underWay = send();
    stop.abort(new Error('stopped'));
    await expect(underWay).rejects.toThrow('stopped');
    await expect(send()).rejects.toThrow('stopped');
    expect(echo.requests).toHaveLength(1);
  });

  test('a relative path is refused', async () => {
    const transport = createTransport(createEchoHandle().handle);
    await expect(transport.makeRequest('h', '1', 'v1/x', 'GET', {}, '', 'http', 0)).rejects.toThrow(
      'Only relative paths',
    );
  });
});
