import { z } from 'zod';
import { evseIdText, interfaceName } from './installation.ts';

export interface PyslacEvse {
  readonly evseId: string;
  readonly interface: string;
}
export interface PyslacFault {
  /** JSON pointer of the field. */
  readonly pointer: string;
  readonly message: string;
}

/** pySLAC's `cs_configuration.json`; whatever else stands in it is passed over. */
const document = z.object({
  number_of_evses: z.unknown().optional(),
  parameters: z.array(
    z.object({ evse_id: z.unknown().optional(), network_interface: z.unknown().optional() }),
  ),
});

const show = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value));

function field(
  faults: PyslacFault[],
  pointer: string,
  value: unknown,
  schema: z.ZodString,
): string | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wanted = typeof value === 'string' ? parsed.error.issues[0]?.message : 'a text';
  const name = pointer.split('/').at(-1);
  faults.push({ pointer, message: `${name} is ${show(value)}: wanted is ${wanted}` });
  return undefined;
}

function twice(
  faults: PyslacFault[],
  name: 'evse_id' | 'network_interface',
  values: readonly (string | undefined)[],
): void {
  for (const [index, value] of values.entries()) {
    const first = values.indexOf(value);
    if (value !== undefined && first < index)
      faults.push({
        pointer: `/parameters/${index}/${name}`,
        message: `${name} ${show(value)} is given twice: also at /parameters/${first}`,
      });
  }
}

/** Reads pySLAC's configuration: its EVSEs in order, or every fault by field. */
export function readPyslacConfiguration(
  value: unknown,
): { readonly evses: readonly PyslacEvse[] } | { readonly faults: readonly PyslacFault[] } {
  const parsed = document.safeParse(value);
  if (!parsed.success)
    return {
      faults: parsed.error.issues.map(({ path, message }) => ({
        pointer: path.length === 0 ? '' : `/${path.join('/')}`,
        message: `${path.join('.') || 'the document'}: ${message}`,
      })),
    };
  const { number_of_evses: announced, parameters } = parsed.data;
  const faults: PyslacFault[] = [];
  if (typeof announced !== 'number' || !Number.isInteger(announced) || announced < 1)
    faults.push({
      pointer: '/number_of_evses',
      message: `number_of_evses is ${show(announced)}: wanted is a whole number from 1 on`,
    });
  else if (announced !== parameters.length)
    faults.push({
      pointer: '/number_of_evses',
      message: `number_of_evses is ${announced}, but parameters holds ${parameters.length}`,
    });
  const evses = parameters.map((entry, index) => ({
    evseId: field(faults, `/parameters/${index}/evse_id`, entry.evse_id, evseIdText),
    interface: field(
      faults,
      `/parameters/${index}/network_interface`,
      entry.network_interface,
      interfaceName,
    ),
  }));
  twice(
    faults,
    'evse_id',
    evses.map(({ evseId }) => evseId),
  );
  twice(
    faults,
    'network_interface',
    evses.map((entry) => entry.interface),
  );
  return faults.length > 0 ? { faults } : { evses: evses as readonly PyslacEvse[] };
}
