export * from './roles.ts';
export * from './rest/access.ts';
export * from './rest/bench.ts';
export { type Problem, problem } from './rest/common.ts';
export * from './rest/evse.ts';
export * from './rest/installation.ts';
export * from './rest/pyslac.ts';
export * from './rest/session.ts';
export * from './rest/slac.ts';
export * from './rest/slac-codes.ts';
export * from './rest/system.ts';
export * from './rest/vas.ts';
export {
  type Method,
  type Route,
  type RouteName,
  type RouteRequest,
  type RouteResponse,
  type Routes,
  routes,
} from './rest/routes.ts';
export * from './stream/frames.ts';
export * from './stream/topics.ts';
export { openApiDocument } from './openapi/document.ts';
