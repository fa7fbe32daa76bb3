import { objectTable } from '../emulator/api/tables.ts';

/** Every event type of the API version this program was built with. */
export function eventTypeNames(): readonly string[] {
  const type = objectTable('event')?.fields.get('type')?.type;
  return type?.kind === 'enum' ? [...type.values] : [];
}
