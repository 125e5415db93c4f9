import { ExiCodec, schemaSet } from '@kerbside/exi';
import { xmldsigElements } from '@kerbside/pki';
import { WPT_AlignmentCheckReq, WPT_AlignmentCheckRes } from './wpt/wpt-alignment-check.ts';
import { WPT_ChargeLoopReq, WPT_ChargeLoopRes } from './wpt/wpt-charge-loop.ts';
import {
  WPT_ChargeParameterDiscoveryReq,
  WPT_ChargeParameterDiscoveryRes,
} from './wpt/wpt-charge-parameter-discovery.ts';
import {
  WPT_FinePositioningSetupReq,
  WPT_FinePositioningSetupRes,
} from './wpt/wpt-fine-positioning-setup.ts';
import { WPT_FinePositioningReq, WPT_FinePositioningRes } from './wpt/wpt-fine-positioning.ts';
import { WPT_PairingReq, WPT_PairingRes } from './wpt/wpt-pairing.ts';
import { CLReqControlMode, CLResControlMode } from './common-types/control-mode.ts';
import { unreachedCommonTypes } from './common-types/unreached.ts';

/** Wireless charging. ISO 15118-20 */
export const wptSet = schemaSet('iso20-wpt', {
  roots: {
    WPT_AlignmentCheckReq,
    WPT_AlignmentCheckRes,
    WPT_ChargeLoopReq,
    WPT_ChargeLoopRes,
    WPT_ChargeParameterDiscoveryReq,
    WPT_ChargeParameterDiscoveryRes,
    WPT_FinePositioningSetupReq,
    WPT_FinePositioningSetupRes,
    WPT_FinePositioningReq,
    WPT_FinePositioningRes,
    WPT_PairingReq,
    WPT_PairingRes,
  },
  others: [CLReqControlMode, CLResControlMode, ...xmldsigElements],
  unreached: unreachedCommonTypes,
});

export const wptCodec = new ExiCodec(wptSet);
