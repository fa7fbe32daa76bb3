import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/** What the test method does once it has paid: opens a dispute, an inquiry, an early fraud warning. */
export function afterPayment(_world: World, _charge: ApiObject, _method: ApiObject): void {}
