/** What the lenient validation lets pass; the strict one takes none of it. Each is seen in the field. */
export const tolerances = {
  'no-rsp': 'CM_SLAC_MATCH.REQ without CM_ATTEN_CHAR.RSP',
  'no-toggles': 'CM_SLAC_MATCH.REQ in the middle of a validation',
  'mvf-order': 'MVFLength in the wrong byte order',
  'evse-mac': 'EVSE_MAC is not the charger',
  'pev-id': 'PEV_ID is not zero',
  'evse-id': 'EVSE_ID is not zero',
  'resp-type': 'RESP_TYPE 0 in CM_START_ATTEN_CHAR.IND',
  'forwarding-sta': 'FORWARDING_STA is not the vehicle',
  unicast: 'a message for all sent to the charger alone',
  'sender-id': 'SenderID of a sound is not zero',
  'profile-source': 'profiles from an address that is not the modem that answered',
} as const;
export type ToleranceCode = keyof typeof tolerances;
