import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { similarName } from '../../../src/emulator/api/similar-name.ts';
import { operations, paramTable } from '../../../src/emulator/api/tables.ts';
import { validateParams } from '../../../src/emulator/api/validate.ts';
import { ApiError } from '../../../src/emulator/api-error.ts';
import { parseFormParams } from '../../../src/emulator/request-params.ts';

const read = (operation: string, body: string) => validateParams(operation, parseFormParams(body));

function refusal(operation: string, body: string) {
  try {
    read(operation, body);
  } catch (error) {
    if (error instanceof ApiError)
      return { ...error.error, status: error.status, whileReading: error.whileReading };
    throw error;
  }
  throw new Error('was accepted');
}

const create = (body: string) => read('payment_intents.create', `amount=1099&currency=usd&${body}`);
const refused = (body: string) => refusal('payment_intents.create', `amount=1099&currency=usd&${body}`);

describe('values', () => {
  test('are coerced to their types', () => {
    expect(create('confirm=true&metadata[order]=6735&application_fee_amount=-1&off_session=one_off')).toEqual(
      {
        amount: 1099,
        currency: 'usd',
        confirm: true,
        metadata: { order: '6735' },
        application_fee_amount: -1,
        off_session: 'one_off',
      },
    );
    expect(create('off_session=True')).toMatchObject({ off_session: true });
  });

  test('sequences come appended or numbered', () => {
    expect(create('expand[]=customer&expand[]=latest_charge')['expand']).toEqual([
      'customer',
      'latest_charge',
    ]);
    expect(create('expand[0]=customer&expand[1]=latest_charge')['expand']).toEqual([
      'customer',
      'latest_charge',
    ]);
    expect(
      read(
        'payment_intents.create',
        'amount=1&currency=usd&amount_details[line_items][0][product_name]=a&amount_details[line_items][0][quantity]=2&amount_details[line_items][0][unit_cost]=5',
      )['amount_details'],
    ).toEqual({ line_items: [{ product_name: 'a', quantity: 2, unit_cost: 5 }] });
  });

  test('ranges are an integer or bounds', () => {
    expect(read('payment_intents.list', 'created=5')).toEqual({ created: 5 });
    expect(read('payment_intents.list', 'created[gt]=5&created[lte]=9')).toEqual({
      created: { gt: 5, lte: 9 },
    });
    expect(refusal('payment_intents.list', 'created[above]=5')).toMatchObject({ param: 'created[above]' });
  });

  test('an empty string stays where it unsets', () => {
    expect(read('payment_intents.update', 'metadata=&receipt_email=')).toEqual({
      metadata: '',
      receipt_email: '',
    });
    expect(read('customers.create', 'description=&name=')).toEqual({ description: '', name: '' });
    expect(create('shipping[name]=a&shipping[address][line1]=b&shipping[address][line2]=')).toMatchObject({
      shipping: { address: { line2: '' } },
    });
    expect(create('metadata[a]=')).toMatchObject({ metadata: { a: '' } });
  });

  test('names from a request never reach a prototype', () => {
    expect(refused('constructor[prototype]=1')).toMatchObject({ param: 'constructor' });
    const raw = JSON.parse('{ "amount": "1", "currency": "usd", "metadata": { "__proto__": "x" } }');
    const metadata = validateParams('payment_intents.create', raw)['metadata'] as object;
    expect(Object.getOwnPropertyNames(metadata)).toEqual(['__proto__']);
  });
});

