import { expect, it } from 'vitest';
import { learnedDefault } from './router-solicitation.ts';

const none = '00000000000000000000000000000000';
const routes = `fe800000000000000000000000000000 40 ${none} 00 ${none} 00000100 00000001 00000000 00000001     eth0
${none} 00 ${none} 00 fe80000000000000c81f66fffe000001 00000400 00000001 00000000 00450003     eth0
${none} 00 ${none} 00 fd6b0000000000000000000000000001 00000400 00000001 00000000 00000003     eth1
20010db8000000000000000000000000 40 ${none} 00 ${none} 00000100 00000001 00000000 00440001     eth2
${none} 00 ${none} 00 ${none} ffffffff 00000001 00000000 00200200       lo
`;

it('a default route that a router advertised is told from others', () => {
  expect(learnedDefault(routes, 'eth0')).toBe(true);
  expect(learnedDefault(routes, 'eth1')).toBe(false);
  expect(learnedDefault(routes, 'eth2')).toBe(false);
  expect(learnedDefault(routes, 'lo')).toBe(false);
});
