import { describe, expect, test } from 'vitest';
import { bidiMode } from '../../../src/cli/learn/bidi-mode.ts';

describe('who puts right-to-left text in order', () => {
  test.each([
    ['GNOME Terminal, and others made of VTE', { VTE_VERSION: '6800' }, 'terminal'],
    ['the first VTE with bidi', { VTE_VERSION: '5703' }, 'terminal'],
    ['a VTE from before', { VTE_VERSION: '5202' }, 'visual'],
    ['Konsole', { KONSOLE_VERSION: '230804' }, 'terminal'],
    ['mlterm', { MLTERM: '3.9.3' }, 'marks'],
    ['Terminal.app', { TERM_PROGRAM: 'Apple_Terminal' }, 'terminal'],
    ['mintty', { TERM_PROGRAM: 'mintty' }, 'terminal'],
    ['a shell in Emacs', { INSIDE_EMACS: '29.1,comint', TERM: 'dumb' }, 'terminal'],
    ['kitty', { KITTY_WINDOW_ID: '1', TERM: 'xterm-kitty' }, 'words'],
    ['kitty, from elsewhere', { TERM: 'xterm-kitty' }, 'words'],
    ['xterm', { XTERM_VERSION: 'XTerm(390)' }, 'visual'],
    ['Alacritty', { ALACRITTY_WINDOW_ID: '7' }, 'visual'],
    ['Windows Terminal', { WT_SESSION: 'a-b' }, 'visual'],
    ['VS Code started from GNOME Terminal', { TERM_PROGRAM: 'vscode', VTE_VERSION: '6800' }, 'visual'],
    ['xterm started from Konsole', { XTERM_VERSION: 'XTerm(390)', KONSOLE_VERSION: '230804' }, 'visual'],
    ['tmux, of which nothing else is known', { TERM: 'tmux-256color', TERM_PROGRAM: 'tmux' }, 'visual'],
    ['tmux started in GNOME Terminal', { TERM_PROGRAM: 'tmux', VTE_VERSION: '6800' }, 'terminal'],
    ['nothing known', {}, 'visual'],
  ])('%s', (_, env, mode) => {
    expect(bidiMode(undefined, env, true)).toBe(mode);
    expect(bidiMode('auto', env, true)).toBe(mode);
  });

  test('a pipe gets the order of reading, whatever terminal it was started in', () => {
    expect(bidiMode(undefined, { XTERM_VERSION: 'XTerm(390)' }, false)).toBe('logical');
    expect(bidiMode('auto', { PAYINTENT_BIDI: 'visual' }, false)).toBe('logical');
  });

  test('the flag beats the variable, and the variable what is known', () => {
    const env = { PAYINTENT_BIDI: 'visual', VTE_VERSION: '6800' };
    expect(bidiMode(undefined, env, true)).toBe('visual');
    expect(bidiMode('terminal', env, true)).toBe('terminal');
    expect(bidiMode('auto', env, true)).toBe('terminal');
    expect(bidiMode('visual', {}, false)).toBe('visual');
    expect(bidiMode(undefined, { PAYINTENT_BIDI: 'nonsense' }, true)).toBe('visual');
  });
});
