import { type Infer, restriction, xs } from '@kerbside/exi';
import { wpt } from '../namespaces.ts';

export const WPT_DataContainerType = wpt.simpleType(
  'WPT_DataContainerType',
  restriction(xs.base64Binary, { maxLength: 256 }),
);
export type WPT_DataContainerType = Infer<typeof WPT_DataContainerType>;
