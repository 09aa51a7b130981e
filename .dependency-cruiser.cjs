// @ts-check
const { version } = require('typescript/package.json');

// dependency-cruiser 18 reads TypeScript with the compiler of TypeScript 6 or older. With a newer one it sees
// no module at all and calls that "no violations": say so instead.
if (Number.parseInt(version, 10) > 6) {
  throw new Error(
    `dependency-cruiser cannot read TypeScript with the package typescript@${version}; it needs 6.`,
  );
}

/** Where a name, or a part of a name with hyphens, says nothing about the file or folder. */
const emptyName = '(^|[/-])(utils?|helpers?|common|misc)([./-]|$)';

const useCases = '^lib/(videos|packages|uploads|maintenance|users|tokens|shares|audit)/';
const work = '^lib/(jobs|packaging)/';
const tools = '^lib/(formats|ffmpeg|packager|keys|verify|storage|processes)/';
/** What the page uses as well: no Node.js, no package, only the vocabulary beside each other. */
const pureFormats = '^lib/formats/(bytes|mp4|cenc)/';
const wiring = '^(server|lib/app)/';

/**
 * The arrows of the architecture, one rule each: app → use cases and http → jobs and packaging → tools →
 * media. Types count as imports, so that a layer does not know the words of one above it; rules that let
 * types pass say so.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circles-of-folders',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'all-resolved',
      comment: 'An import that is not found would be checked by no other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'telling-names',
      comment: 'No folder or file called utils, helpers, common or misc.',
      severity: 'error',
      from: { path: emptyName },
      to: {},
    },
    {
      name: 'telling-names-imported',
      severity: 'error',
      from: {},
      to: { path: emptyName, pathNot: 'node_modules', dependencyTypesNot: ['core'] },
    },

    // From the top down.
    {
      name: 'nobody-imports-app',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'app-calls-use-cases',
      comment: 'Handlers parse, call a use case and answer; the work is behind the use cases.',
      severity: 'error',
      from: { path: '^app/' },
      to: {
        path: '^lib/',
        pathNot: [
          useCases,
          pureFormats,
          '^lib/(http|media)/',
          '^lib/base/errors\\.ts$',
          '^lib/keys/clearkey-license\\.ts$',
        ],
      },
    },
    {
      name: 'browser-gets-types-only',
      comment: 'What runs in the browser knows the answers of the API by their types, and the vocabulary.',
      severity: 'error',
      from: { path: '^app/', pathNot: '(^|/)(route\\.ts|page\\.tsx|layout\\.tsx)$|^app/api/openapi\\.json/' },
      to: { path: '^(lib|db)/', pathNot: ['^lib/media/', pureFormats], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-formats',
      comment: 'The page bundles them, and they read hostile bytes: nothing of Node.js, no I/O.',
      severity: 'error',
      from: { path: pureFormats },
      to: { pathNot: [pureFormats, '^lib/media/'] },
    },
    {
      name: 'components-know-answers',
      comment: 'The types that components may name: views, pages of a list, the vocabulary.',
      severity: 'error',
      from: { path: '^app/_(features|lib|ui)/', pathNot: '^app/_features/player/decryption/' },
      to: { path: '^lib/', pathNot: [useCases, '^lib/media/', '^lib/http/(page|route)\\.ts$'] },
    },
    {
      name: 'components-stand-alone',
      comment:
        'The component library knows no feature, no API and no vocabulary: it is handed words to show.',
      severity: 'error',
      from: { path: '^app/_ui/' },
      to: { pathNot: ['^app/_ui/', '^node_modules/'] },
    },
    {
      name: 'page-helpers-stand-alone',
      comment:
        'The API client, formats and the like serve all features; types of the API come from its routes.',
      severity: 'error',
      from: { path: '^app/_lib/' },
      to: { path: '^app/', pathNot: ['^app/_lib/', '^app/api/openapi\\.json/routes\\.ts$'] },
    },
    {
      name: 'features-share-packages',
      comment: 'Several features show packages; otherwise they do not know each other.',
      severity: 'error',
      from: { path: '^app/_features/(packages|player|uploads|video)/' },
      to: { path: '^app/_features/', pathNot: '^app/_features/($1|packages)/' },
    },
    {
      name: 'library-brings-features-together',
      comment: 'It uploads videos and lists them; nobody knows it but its page.',
      severity: 'error',
      from: { path: '^app/_features/library/' },
      to: { path: '^app/_features/player/' },
    },
    {
      name: 'features-know-no-page',
      severity: 'error',
      from: { path: '^app/_(features|lib|ui)/' },
      to: { path: '^app/.*/?(page|layout|not-found|error)\\.tsx$' },
    },
    {
      name: 'http-stands-alone',
      comment: 'It turns requests and answers around; it knows no use case and no work.',
      severity: 'error',
      from: { path: '^lib/http/' },
      to: {
        path: '^(lib|db)/',
        pathNot: ['^lib/(http|media|storage|access|accounts)/', '^lib/app/', '^lib/base/'],
      },
    },
    {
      name: 'use-cases-are-wired-from-outside',
      severity: 'error',
      from: { path: useCases },
      to: { path: '^server/|^lib/packaging/(workflows/|work-folder\\.ts$)' },
    },
    {
      name: 'work-knows-no-use-case',
      severity: 'error',
      from: { path: work },
      to: { path: [useCases, '^lib/http/', wiring] },
    },
    {
      name: 'work-gets-ports-and-a-workspace',
      comment: 'Workers run where neither the settings nor the storage folder are: they never name them.',
      severity: 'error',
      from: { path: work },
      to: { path: '^lib/app/|^lib/(base/env|storage/(folders|local-store|close-storage))\\.ts$' },
    },
    {
      name: 'jobs-know-no-packaging',
      comment: 'The queue and the worker loop are handed the work to do.',
      severity: 'error',
      from: { path: '^lib/jobs/' },
      to: { path: '^lib/packaging/' },
    },
    {
      name: 'tools-know-no-work',
      severity: 'error',
      from: { path: tools },
      to: { path: [useCases, work, '^lib/http/', wiring] },
    },
    {
      name: 'media-imports-nothing',
      comment: 'The vocabulary, as types and schemas: no I/O, no package but zod, no other folder.',
      severity: 'error',
      from: { path: '^lib/media/' },
      to: { pathNot: ['^lib/media/', '^node_modules/zod/'] },
    },
    {
      name: 'base-stays-below',
      comment: 'Errors, settings and the log are used by all and know nobody.',
      severity: 'error',
      from: { path: '^lib/base/' },
      to: { path: '^(lib|db)/', pathNot: '^lib/base/' },
    },

    // The database.
    {
      name: 'db-is-wired',
      comment: 'All others know the ledger and the queue by their ports; a backup copies the file itself.',
      severity: 'error',
      from: {
        pathNot: [
          '^(db|server)/',
          '^lib/(app/app|maintenance/backup-database)\\.ts$',
          '^drizzle\\.config\\.ts$',
        ],
      },
      to: { path: '^db/' },
    },
    {
      name: 'db-knows-ports-and-vocabulary',
      severity: 'error',
      from: { path: '^db/' },
      to: {
        path: '^lib/',
        pathNot: [
          '^lib/(media|lifecycle|ledger)/',
          '^lib/jobs/(queue|job-events|retry-policy)\\.ts$',
          '^lib/accounts/(access-records|audit-event|permission)\\.ts$',
        ],
      },
    },
    {
      name: 'ledger-port-stands-alone',
      comment: 'The words of a port are the vocabulary and the claims of the queue.',
      severity: 'error',
      from: { path: '^lib/ledger/' },
      to: { pathNot: ['^lib/(ledger|media)/', '^lib/jobs/queue\\.ts$', '^lib/base/errors\\.ts$'] },
    },
    {
      name: 'accounts-know-no-app',
      comment: 'What accounts are made of: passwords, sessions, secrets, permissions. lib/access uses it.',
      severity: 'error',
      from: { path: '^lib/accounts/' },
      to: { path: '^(lib|db)/', pathNot: '^lib/(accounts|base)/' },
    },
    {
      name: 'better-auth-behind-accounts',
      severity: 'error',
      from: { pathNot: '^(lib/accounts/(accounts|openid)|db/sqlite/account-database)\\.ts$' },
      to: { path: 'node_modules/better-auth/' },
    },
    {
      name: 'lifecycle-is-pure',
      comment: 'It decides; repositories apply what it decides.',
      severity: 'error',
      from: { path: '^lib/lifecycle/' },
      to: { pathNot: '^lib/(lifecycle|media)/' },
    },
    // One place for each thing that acts.
    {
      name: 'one-spawn',
      severity: 'error',
      from: { pathNot: '^lib/processes/spawn-group\\.ts$' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'one-runner-for-each-tool',
      severity: 'error',
      from: { pathNot: '^lib/(ffmpeg/run-ffmpeg|packager/run-packager|tools)\\.ts$' },
      to: { path: '^lib/processes/run-process\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sqlite-in-db',
      severity: 'error',
      from: { pathNot: '^(db/|drizzle\\.config\\.ts$)' },
      to: { path: 'node_modules/(better-sqlite3|@types/better-sqlite3|drizzle-orm)/' },
    },
    {
      name: 'shaka-player-in-the-player',
      severity: 'error',
      from: { pathNot: '^(app/(play|_features/player)/|server/static-files)' },
      to: { path: 'node_modules/shaka-player/' },
    },
  ],
  options: {
    // Types too: they show which layer knows which.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
