import { describe, expect, it } from 'vitest';
import { readPyslacConfiguration } from './pyslac.ts';

const one = { evse_id: 'DE*SWT*E123456789', network_interface: 'eth0' };
const two = { evse_id: 'DE*SWT*E5859E8', network_interface: 'eth1' };

describe("pySLAC's cs_configuration.json", () => {
  it('gives the EVSEs in order', () => {
    const parameters = [one, { ...two, note: 'passed over' }];
    expect(readPyslacConfiguration({ number_of_evses: 2, parameters })).toEqual({
      evses: [
        { evseId: 'DE*SWT*E123456789', interface: 'eth0' },
        { evseId: 'DE*SWT*E5859E8', interface: 'eth1' },
      ],
    });
  });

  it.each([
    ['no object', [], '', /object/],
    ['no parameters', { number_of_evses: 1 }, '/parameters', /parameters/],
    ['no EVSE', { number_of_evses: 0, parameters: [] }, '/number_of_evses', /is 0/],
    ['0', { number_of_evses: 0, parameters: [one] }, '/number_of_evses', /is 0/],
    ['a negative number', { number_of_evses: -1, parameters: [one] }, '/number_of_evses', /is -1/],
    ['a fraction', { number_of_evses: 1.5, parameters: [one] }, '/number_of_evses', /is 1.5/],
    ['a text', { number_of_evses: '1', parameters: [one] }, '/number_of_evses', /is "1"/],
    ['none', { parameters: [one] }, '/number_of_evses', /missing/],
    [
      'more than there are',
      { number_of_evses: 2, parameters: [one] },
      '/number_of_evses',
      /is 2, but parameters holds 1/,
    ],
    [
      'fewer than there are',
      { number_of_evses: 1, parameters: [one, two] },
      '/number_of_evses',
      /is 1, but parameters holds 2/,
    ],
    [
      'no EVSE id',
      { number_of_evses: 1, parameters: [{ network_interface: 'eth0' }] },
      '/parameters/0/evse_id',
      /evse_id is missing/,
    ],
    [
      'an EVSE id that is none',
      { number_of_evses: 1, parameters: [{ ...one, evse_id: 'socket 1' }] },
      '/parameters/0/evse_id',
      /"socket 1": wanted is an EVSE id/,
    ],
    [
      'an EVSE id twice',
      { number_of_evses: 2, parameters: [one, { ...two, evse_id: one.evse_id }] },
      '/parameters/1/evse_id',
      /given twice: also at \/parameters\/0/,
    ],
    [
      'no interface',
      { number_of_evses: 1, parameters: [{ evse_id: one.evse_id }] },
      '/parameters/0/network_interface',
      /network_interface is missing/,
    ],
    [
      'an interface that is none',
      { number_of_evses: 1, parameters: [{ ...one, network_interface: 'eth0/../x' }] },
      '/parameters/0/network_interface',
      /an interface name/,
    ],
    [
      'an interface that is a number',
      { number_of_evses: 1, parameters: [{ ...one, network_interface: 0 }] },
      '/parameters/0/network_interface',
      /is 0: wanted is a text/,
    ],
    [
      'an interface twice',
      { number_of_evses: 2, parameters: [one, { ...two, network_interface: 'eth0' }] },
      '/parameters/1/network_interface',
      /given twice/,
    ],
  ])('%s: refused, naming the field', (_, value, pointer, message) => {
    const answer = readPyslacConfiguration(value);
    const faults = 'faults' in answer ? answer.faults : [];
    expect(faults.map((fault) => fault.pointer)).toContain(pointer);
    expect(faults.map((fault) => fault.message).join('; ')).toMatch(message);
  });
});
