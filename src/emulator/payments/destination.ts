import { buildObject } from '../api/build-object.ts';
import { noSuch } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/**
 * Payments with a destination: part of the money goes on to a connected account. No such account is emulated, so any id
 * of the right form will do and no balance but the own one moves; what the objects show of it is as recorded (2023-2024).
 */

/** @throws ApiError 400 for what cannot be the id of an account (text recorded 2023) */
export function requireDestination(transferData: ApiHash): void {
  const destination = transferData['destination'];
  if (typeof destination !== 'string' || /^acct_[A-Za-z0-9]+$/.test(destination)) return;
  throw noSuch('destination', destination, 'transfer_data[destination]', 'parameter');
}

/** The charge and the transfer of one payment share a group. It is named after the intent when nobody named it (recorded). */
export function groupTransfer(intent: ApiObject): void {
  if (intent['transfer_data'] === null || intent['transfer_group'] !== null) return;
  intent['transfer_group'] = `group_${intent.id}`;
}

/**
 * Names, on a charge that was just collected, the transfer and the application fee that come of it. Neither is stored:
 * their endpoints are not emulated.
 */
export function passOn(world: World, charge: ApiObject): void {
  const { application_fee_amount: fee, transfer_data: data } = charge;
  const named: ApiHash = {};
  if (data !== null) named['transfer'] = world.ids.related('tr', charge['payment_intent'] as string);
  if (Number(fee) > 0) named['application_fee'] = world.ids.plain('fee', world.now);
  if (Object.keys(named).length === 0) return;
  const complete = buildObject('charge', { ...charge, ...named });
  // A field added to an object comes last; emptied first, the object takes all fields in their order.
  for (const name of Object.keys(charge)) delete charge[name];
  Object.assign(charge, complete);
  world.update('charges', charge);
}
