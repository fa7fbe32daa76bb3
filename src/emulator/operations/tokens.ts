import { buildObject } from '../api/build-object.ts';
import { missingParam } from '../api/param-errors.ts';
import { invalidRequest, noSuch, unsupported } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { bankAccountObject } from '../payment-methods/bank-account-object.ts';
import { cardObject } from '../payment-methods/card-object.ts';
import { readTestToken, type TokenFacts } from '../payment-methods/card-token.ts';
import { type ReadCard, readTypedCard } from '../payment-methods/typed-card.ts';
import { readCurrency } from '../payments/intent-params.ts';
import type { Call, Operations, World } from '../world.ts';

/** The emulator answers on the loopback interface. */
const CLIENT_IP = '127.0.0.1';

const NOTHING_GIVEN =
  'You must supply either a card, customer, PII data, bank account, or account legal entity parameters to create a token.';

/** The endpoints of tokens. */
export const tokens: Operations = {
  'tokens.create': createToken,
  'tokens.retrieve': retrieveToken,
};

/**
 * `POST /v1/tokens`: of a card, a bank account, a CVC or a personal number.
 *
 * @throws ApiError 400; 402 for card data that cannot be right
 */
function createToken({ world, params }: Call): ApiObject {
  for (const name of ['account', 'customer', 'person'] as const) {
    if (params[name] !== undefined) throw unsupported(`A token made of \`${name}\``, name);
  }
  if (params['card'] !== undefined) return cardToken(world, params['card']);
  if (params['bank_account'] !== undefined) return bankAccountToken(world, params['bank_account']);
  if (params['cvc_update'] !== undefined) return insertToken(world, 'cvctok', 'cvc_update', {});
  if (params['pii'] !== undefined) return insertToken(world, 'pii', 'pii', {});
  throw invalidRequest(NOTHING_GIVEN);
}

function cardToken(world: World, given: unknown): ApiObject {
  if (typeof given === 'string') throw unsupported('A token made from another token', 'card');
  const params = given as ApiHash;
  return insertCardToken(world, readTypedCard(world, params, 'card'), params);
}

function insertCardToken(world: World, read: ReadCard, details: ApiHash): ApiObject {
  const token = insertToken(world, 'tok', 'card', { card: cardObject(world, { ...read, details }) });
  world.remember<TokenFacts>(token.id, { card: read.identity, cvcGiven: read.cvcGiven });
  return token;
}

function bankAccountToken(world: World, given: unknown): ApiObject {
  if (typeof given === 'string') throw unsupported('A token made from another token', 'bank_account');
  const params = given as ApiHash;
  for (const name of ['account_number', 'country'] as const) {
    if (params[name] === undefined) throw missingParam(`bank_account[${name}]`);
  }
  const currency = readCurrency((params['currency'] as string | undefined) ?? 'usd');
  return insertToken(world, 'btok', 'bank_account', {
    bank_account: bankAccountObject(world, { ...params, currency }),
  });
}

function insertToken(world: World, prefix: string, type: string, content: ApiHash): ApiObject {
  return world.insert(
    'tokens',
    buildObject('token', {
      id: world.ids.plain(prefix, world.now),
      ...content,
      client_ip: CLIENT_IP,
      created: world.now,
      livemode: false,
      type,
      used: false,
    }),
  );
}

/** `GET /v1/tokens/{id}`; a test id makes a new token each time. @throws ApiError 404 */
function retrieveToken({ world, path }: Call): ApiObject {
  const id = path[0] as string;
  const token = world.get('tokens', id);
  if (token !== undefined) return token;
  const test = readTestToken(world, id);
  if (test === undefined) throw noSuch('token', id, 'token', 'path');
  return insertCardToken(world, test, {});
}
