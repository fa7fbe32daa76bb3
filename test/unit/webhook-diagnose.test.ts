import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { signBody } from '../../src/gateway/webhook-tools.ts';
import { diagnose } from '../../src/webhook/diagnose.ts';
import { firstDifference } from '../../src/webhook/first-difference.ts';
import { fixFor } from '../../src/webhook/fixes.ts';
import { FRAMEWORK_IDS, FRAMEWORKS, frameworkNamed } from '../../src/webhook/frameworks.ts';

const SECRET = ['whsec', 'diagnoseTests'].join('_');
const NOW = 1_795_000_000;

const event = {
  id: 'evt_1',
  object: 'event',
  amount: 5000,
  data: {
    object: {
      id: 'pi_1',
      object: 'payment_intent',
      description: 'Zoë – 東京 🙂',
      url: 'https://example.com/a',
    },
  },
  livemode: false,
};
const body = JSON.stringify(event, null, 2);

function seen(
  payload: string | Uint8Array,
  options: { header?: string; secret?: string; tolerance?: number } = {},
) {
  return diagnose({
    payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
    header: 'header' in options ? options.header : signBody(body, SECRET, NOW),
    secrets: [options.secret ?? SECRET],
    nowSeconds: NOW + 10,
    toleranceSeconds: options.tolerance ?? 300,
  });
}

/** Whether Stripe's own library accepts it. */
function stripeAccepts(payload: string, header: string, secret: string): boolean {
  try {
    new Stripe(['sk', 'test', 'x'].join('_')).webhooks.constructEvent(
      payload,
      header,
      secret,
      300,
      undefined,
      (NOW + 10) * 1000,
    );
    return true;
  } catch {
    return false;
  }
}

const sortedEvent = Object.fromEntries(Object.entries(event).sort());
const escaped = (text: string) =>
  text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('a body that was changed', () => {
  test.each<[string, string | Uint8Array, string, string]>([
    ['written without white space', JSON.stringify(event), 'body_changed', 'json'],
    ['written with four blanks', JSON.stringify(event, null, 4), 'body_changed', 'json'],
    ['written with tabs', JSON.stringify(event, null, '\t'), 'body_changed', 'json'],
    ['with sorted keys', JSON.stringify(sortedEvent), 'body_changed', 'json'],
    ['with escaped characters', escaped(body), 'body_changed', 'json'],
    ['with escaped slashes', body.replaceAll('/', '\\/'), 'body_changed', 'json'],
    ['as PHP writes it', escaped(JSON.stringify(event)).replaceAll('/', '\\/'), 'body_changed', 'json'],
    ['with a line end', `${body}\n`, 'body_changed', 'whitespace'],
    ['with Windows line ends', body.replaceAll('\n', '\r\n'), 'body_changed', 'whitespace'],
    ['with a byte order mark', `\ufeff${body}`, 'body_changed', 'bom'],
    ['in a JSON string', JSON.stringify(body), 'body_changed', 'quoted'],
    ['read as a form', `${encodeURIComponent(body)}=`, 'body_changed', 'form'],
    ['read as Latin-1', Buffer.from(body).toString('latin1'), 'body_changed', 'encoding'],
    ['in Base64', Buffer.from(body).toString('base64'), 'base64_body', 'base64'],
    [
      'in Base64 with lines',
      Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\n'),
      'base64_body',
      'base64',
    ],
    [
      'in the event of a Lambda',
      JSON.stringify({ isBase64Encoded: true, body: Buffer.from(body).toString('base64') }),
      'base64_body',
      'envelope',
    ],
  ])('%s is recognised, with the first byte that differs', (_, given, problem, change) => {
    const diagnosis = seen(given);
    expect(diagnosis).toMatchObject({ verified: false, problem, change });
    const bytes = Buffer.from(given);
    const { offset = -1 } = diagnosis.difference ?? {};
    expect(bytes.subarray(0, offset)).toEqual(Buffer.from(body).subarray(0, offset));
    expect(bytes[offset]).not.toBe(Buffer.from(body)[offset]);
  });

  test('beyond repair is a wrong secret or a changed body', () => {
    expect(seen(body.replace('5000', '5001')).problem).toBe('wrong_secret');
    expect(seen('no JSON').reason).toContain('not even JSON');
  });
});

