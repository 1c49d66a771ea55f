const own = '^(libs|apps|dev|test|bench)/';
/** What code of one library may import of ours besides itself. */
const library = (name, allowed, comment) => ({
  name: `${name}-imports`,
  comment,
  severity: 'error',
  // A spec may bring in whatever it takes to try the library out.
  from: { path: `^libs/${name}/`, pathNot: 'spec\\.ts$' },
  // Specs use testing; a rule of its own keeps everything else from it.
  to: { path: own, pathNot: `^libs/(${[name, 'testing', ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no order in which to understand it.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'through-the-index',
      comment:
        "A library's inside may change; its index is the promise. Tracing has an entry of its own: it must run before all else.",
      severity: 'error',
      from: { path: '^(?:libs/([^/]+)|apps|dev|test|bench)/' },
      to: {
        path: '^libs/[^/]+/src/',
        pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/runtime/src/tracing\\.ts$', '^libs/$1/'],
      },
    },
    library('domain', [], 'Arithmetic and rules depend on nothing, so that they can be read and tested alone.'),
    library('runtime', [], 'What each process does alike knows nothing of the trade.'),
    library('contracts', ['domain'], 'Events are described in the words of the domain.'),
    library('database', ['domain'], 'Storage knows the domain, never messages or services.'),
    library('elexon', ['domain', 'runtime'], 'A client of a foreign service knows no store.'),
    library('difficulty', ['domain', 'runtime'], 'A client of a foreign store knows no other.'),
    library('messaging', ['contracts', 'database', 'runtime'], 'Messages carry contracts; the outbox is a table.'),
    library('embedded', ['runtime'], 'Starting real stores needs to know nothing of what is kept in them.'),
    {
      name: 'domain-is-plain',
      comment: 'No framework, driver, or I/O below the domain.',
      severity: 'error',
      from: { path: '^libs/(domain|contracts)/', pathNot: 'spec\\.ts$' },
      to: { path: ['^node_modules/(@nestjs|typeorm|pg|@nats-io|@aws-sdk)/', '^(fs|net|http|https|child_process)$'] },
    },
    {
      name: 'typeorm-in-database',
      comment: 'One place holds SQL and the mapper; services call its functions.',
      severity: 'error',
      from: { path: own, pathNot: '^libs/database/' },
      to: { path: '^node_modules/(typeorm|@nestjs/typeorm)/' },
    },
    {
      name: 'testing-in-specs',
      comment: 'What serves the tests must not reach production.',
      severity: 'error',
      from: { path: own, pathNot: ['spec\\.ts$', '^libs/testing/', '^test/', '^bench/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'no-app-imports-another',
      comment: 'Services meet over events and tables only.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'nobody-imports-an-app',
      comment: 'A library that needs an app is in the wrong place.',
      severity: 'error',
      from: { path: '^(libs|dev)/' },
      to: { path: '^apps/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
