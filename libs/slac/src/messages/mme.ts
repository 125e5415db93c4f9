import { type FieldList, type Fields, type Infer, listOf } from './field.ts';

/** Ethernet type of HomePlug AV management messages. */
export const ETHERTYPE = 0x88e1;
/** Addresses the modem on the host's own port, whatever its MAC; answers come from that MAC. */
export const LOCAL_MODEM = '00:b0:52:00:00:01';
export const BROADCAST = 'ff:ff:ff:ff:ff:ff';
export const QUALCOMM = '00b052';
export const LUMISSIL = '0016e8';

/** A management message declared: name, MMTYPE, the version that it is sent with, vendor, fields. */
export interface MmeDefinition<Name extends string = string, F extends Fields = Fields> {
  readonly name: Name;
  readonly mmtype: number;
  readonly mmv: number;
  /** OUI of a vendor's message, three bytes behind the header. */
  readonly oui: string | undefined;
  /** Which received versions this declaration is for, where there are several. */
  readonly versions: (mmv: number) => boolean;
  readonly fields: F;
  /** The same, in the order of the frame. */
  readonly list: FieldList;
}

/** The header of every frame. */
export interface MmeHeader {
  /** Destination MAC. */
  readonly ODA: string;
  /** Source MAC. */
  readonly OSA: string;
  /** Version of the management message. */
  readonly MMV: number;
  /** Fragmentation, absent in version 0; 0 in all of SLAC. */
  readonly FMI?: number;
  readonly OUI?: string;
}
/** Bytes behind the last field, padding included, as hex. */
export interface MmeTrailing {
  readonly trailing: string;
}
export type FrameOf<D> =
  D extends MmeDefinition<infer Name, infer F>
    ? { readonly name: Name } & MmeHeader & Infer<F> & MmeTrailing
    : never;
/** What is needed to send: version and fragmentation have defaults, without `trailing` the frame is padded to 60 bytes. */
export type SendableOf<D> =
  D extends MmeDefinition<infer Name, infer F>
    ? { readonly name: Name } & Pick<MmeHeader, 'ODA' | 'OSA'> &
        Partial<Pick<MmeHeader, 'MMV' | 'FMI' | 'OUI'>> &
        Infer<F> &
        Partial<MmeTrailing>
    : never;

const any = () => true;

/** Declares a message of the HomePlug standard. */
export const mme = <const Name extends string, F extends Fields>(
  name: Name,
  mmtype: number,
  fields: F,
): MmeDefinition<Name, F> => ({
  name,
  mmtype,
  mmv: 1,
  oui: undefined,
  versions: any,
  fields,
  list: listOf(fields),
});

/** Declares a vendor's message, sent in version 0 unless told. */
export const vendorMme = <const Name extends string, F extends Fields>(
  oui: string,
  name: Name,
  mmtype: number,
  fields: F,
  version: { readonly mmv: number; readonly accepts: (mmv: number) => boolean } = {
    mmv: 0,
    accepts: any,
  },
): MmeDefinition<Name, F> => ({
  name,
  mmtype,
  mmv: version.mmv,
  oui,
  versions: version.accepts,
  fields,
  list: listOf(fields),
});
