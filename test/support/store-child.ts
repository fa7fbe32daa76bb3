import { writeSync } from 'node:fs';
import { openStore } from '../../src/emulator/store/open-store.ts';
import type { Store } from '../../src/emulator/store/store.ts';

/**
 * A process of its own that writes to a state file, for tests of several writers and of sudden death.
 * Arguments: what to do, the file, a name that tells this writer from the others, how many times.
 */
const [role, path = '', name = '', times = ''] = process.argv.slice(2);

/** An object and its event, as a request writes them, plus a counter that all writers share. */
function write(store: Store, id: string): void {
  store.transaction(() => {
    const count = Number(store.getMeta('count') ?? 0);
    store.insert('charges', { id: `ch_${id}`, object: 'charge', created: count, note: 'x'.repeat(1500) });
    store.setMeta('count', String(count + 1));
    store.insert('events', { id: `evt_${id}`, object: 'event', created: count, type: 'charge.succeeded' });
  });
}

if (role === 'count') {
  const store = openStore({ path });
  for (let number = 0; number < Number(times); number += 1) {
    write(store, `${name}_${number}`);
    await store.committed();
  }
  store.close();
} else {
  const store = openStore({ path });
  for (let number = 0; ; number += 1) {
    // Three requests share each batch.
    const ids = [0, 1, 2].map((part) => `${name}_${number}_${part}`);
    for (const id of ids) write(store, id);
    await store.committed();
    writeSync(1, `${ids.join('\n')}\n`);
  }
}
