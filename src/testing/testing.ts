// What `syncmgr/testing` exports: a manager and a clock for the tests of a handler, and the checks that
// `syncmgr handler test` runs.
export type { BenchLimits, Subject } from './bench.ts';
export { type CheckOptions, checkHandler } from './check-handler.ts';
export { checkProgram, type ProgramSubject } from './check-program.ts';
export type { FakePerson } from './fake-callback.ts';
export {
  type ApprovedPlan,
  FakeManager,
  type FakeManagerOptions,
  type FakeRun,
  type Listing,
  type ReadPlan,
} from './fake-manager.ts';
export type { Conflict, LogLine, Moment, Said, SaidOf } from './said.ts';
export type { CheckResult } from './verdict.ts';
export { VirtualClock } from './virtual-clock.ts';
