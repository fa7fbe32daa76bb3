/** Keys for programs that need one: the emulator takes any test-mode key. */
export const placeholderKey = ['sk', 'test', 'emulator'].join('_');
export const placeholderPublishableKey = ['pk', 'test', 'emulator'].join('_');
