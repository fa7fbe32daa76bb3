import { findTestCard } from '../../domain/test-cards.ts';
import { noSuch } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { mintTestAccount } from './bank.ts';
import { createCardMethod } from './card.ts';
import { identityOfTestCard } from './card-identity.ts';

/**
 * The payment method behind an id. A test id such as `pm_card_visa` stands for a new method each time it is used
 * (recorded).
 *
 * @throws ApiError `resource_missing`: 404 for an id in the path, 400 for one in a parameter.
 */
export function findMethod(
  world: World,
  id: string,
  where: 'path' | 'parameter',
  param = 'payment_method',
): ApiObject {
  const method = world.get('payment_methods', id) ?? mintTestMethod(world, id);
  if (method === undefined) throw noSuch('PaymentMethod', id, param, where);
  return method;
}

/** A new method for a test id, or undefined when the id is none. */
function mintTestMethod(world: World, id: string, metadata: ApiHash = {}): ApiObject | undefined {
  if (!id.startsWith('pm_')) return undefined;
  const card = findTestCard({ pm: id });
  if (card === undefined) return mintTestAccount(world, id, metadata);
  return createCardMethod(world, {
    identity: identityOfTestCard(world, card),
    cvcGiven: true,
    data: { metadata },
  });
}
