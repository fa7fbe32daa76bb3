import type { Command } from '../cli/spec.ts';
import { proseView } from '../cli/view.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

const howTo: Readonly<Record<string, string>> = {
  bash: 'eval "$(payintent completion bash)"        # in ~/.bashrc',
  zsh: 'eval "$(payintent completion zsh)"         # in ~/.zshrc, after compinit',
  fish: 'payintent completion fish | source         # in ~/.config/fish/config.fish',
  powershell: 'payintent completion powershell | Out-String | Invoke-Expression   # in $PROFILE',
};

export const completionCommand: Command = {
  spec: {
    name: 'completion',
    description: `Prints a script that completes commands, flags and values: statuses, test methods, event types, and the newest intents of the emulator. Load it from your shell's start file:\n${Object.values(howTo).join('\n')}`,
    arguments: [{ name: 'shell', summary: shells.join(', '), required: true, choices: shells }],
    examples: [
      { command: 'payintent completion bash', summary: 'the script for bash' },
      { command: 'payintent completion fish', summary: 'the script for fish' },
    ],
    related: ['help'],
    local: true,
  },
  async run(_context, input) {
    const { completionScript } = await import('../cli/completion-scripts.ts');
    const shell = input.argument('shell') ?? '';
    const script = completionScript(shell);
    return { data: { shell, script }, view: proseView(() => script) };
  },
};