describe('a secret', () => {
  test.each([
    [`${SECRET}\n`, 'secret_whitespace'],
    [` ${SECRET}`, 'secret_whitespace'],
    [`"${SECRET}"`, 'secret_malformed'],
    [`STRIPE_WEBHOOK_SECRET=${SECRET}`, 'secret_malformed'],
    [`STRIPE_WEBHOOK_SECRET="${SECRET}"`, 'secret_malformed'],
    [`${SECRET}\\n`, 'secret_malformed'],
    [SECRET.replace('whsec_', ''), 'secret_malformed'],
    [['whsec', 'another'].join('_'), 'wrong_secret'],
    [['sk', 'test', 'key'].join('_'), 'wrong_secret'],
    ['  ', 'blank_secret'],
  ])('%j is %s', (secret, problem) => {
    expect(seen(body, { secret }).problem).toBe(problem);
    expect(stripeAccepts(body, signBody(body, SECRET, NOW), secret)).toBe(false);
  });

  test('with white space and a body written again tells of both', () => {
    const { problem, reason } = seen(JSON.stringify(event), { secret: `${SECRET} ` });
    expect(problem).toBe('body_changed');
    expect(reason).toContain('white space in it');
  });
});

describe('a header', () => {
  const other = ['whsec', 'another'].join('_');
  test.each<[string, string | undefined, string | null]>([
    ['that is right', signBody(body, SECRET, NOW), null],
    ['with its name in front', `Stripe-Signature: ${signBody(body, SECRET, NOW)}\n`, null],
    ['with two v1', signBody(body, [other, SECRET], NOW), null],
    ['from the future', signBody(body, SECRET, NOW + 4000), null],
    ['that is missing', undefined, 'missing_header'],
    ['that is empty', '', 'missing_header'],
    ['with v0 only', signBody(body, SECRET, NOW, 'v0'), 'wrong_scheme'],
    ['without a time', signBody(body, SECRET, NOW).replace(/t=\d+,/, ''), 'malformed_header'],
    ['with blanks', signBody(body, SECRET, NOW).replace(',', ', '), 'malformed_header'],
    ['that is old', signBody(body, SECRET, NOW - 300), 'stale_timestamp'],
    ['that is cut short', signBody(body, SECRET, NOW).slice(0, -3), 'wrong_secret'],
  ])('%s', (_, header, problem) => {
    const diagnosis = seen(body, header === undefined ? { header: undefined as never } : { header });
    expect(diagnosis.problem).toBe(problem);
    expect(diagnosis.verified).toBe(problem === null);
    const bare = (header ?? '').replace(/^Stripe-Signature: /, '').trim();
    expect(stripeAccepts(body, bare, SECRET)).toBe(problem === null);
  });

  test('may be of any age with a tolerance of 0', () => {
    expect(seen(body, { header: signBody(body, SECRET, NOW - 9000), tolerance: 0 }).verified).toBe(true);
  });

  test('for an empty body', () => {
    expect(seen('').problem).toBe('no_payload');
  });
});

describe('fixes', () => {
  test('about the body come for every framework, or for the one asked for', () => {
    expect(fixFor('body_changed').frameworks.map(({ id }) => id)).toEqual([...FRAMEWORK_IDS]);
    expect(fixFor('body_changed', frameworkNamed('rails')).frameworks.map(({ id }) => id)).toEqual(['rails']);
    expect(fixFor('wrong_secret', frameworkNamed('rails')).frameworks).toEqual([]);
  });

  test('show code that verifies', () => {
    for (const { id, code } of FRAMEWORKS)
      expect([id, code.join('\n')]).toEqual([id, expect.stringMatching(/construct_?event/i)]);
  });
});

test('a difference inside a character shows the whole character', () => {
  const difference = firstDifference(Buffer.from('aé'), Buffer.from('aè'));
  expect(difference).toMatchObject({
    offset: 2,
    signed: 'aé⟨end⟩',
    given: 'aè⟨end⟩',
    signedByte: 'a9',
    givenByte: 'a8',
  });
  expect(firstDifference(Buffer.from('a'), Buffer.from('a'))).toBeUndefined();
});