describe('refusals', () => {
  const TYPE = { type: 'invalid_request_error', status: 400, whileReading: true };

  test.each([
    ['wat=1', 'Received unknown parameter: wat', 'parameter_unknown', 'wat'],
    ['wat=1&b=2', 'Received unknown parameters: wat, b', 'parameter_unknown', 'wat'],
    [
      'ammount=1',
      'Received unknown parameter: ammount. Did you mean amount?',
      'parameter_unknown',
      'ammount',
    ],
    ['shipping[nope]=1', 'Received unknown parameter: shipping[nope]', 'parameter_unknown', 'shipping[nope]'],
    [
      'shipping[name]=a',
      'Missing required param: shipping[address].',
      'parameter_missing',
      'shipping[address]',
    ],
    [
      'application_fee_amount=1.5',
      'Invalid integer: 1.5',
      'parameter_invalid_integer',
      'application_fee_amount',
    ],
    ['confirm=1', 'Invalid boolean: 1', undefined, 'confirm'],
    ['customer[a]=1', 'Invalid string: {"a":"1"}', undefined, 'customer'],
    ['shipping=x', 'Invalid object', undefined, 'shipping'],
    ['expand=customer', 'Invalid array', undefined, 'expand'],
    [
      'capture_method=x',
      'Invalid capture_method: must be one of automatic, automatic_async, or manual',
      undefined,
      'capture_method',
    ],
    [
      'setup_future_usage=x',
      'Invalid setup_future_usage: must be one of off_session or on_session',
      undefined,
      'setup_future_usage',
    ],
    [
      'payment_method_options[card][request_three_d_secure]=x',
      'Invalid payment_method_options[card][request_three_d_secure]: must be one of any, automatic, or challenge',
      undefined,
      'payment_method_options[card][request_three_d_secure]',
    ],
    [
      'customer=',
      "You passed an empty string for 'customer'. We assume empty values are an attempt to unset a parameter; however 'customer' cannot be unset. You should remove 'customer' from your request or supply a non-empty value.",
      'parameter_invalid_empty',
      'customer',
    ],
    [
      'expand[1]=customer',
      'If passing an array with explicit keys (e.g. foo[0]=a&foo[1]=b) instead of as an array (e.g. foo[]=a&foo[]=b), the keys must be numeric and sequential starting from 0. You passed the keys `1`, we expected to have a key with the value `0`.',
      undefined,
      'expand',
    ],
    [
      'statement_descriptor=NOODLEFINGERS.WPCOMSTAGING',
      'The statement descriptor must be at most 22 characters. NOODLEFINGERS.WPCOMSTAGING is 26 characters long.',
      undefined,
      'statement_descriptor',
    ],
    [
      `metadata[${'k'.repeat(41)}]=v`,
      `Metadata keys can have up to 40 characters, but you passed in a key that is 41 characters. Invalid key: ${'k'.repeat(41)}`,
      undefined,
      undefined,
    ],
    ['metadata=x', 'Invalid metadata: metadata must be a set of key-value pairs', undefined, 'metadata'],
  ])('%s', (body, message, code, param) => {
    const error = { ...TYPE, message, ...(code && { code }), ...(param && { param }) };
    expect(refused(body)).toEqual(error);
  });

  test('what is missing', () => {
    expect(refusal('payment_intents.create', 'amount=1')).toEqual({
      ...TYPE,
      code: 'parameter_missing',
      message: 'Missing required param: currency.',
      param: 'currency',
    });
    expect(refusal('payment_intents.create', '').param).toBe('amount');
  });

  test('unknown names outrank missing ones', () => {
    expect(refusal('payment_intents.create', 'wat=1').code).toBe('parameter_unknown');
  });

  test('enum values inside a sequence are named by their position', () => {
    expect(
      refusal('webhook_endpoints.create', 'url=https://x&enabled_events[]=charge.failed&enabled_events[]=x'),
    ).toMatchObject({
      param: 'enabled_events[1]',
      message: expect.stringMatching(/^Invalid enabled_events\[1\]: must be one of \*, account\.application/),
    });
  });

  test('tax_exempt lists its values in the order of the API', () => {
    expect(refusal('customers.create', 'tax_exempt=x').message).toBe(
      'Invalid tax_exempt: must be one of none, reverse, or exempt',
    );
  });

  test('more than 50 keys of metadata', () => {
    const body = Array.from({ length: 51 }, (_, n) => `metadata[k${n}]=v`).join('&');
    expect(refused(body).message).toBe(
      "Metadata can have up to 50 keys, but you've set 51. Email us at support+metadata@stripe.com for more information.",
    );
  });
});

describe('similar names', () => {
  const params = [...paramTable('payment_intents.create').fields.keys()];

  test.each([
    ['customers', 'customer'],
    ['ammount', 'amount'],
    ['curency', 'currency'],
    ['status', undefined],
    ['wat', undefined],
    ['foo', undefined],
  ])('%s -> %s', (wrong, meant) => {
    expect(similarName(wrong, params)).toBe(meant);
  });

  test('customer_data -> customer_update', () => {
    expect(similarName('customer_data', ['customer', 'customer_email', 'customer_update', 'metadata'])).toBe(
      'customer_update',
    );
  });
});

describe('every operation', () => {
  test('refuses a parameter that no operation has', () => {
    for (const { id } of operations()) expect(refusal(id, 'zzzzzzzz=1').message).toContain('zzzzzzzz');
  });

  test('answers any input with values or an ApiError', () => {
    const leaf = fc.oneof(fc.string(), fc.constant(''), fc.constantFrom('1', 'true', 'card'));
    const { raw } = fc.letrec((tie) => ({
      raw: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('0', '1', 'type', 'address')), tie('value'), {
        maxKeys: 3,
      }),
      value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(leaf, { maxLength: 2 }), tie('raw')),
    }));
    const names = operations().flatMap(({ id }) =>
      [...paramTable(id).fields.keys()].map((name) => [id, name] as const),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.oneof(leaf, fc.array(leaf), raw), ([id, name], value) => {
        try {
          validateParams(id, { [name]: value });
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
