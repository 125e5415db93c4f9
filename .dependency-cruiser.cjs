// Layers, cycles and deep imports. The arrows: apps -> host, store, contracts -> protocol libs -> kernel.
const protocol = '(exi|slac|iso15118|ocpp|vas|pki|charging)';
const not = (...libs) => `^libs/(?!(${libs.join('|')})/)`;
const only = (lib, ...allowed) => ({
  name: `${lib}-depends-on-${['kernel', ...allowed].join('-')}`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: not(lib, 'kernel', ...allowed) },
});
const INSPECTOR = '^apps/admin/src/features/inspector/read-message\\.ts$';
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'kernel-depends-on-nothing',
      severity: 'error',
      from: { path: '^libs/kernel/src', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/kernel/' },
    },
    ...['exi', 'slac', 'charging', 'vas'].map((lib) => only(lib)),
    only('pki', 'exi'),
    only('iso15118', 'exi', 'pki'),
    only('ocpp', 'pki'),
    only('host', 'exi', 'slac', 'charging', 'vas', 'pki', 'iso15118', 'ocpp'),
    only('store', 'exi', 'slac', 'charging', 'vas', 'pki', 'iso15118', 'ocpp'),
    {
      name: 'contracts-take-types-only-from-protocol',
      severity: 'error',
      from: { path: '^libs/contracts/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(?!(contracts|kernel)/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'protocol-is-pure',
      comment: 'protocol libs hold no Node API: they run in a browser and in a test without mocks',
      severity: 'error',
      from: { path: `^libs/${protocol}/src`, pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'libs-know-no-app',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-know-no-other-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/kerbside/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'ui-takes-contracts-only',
      severity: 'error',
      from: { path: '^(apps/admin|libs/ui)/', pathNot: INSPECTOR },
      to: { path: '^libs/(?!(contracts|ui)/)' },
    },
    {
      name: 'inspector-takes-messages',
      comment: 'the message inspector alone reads EXI',
      severity: 'error',
      from: { path: INSPECTOR },
      to: { path: '^libs/(?!(exi|iso15118)/)' },
    },
    {
      name: 'inspector-is-lazy',
      comment: 'the first load of the admin UI does not grow by the codecs',
      severity: 'error',
      from: { path: '^apps/admin/', pathNot: '\\.spec\\.tsx?$' },
      to: { path: INSPECTOR, dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-deep-imports',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/(?!(testing/)?index\\.ts)', pathNot: '^libs/$2/' },
    },
    {
      name: 'production-imports-no-testing',
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src', pathNot: '(\\.spec\\.tsx?$|/testing/)' },
      to: { path: '/src/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(generated|dist|dist-types)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@kerbside/source', 'import', 'node', 'types', 'default'],
    },
  },
};
