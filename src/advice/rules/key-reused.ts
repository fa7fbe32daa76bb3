import type { Rule } from '../rule.ts';

export const keyReused: Rule = {
  id: 'key-reused',
  title: 'An idempotency key stands for one request only',
  severity: 'error',
  evidence: 'An answer with an error of type idempotency_error.',
  silent: 'The same request again, which gets the first answer: that is what keys are for.',
  docs: 'https://docs.stripe.com/api/idempotent_requests',
  watch: () => ({
    see(call) {
      const { idempotency_key: key, failure } = call;
      if (failure?.['type'] !== 'idempotency_error' || key === null) return undefined;
      return {
        subject: key,
        calls: [call],
        severity: 'error',
        reason: `The key ${JSON.stringify(key.slice(0, 60))} was refused: it had been used with other parameters or another path, or is too long. This request did nothing.`,
        fix: 'Put everything into the key that makes the request another one: ["order", order.id, order.version].join("-"), and the verb where one order needs several',
      };
    },
  }),
};
