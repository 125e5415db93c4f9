export type Measurand =
  | 'Energy.Active.Export.Register'
  | 'Energy.Active.Import.Register'
  | 'Energy.Reactive.Export.Register'
  | 'Energy.Reactive.Import.Register'
  | 'Energy.Active.Export.Interval'
  | 'Energy.Active.Import.Interval'
  | 'Energy.Reactive.Export.Interval'
  | 'Energy.Reactive.Import.Interval'
  | 'Power.Active.Export'
  | 'Power.Active.Import'
  | 'Power.Offered'
  | 'Power.Reactive.Export'
  | 'Power.Reactive.Import'
  | 'Power.Factor'
  | 'Current.Import'
  | 'Current.Export'
  | 'Current.Offered'
  | 'Voltage'
  | 'Frequency'
  | 'Temperature'
  | 'SoC'
  | 'RPM';

/** One value; absent fields mean Sample.Periodic, Raw, Energy.Active.Import.Register, Outlet, Wh. */
export interface SampledValue {
  /** Always text, also for numbers. */
  readonly value: string;
  readonly context?:
    | 'Interruption.Begin'
    | 'Interruption.End'
    | 'Sample.Clock'
    | 'Sample.Periodic'
    | 'Transaction.Begin'
    | 'Transaction.End'
    | 'Trigger'
    | 'Other';
  readonly format?: 'Raw' | 'SignedData';
  readonly measurand?: Measurand;
  readonly phase?:
    'L1' | 'L2' | 'L3' | 'N' | 'L1-N' | 'L2-N' | 'L3-N' | 'L1-L2' | 'L2-L3' | 'L3-L1';
  readonly location?: 'Cable' | 'EV' | 'Inlet' | 'Outlet' | 'Body';
  readonly unit?: string;
}

export interface MeterValue {
  readonly timestamp: string;
  readonly sampledValue: readonly SampledValue[];
}

/** MeterValues.req: samples of one connector, in or out of a transaction. OCPP 1.6 section 4.7 */
export interface MeterValuesRequest {
  readonly connectorId: number;
  readonly transactionId?: number;
  readonly meterValue: readonly MeterValue[];
}
export type MeterValuesResponse = Readonly<Record<string, never>>;
