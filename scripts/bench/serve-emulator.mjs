// The emulator over HTTP with its state in a file: `node serve-emulator.mjs STATE-FILE`.
import { createEmulator } from '../../dist/index.js';

const emulator = createEmulator({ state: process.argv[2] });
const server = await emulator.listen(0);
process.once('SIGTERM', async () => {
  await emulator.close();
  process.exit(0);
});
process.stdout.write(`${JSON.stringify({ port: server.port })}\n`);
