import type { ApiHash, ApiObject } from '../objects.ts';

/** What stands in an intent's `payment_method_options` for a type; empty where nothing does. */
export function optionsOf(intent: ApiObject, type: string): ApiHash {
  const options = intent['payment_method_options'] as Record<string, ApiHash> | null;
  return options?.[type] ?? {};
}

/** Whether the method is to be kept for later, and for what; the option of the type goes before the intent's own. */
export function futureUsage(intent: ApiObject, type: string): 'off_session' | 'on_session' | undefined {
  if (intent['object'] === 'setup_intent')
    return intent['usage'] === 'on_session' ? 'on_session' : 'off_session';
  const usage = optionsOf(intent, type)['setup_future_usage'] ?? intent['setup_future_usage'];
  return usage === 'off_session' || usage === 'on_session' ? usage : undefined;
}
