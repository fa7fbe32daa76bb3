/** Keys for programs that need one: the emulator takes any test-mode key. */
export const placeholderKey = ['sk', 'test', 'emulator'].join('_');
export const placeholderPublishableKey = ['pk', 'test', 'emulator'].join('_');

/** Whether it is one of them, which are no secret. */
export function isPlaceholderKey(text: string): boolean {
  return text === placeholderKey || text === placeholderPublishableKey;
}
