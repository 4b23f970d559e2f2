// The clock that authors of handlers get, for the tests of this project.
export { VirtualClock } from '../../src/testing/virtual-clock.ts';
