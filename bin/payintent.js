#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const words = process.argv.slice(2);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `payintent needs Node.js 20.19 or newer, and this is ${process.versions.node}.\nInstall a newer one from https://nodejs.org, then run the command again.\n`,
  );
  process.exitCode = 1;
} else if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  // Answered here so that it loads nothing else.
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.on('error', () => {});
  process.stdout.write(`${version}\n`);
} else {
  try {
    process.getBuiltinModule('node:module').enableCompileCache?.();
  } catch {
    // A cache that cannot be written only costs time.
  }
  const { main } = await import('../dist/main.js');
  await main();
}
