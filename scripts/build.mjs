// Bundles the program and the library into dist/, and writes the library's types.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Elsewhere for tests, which must not pull the program from under another run; without types there. */
const outdir = process.argv.includes('--outdir')
  ? process.argv[process.argv.indexOf('--outdir') + 1]
  : 'dist';
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
 * The SDK loads http, https and tls at once, ten milliseconds that an offline command never uses. Its client gets stand-ins
 * that load them at the first request.
 */
const withLateNetwork = {
  name: 'with-late-network',
  setup(build) {
    build.onResolve({ filter: /^https?$/ }, ({ importer, path }) =>
      /stripe[\\/]esm[\\/]net[\\/]NodeHttpClient\.js$/.test(importer)
        ? { path, namespace: 'late-network' }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'late-network' }, ({ path }) => ({
      contents: `
        const real = () => process.getBuiltinModule('node:${path}');
        class LateAgent {
          constructor(options) { this.options = options; }
          get real() { return (this.agent ??= new (real().Agent)(this.options)); }
        }
        export default {
          Agent: LateAgent,
          request: (options) =>
            real().request(options.agent instanceof LateAgent ? { ...options, agent: options.agent.real } : options),
        };`,
      loader: 'js',
    }));
  },
};

/**
 * The program sends through `rawRequest` alone, so the SDK's seven dozen resource classes are left out of it; the library
 * does not bundle the SDK at all. What is left is the SDK's own request path: encoding, keys, retries, errors.
 */
const withoutResources = {
  name: 'without-resources',
  setup(build) {
    build.onLoad({ filter: /stripe[\\/]esm[\\/]resources[\\/].*\.js$/ }, ({ path }) => {
      const classes = [...readFileSync(path, 'utf8').matchAll(/^export class (\w+)/gm)].map(
        ([, name]) => name,
      );
      return { contents: classes.map((name) => `export class ${name} {}`).join('\n'), loader: 'js' };
    });
  },
};

