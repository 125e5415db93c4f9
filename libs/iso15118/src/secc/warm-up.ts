import { fromHex } from '@kerbside/kernel';
import { decodeIso2, encodeIso2 } from '../messages/iso2/codec.ts';
import { decodeSap, encodeSap } from '../messages/sap/codec.ts';

/** One of each message of an AC and a DC session, as our SECC and our EVCC exchanged them. */
const EXCHANGED = [
  '809802000000000000000011d01bc9607c597d7000', // SessionSetupReq
  '8098023b3a0a7b4444b7a891e0202d1114a92d4908a914c41cb110db00c0', // SessionSetupRes
  '8098023b3a0a7b4444b7a891b8', // ServiceDiscoveryReq
  '8098023b3a0a7b4444b7a891c00120048201000c800602092dce8cae4dccae882c6c6cae6e612880', // ServiceDiscoveryRes
  '8098023b3a0a7b4444b7a891900c00', // ServiceDetailReq
  '8098023b3a0a7b4444b7a891a0000c00180a50726f746f636f6ca06687474700032837b93a3140400802941c9bdd1bd8dbdb281da1d1d1c1cc00ca0dee4e8cbb031400', // ServiceDetailRes
  '8098023b3a0a7b4444b7a891320012006003000c008200', // PaymentServiceSelectionReq
  '8098023b3a0a7b4444b7a8914000', // PaymentServiceSelectionRes
  '8098023b3a0a7b4444b7a89008', // AuthorizationReq
  '8098023b3a0a7b4444b7a890100000', // AuthorizationRes
  '8098023b3a0a7b4444b7a89094423180200c409003030c0400c3006000', // ChargeParameterDiscoveryReq
  '8098023b3a0a7b4444b7a890a000000000002028c140c50c0ac010aa000000001860400828781701881d00e061800018812c02230c000400', // ChargeParameterDiscoveryRes
  '8098023b3a0a7b4444b7a89151000600', // PowerDeliveryReq
  '8098023b3a0a7b4444b7a891600400000000', // PowerDeliveryRes
  '8098023b3a0a7b4444b7a890b0', // ChargingStatusReq
  '8098023b3a0a7b4444b7a890c0002d1114a92d4908a914c40000c3020001d49251cb4c4000472c4436c03000000000', // ChargingStatusRes
  '8098023b3a0a7b4444b7a891f000', // SessionStopReq
  '8098023b3a0a7b4444b7a8920000', // SessionStopRes
  '809802268d8135d021880f1094ca400500618640081050a84603103080c04183c0b80318078800', // ChargeParameterDiscoveryReq
  '809802268d8135d021880f10a000000000002028c141050f02e0aa000000001860400828781701881d00e061800018812c02230c000400', // ChargeParameterDiscoveryRes
  '809802268d8135d021880f1031001400', // CableCheckReq
  '809802268d8135d021880f1040000000000100', // CableCheckRes
  '809802268d8135d021880f1171001401881c004061800000', // PreChargeReq
  '809802268d8135d021880f118000000020408406c000', // PreChargeRes
  '809802268d8135d021880f1151000220028140', // PowerDeliveryReq
  '809802268d8135d021880f10d1001401861900201881840601861900204142a118442102907000', // CurrentDemandReq
  '809802268d8135d021880f10e00000002040c40e002030c00020203103a01c0618640081050f02e00b44452a4b52422a45320000075249472d3200011df110db00c000', // CurrentDemandRes
  '809802268d8135d021880f1211001400', // WeldingDetectionReq
  '809802268d8135d021880f12200000002040840931c000', // WeldingDetectionRes
];
const HANDSHAKE = [
  '8000ebab9371d34b9b79d189a98989c1d191d191818999d26b9b3a232b30020000040040', // supportedAppProtocolReq
  '80400040', // supportedAppProtocolRes
];
const ROUNDS = 20;

/**
 * Decodes and encodes one of each message, so that the first car does not wait for what is made on first use.
 * Yields after each: the caller decides when to go on.
 */
export function* warmUpIso2(): Generator<void, void> {
  for (let round = 0; round < ROUNDS; round++) {
    for (const hex of HANDSHAKE) {
      encodeSap(decodeSap(fromHex(hex)));
      yield;
    }
    for (const hex of EXCHANGED) {
      encodeIso2(decodeIso2(fromHex(hex)));
      yield;
    }
  }
}
