export { memoryConnection } from './memory-connection.ts';
export { fakeEvse, type FakeEvse } from './fake-evse.ts';
export { fakeCar, type FakeCar } from './fake-car.ts';
