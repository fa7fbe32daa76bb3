import type { Store } from './store/store.ts';

/** How many enabled webhook endpoints want this type of event: its `pending_webhooks` at birth. */
export function countListeners(store: Store, type: string): number {
  let listeners = 0;
  for (const endpoint of store.scan('webhook_endpoints')) {
    const wanted = endpoint['enabled_events'] as string[];
    if (endpoint['status'] === 'enabled' && (wanted.includes('*') || wanted.includes(type))) listeners += 1;
  }
  return listeners;
}