/** As an import, `fs` gets a facade that reads every one of its properties, which loads streams and promises. */
const withPlainFs = {
  name: 'with-plain-fs',
  setup(build) {
    build.onResolve({ filter: /^(node:)?fs$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'fs', namespace: 'builtin' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, () => ({
      contents: "module.exports = process.getBuiltinModule('node:fs');",
      loader: 'js',
    }));
  },
};

/** `qs` brings thirty small packages for engines without a WeakMap of their own. */
const withPlainSideChannel = {
  name: 'with-plain-side-channel',
  setup(build) {
    build.onResolve({ filter: /^side-channel$/ }, ({ path }) => ({ path, namespace: 'side-channel' }));
    build.onLoad({ filter: /.*/, namespace: 'side-channel' }, () => ({
      contents: `module.exports = () => {
        const known = new Map();
        return {
          assert(key) { if (!known.has(key)) throw new TypeError('Side channel does not contain the given key'); },
          delete: (key) => known.delete(key),
          get: (key) => known.get(key),
          has: (key) => known.has(key),
          set(key, value) { known.set(key, value); },
        };
      };`,
      loader: 'js',
    }));
  },
};

/** What the proxy agents tell with `DEBUG` set has the password of the proxy in it. */
const withoutDebugLines = {
  name: 'without-debug-lines',
  setup(build) {
    build.onResolve({ filter: /^debug$/ }, ({ path }) => ({ path, namespace: 'debug' }));
    build.onLoad({ filter: /.*/, namespace: 'debug' }, () => ({
      contents: 'export default () => () => {};',
      loader: 'js',
    }));
  },
};

/** Large object literals are parsed as code, which is slower than reading the same JSON from a string. */
const withJsonAsText = {
  name: 'with-json-as-text',
  setup(build) {
    build.onLoad({ filter: /src[\\/].*\.json$/ }, ({ path }) => ({
      contents: `export default JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))))});`,
      loader: 'js',
    }));
  },
};

/**
 * Every file loaded costs a command a third of a millisecond, and splitting makes a file of every set of modules that some
 * dynamic imports share. So what is imported dynamically is gathered into a few groups: `light` is loaded at start, the
 * others when the first of their members is wanted. Sources stay as they are; heavy packages stay apart.
 */
const groups = [
  // Lessons are in no group: the texts of one language are loaded, never of both.
  ['learn', /^src\/(commands\/learn\/|cli\/learn\/html\/|lessons\/(curriculum|texts|glossary\/terms)\.ts)/],
  ['words', /^src\/cli\/learn\/words\//],
  [
    'reference',
    /^src\/(domain\/|cli\/(explanations|explain-intent|method-rows|topics\/(statuses|test-cards))\.ts)/,
  ],
  ['light', /^src\/(cli\/|gateway\/stripe-sdk\.ts|commands\/config\/)/],
  [
    'light',
    /^src\/commands\/(create|confirm|update|capture|increment|cancel|refund|authenticate|retrieve|list|search|methods|explain|completion|help|complete|registry)\.ts/,
  ],
  ['offline', /^src\/gateway\//],
  ['tools', /^src\/commands\//],
];

const inGroups = {
  name: 'in-groups',
  setup(build) {
    const members = new Map(groups.map(([name]) => [name, new Set()]));
    for (const file of sourceFiles('src')) {
      for (const [, path] of readFileSync(join(root, file), 'utf8').matchAll(/\bimport\('(\.[^']+)'\)/g)) {
        const target = join(dirname(file), path).replaceAll('\\', '/');
        members.get(groupOf(target))?.add(target);
      }
    }
    build.onResolve({ filter: /^\./ }, ({ path, kind, importer }) => {
      if (kind !== 'dynamic-import') return undefined;
      const name = groupOf(relative(root, join(dirname(importer), path)).replaceAll('\\', '/'));
      return name === undefined ? undefined : { path: name, namespace: 'group' };
    });
    build.onResolve({ filter: /^group:/ }, ({ path }) => ({
      path: path.slice('group:'.length),
      namespace: 'group',
    }));
    build.onLoad({ filter: /.*/, namespace: 'group' }, ({ path }) => {
      const files = [...(members.get(path) ?? [])];
      refuseSameNames(files);
      return {
        contents: [
          // What is loaded at start is there for every group: it needs no file for each set of groups that share a part of it.
          ...(path === 'light' ? [] : ["import './src/main.ts';"]),
          ...files.map((file) => `export * from './${file}';`),
        ].join('\n'),
        resolveDir: root,
        loader: 'ts',
      };
    });
    build.onLoad({ filter: /src[\\/]main\.ts$/ }, ({ path }) => ({
      contents: `import 'group:light';\n${readFileSync(path, 'utf8')}`,
      loader: 'ts',
    }));
  },
};

function groupOf(file) {
  return groups.find(([, pattern]) => pattern.test(file))?.[0];
}

/** Two exports of one name would vanish from a group without a word. */
function refuseSameNames(files) {
  const owners = new Map();
  for (const file of files) {
    for (const [, name] of readFileSync(join(root, file), 'utf8').matchAll(
      /^export (?:async )?(?:function|const|class) (\w+)/gm,
    )) {
      if (owners.has(name))
        throw new Error(`${name} is exported by ${owners.get(name)} and ${file}, which share a group`);
      owners.set(name, file);
    }
  }
}

function sourceFiles(directory) {
  return readdirSync(join(root, directory), { recursive: true })
    .map((file) => `${directory}/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts'));
}

const common = {
  absWorkingDir: root,
  outdir,
  entryNames: '[name]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'linked',
  metafile: true,
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
};

const program = await esbuild.build({
  ...common,
  entryPoints: { main: 'src/main.ts' },
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [
    withoutSubprocesses,
    withLateNetwork,
    withoutResources,
    withPlainFs,
    withPlainSideChannel,
    withoutDebugLines,
    withJsonAsText,
    inGroups,
  ],
});

// The library shares nothing with the program: every shared module would be one more file for a command to load.
const library = await esbuild.build({
  ...common,
  // Its users meet it in their own stack traces.
  minify: false,
  entryPoints: { index: 'src/index.ts' },
  chunkNames: 'chunks/library-[name]-[hash]',
  plugins: [withPlainSideChannel, withJsonAsText],
});

if (process.argv.includes('--analyze')) console.log(await esbuild.analyzeMetafile(program.metafile));

checkStart(program.metafile);

rmSync(resolve(root, outdir), { recursive: true, force: true });
for (const { path, contents } of [...program.outputFiles, ...library.outputFiles]) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

// The programs of the lessons are read, started and given to learners as they are.
cpSync(join(root, 'fixtures/exercises'), resolve(root, outdir, 'exercises'), { recursive: true });

writeFileSync(resolve(root, outdir, 'THIRD-PARTY-NOTICES'), noticesOf([program.metafile, library.metafile]));

if (outdir === 'dist') writeTypes();

/** The licences of the packages whose code is in the bundles: most of them ask to go where the code goes. */
function noticesOf(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const [folder] = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? [];
        if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  const notices = [...folders].map((folder) => noticeOf(join(root, folder)));
  return [
    'payintent contains code of these packages, each under its own licence.',
    ...new Set(notices.sort()),
  ].join(`\n\n${'-'.repeat(80)}\n\n`);
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  if (typeof license !== 'string') throw new Error(`${name} ${version} does not name its licence`);
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
  return `${name} ${version} (${license})${text}`;
}

/**
 * Only what the library's door reaches; the program is no library. Without a compiler there are none, and a package built so
 * is fit to run from its folder only.
 */
function writeTypes() {
  const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
  if (!existsSync(compiler)) {
    console.error('TypeScript is not installed: the program is built, the types of the library are not.');
    return;
  }
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
  const types = spawnSync(process.execPath, [compiler, '--project', config], { cwd: root, stdio: 'inherit' });
  rmSync(config);
  if (types.status !== 0) {
    console.error('The types of the library were not written completely; the program itself is built.');
    process.exitCode = 1;
  }
}

/** Fails the build when the entry would load a heavy package at start. */
function checkStart(metafile) {
  const heavy = [
    'stripe',
    '@inquirer/prompts',
    'conf',
    'execa',
    'cli-table3',
    'chalk',
    'http-proxy-agent',
    'https-proxy-agent',
  ];
  const seen = new Set();
  const queue = [`${outdir}/main.js`];
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
