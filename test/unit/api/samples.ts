import fc from 'fast-check';
import { objectTable, type Table } from '../../../src/emulator/api/tables.ts';
import type { Type } from '../../../src/emulator/api/type-expression.ts';

/** Values for the fields of an object that the builder cannot fill by itself: required, not null, no default. */
export function requiredValues(name: string): fc.Arbitrary<Record<string, unknown>> {
  const table = objectTable(name) as Table;
  const entries = table.required
    .filter((field) => !field.empty && field.name !== 'object')
    .map((field) => [field.name, sampleOf(field.type)] as const);
  return fc.record(Object.fromEntries(entries));
}

function sampleOf(type: Type): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'string':
    case 'decimal':
      return fc.string();
    case 'integer':
      return fc.integer();
    case 'number':
      return fc.double({ noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...type.values);
    case 'map':
      return fc.constant({});
    case 'open':
      return fc.constant({ anything: 1 });
    case 'array':
      return fc.array(sampleOf(type.of), { maxLength: 2 });
    case 'reference':
      return fc.constant('id_1');
    case 'list':
      return fc.constant({ object: 'list', data: [], has_more: false, url: '/v1/things' });
    case 'union':
      return fc.oneof(...type.of.map(sampleOf));
    case 'object':
      return nestedValue(type.names[0] as string);
    default:
      throw new Error(`No sample of ${type.kind}`);
  }
}

/** A nested shape with every required field, nulls where they are allowed, in Stripe's order. */
function nestedValue(name: string): fc.Arbitrary<unknown> {
  const table = objectTable(name);
  if (table === undefined) return fc.constant({ object: name });
  const entries = table.required
    .map((field) => [field.name, field.empty ? fc.constant(null) : sampleOf(field.type)] as const)
    .sort(([a], [b]) => order(a).localeCompare(order(b)));
  return fc.record(Object.fromEntries(entries)).map((value) => {
    // fc.record does not promise an order of keys.
    return Object.fromEntries(entries.map(([key]) => [key, (value as Record<string, unknown>)[key]]));
  });
}

const order = (key: string) => (key === 'id' ? '0' : key === 'object' ? '1' : `2${key}`);
