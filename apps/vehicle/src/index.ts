export { runVehicle, type VehicleIo } from './run-vehicle.ts';
export { eventText, type VehicleEvent } from './vehicle-event.ts';
