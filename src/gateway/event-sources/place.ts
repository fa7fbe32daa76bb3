/** What tells the emulator in this state file from all other sources of events. */
export function offlinePlace(statePath: string): string {
  return `offline ${statePath}`;
}
