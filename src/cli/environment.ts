/** Every variable the program reads, once. */
export const environmentVariables: readonly { readonly name: string; readonly meaning: string }[] = [
  { name: 'PAYINTENT_TARGET', meaning: 'offline or test; --offline and --test beat it' },
  { name: 'STRIPE_API_KEY', meaning: 'test-mode secret key; having one means test' },
  { name: 'STRIPE_SECRET_KEY', meaning: 'the same, looked at after STRIPE_API_KEY' },
  { name: 'PAYINTENT_API_BASE', meaning: 'server that test requests go to, instead of Stripe' },
  { name: 'PAYINTENT_HOME', meaning: 'one directory for configuration and state' },
  { name: 'PAYINTENT_STATE', meaning: "file of the emulator's state, or :memory:" },
  { name: 'PAYINTENT_WEBHOOK_SECRET', meaning: 'signing secret that listen and the webhook commands use' },
  { name: 'STRIPE_WEBHOOK_SECRET', meaning: 'the same for the webhook commands, looked at after it' },
  { name: 'STRIPE_PUBLISHABLE_KEY', meaning: 'key that smoke and doctor compare with the secret one' },
  { name: 'PAYINTENT_STRIPE_CLI', meaning: "Stripe's own CLI, for listen --source stripe-cli" },
  {
    name: 'PAYINTENT_BIDI',
    meaning: 'who puts Arabic in order on this terminal: auto, terminal, marks, visual or words',
  },
  { name: 'XDG_CONFIG_HOME', meaning: 'where payintent/config.json is; ~/.config if unset' },
  { name: 'XDG_STATE_HOME', meaning: 'where payintent/emulator.db is; ~/.local/state if unset' },
  { name: 'NO_COLOR', meaning: 'any value: no colours' },
  { name: 'FORCE_COLOR', meaning: 'any value but 0: colours, even in a pipe' },
  { name: 'TERM', meaning: 'dumb: no colours' },
  { name: 'CI', meaning: 'any value but 0: no questions' },
  { name: 'ACCESSIBLE', meaning: 'any value but 0: no repainting, no sign without its word' },
];
