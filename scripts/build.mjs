// Bundles the program and the library into dist/, and writes the library's types.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

let esbuild;
try {
  esbuild = await import('esbuild');
} catch {
  // Installed without development dependencies: what was packed is already built.
  if (existsSync(new URL('../dist/main.js', import.meta.url))) process.exit(0);
  console.error(
    'payintent cannot be built without its development dependencies: run npm install --include=dev',
  );
  process.exit(1);
}

/** Commander can start other programs, which costs every command the load of a builtin that none of ours needs. */
const withoutSubprocesses = {
  name: 'without-subprocesses',
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer, path }) =>
      importer.includes('node_modules/commander/') ? { path, namespace: 'empty' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
      contents: 'module.exports = {};',
      loader: 'js',
    }));
  },
};

/**
 * Every file loaded costs a command a third of a millisecond, and splitting makes one of every set of shared modules:
 * the small commands share one file. Those that bring much along stay apart.
 */
const withSmallCommandsTogether = {
  name: 'with-small-commands-together',
  setup(build) {
    const paths = [];
    build.onLoad({ filter: /src[\\/]commands[\\/]registry\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replace(
        /import\('(\.\/[a-z/-]+\.ts)'\)/g,
        (whole, file) => {
          if (apart.has(file)) return whole;
          paths.push(file);
          return "import('small-commands')";
        },
      );
      return { contents, loader: 'ts' };
    });
    build.onResolve({ filter: /^small-commands$/ }, ({ resolveDir }) => ({
      path: 'small-commands',
      namespace: 'virtual',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'virtual' }, ({ pluginData }) => ({
      contents: [...new Set(paths)].map((file) => `export * from '${file}';`).join('\n'),
      resolveDir: pluginData,
      loader: 'ts',
    }));
  },
};

const apart = new Set([
  './listen.ts',
  './simulate.ts',
  './learn.ts',
  './smoke.ts',
  './doctor.ts',
  './trigger.ts',
]);

const entryPoints = { main: 'src/main.ts' };
if (existsSync(new URL('../src/index.ts', import.meta.url))) entryPoints.index = 'src/index.ts';

const result = await esbuild.build({
  absWorkingDir: root,
  entryPoints,
  outdir: 'dist',
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'linked',
  metafile: true,
  plugins: [withoutSubprocesses, withSmallCommandsTogether],
  // Nothing is replaced unless everything was built.
  write: false,
  logLevel: 'warning',
  // Native code cannot be bundled; node:sqlite is too new for esbuild's list of builtins.
  external: ['@photostructure/sqlite', 'node:sqlite'],
  define: { __VERSION__: JSON.stringify(version) },
  // Bundled CommonJS packages ask for builtins with require().
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
});

if (process.argv.includes('--analyze')) console.log(await esbuild.analyzeMetafile(result.metafile));

checkStart(result.metafile);

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
for (const { path, contents } of result.outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

if (entryPoints.index !== undefined) writeTypes();

/** Only what the library's door reaches; the program is no library. */
function writeTypes() {
  const config = fileURLToPath(new URL('../dist/tsconfig.json', import.meta.url));
  writeFileSync(
    config,
    JSON.stringify({
      extends: '../tsconfig.json',
      compilerOptions: {
        noEmit: false,
        emitDeclarationOnly: true,
        declaration: true,
        outDir: 'types',
        rootDir: '../src',
      },
      files: ['../src/index.ts'],
      include: [],
    }),
  );
  const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
  const types = spawnSync(process.execPath, [compiler, '--project', config], { cwd: root, stdio: 'inherit' });
  rmSync(config);
  if (types.status !== 0)
    console.error('The types were not written completely; the program itself is built.');
}

/** Fails the build when the entry would load a heavy package at start. */
function checkStart(metafile) {
  const heavy = ['stripe', '@inquirer/prompts', 'conf', 'execa', 'cli-table3', 'chalk'];
  const seen = new Set();
  const queue = ['dist/main.js'];
  for (const path of queue) {
    if (seen.has(path)) continue;
    seen.add(path);
    const output = metafile.outputs[path];
    for (const input of Object.keys(output?.inputs ?? {})) {
      const name = heavy.find((one) => input.includes(`node_modules/${one}/`));
      if (name !== undefined) throw new Error(`${name} is loaded at start, through ${path}`);
    }
    for (const one of output?.imports ?? []) if (one.kind === 'import-statement') queue.push(one.path);
  }
}
