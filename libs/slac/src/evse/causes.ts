/** Why matching failed: in words, with the next thing to check. */
export interface Cause {
  readonly code: CauseCode;
  readonly what: string;
  readonly next: string;
}
export type CauseCode = keyof typeof causes;

const causes = {
  'no-parm-req': {
    what: 'The car never sent CM_SLAC_PARM.REQ.',
    next: 'Is the control pilot at 5 %? Is the modem coupled to pilot and PE? Can the car do high-level communication at all?',
  },
  'no-start-atten-char': {
    what: 'The car asked for parameters, but did not begin to sound within TT_match_sequence (400 ms).',
    next: 'The car may not hear the charger: check the coupling and the transmit level of the modem. Several chargers may answer on one wire.',
  },
  'no-profiles': {
    what: 'The modem delivered no CM_ATTEN_PROFILE.IND for the sounds of the car.',
    next: 'Check that the modem measures attenuation (QCA7000 family or Lumissil, charger firmware), and that its interface is the configured one.',
  },
  'no-atten-char-rsp': {
    what: 'The car did not answer CM_ATTEN_CHAR.IND, sent three times.',
    next: 'The car does not hear the charger: check attenuation from charger to car and the amplitude map of the modem.',
  },
  'no-match-req': {
    what: 'The car did not send CM_SLAC_MATCH.REQ within TT_EVSE_match_session (10 s).',
    next: 'The car may have chosen another charger: compare the mean attenuation, 20 to 35 dB is good, above 40 dB is poor.',
  },
  'validation-stalled': {
    what: 'The car began a validation and did not go on within three times TT_match_sequence (400 ms).',
    next: 'The car may have lost CM_VALIDATE.CNF: check attenuation from charger to car.',
  },
  'validation-aborted': {
    what: 'The car ended its validation with a result other than "ready".',
    next: 'The car may have found its charger elsewhere: compare the mean attenuation.',
  },
  'no-toggles': {
    what: 'The car validated, and the pilot did not toggle.',
    next: 'The car is likely plugged in at another outlet; if not, check that the board delivers pilot edges.',
  },
  'no-match-after-validation': {
    what: 'The validation ended, and no CM_SLAC_MATCH.REQ came within TT_match_sequence (400 ms).',
    next: 'The car may have counted other toggles than the charger: check the pilot for disturbance.',
  },
  'no-amp-map-cnf': {
    what: 'The car did not confirm the amplitude map, sent three times.',
    next: 'Send no amplitude map (ampMap.send), if the car cannot take one.',
  },
  'link-not-formed': {
    what: 'The car got the key, but no link stood within TT_match_join (12 s).',
    next: 'Key mismatch, or a modem that restarts: check that the modem confirmed CM_SET_KEY, and its firmware.',
  },
  'link-lost': {
    what: 'The power line link to the car was lost.',
    next: 'Check plug and cable; a sudden loss at several outlets at once points to a disturber nearby.',
  },
  unplugged: {
    what: 'The car was unplugged while matching.',
    next: 'Nothing to check; plug in again.',
  },
  restarted: {
    what: 'The car began a new matching process before this one ended.',
    next: 'Nothing to check if the new process succeeds.',
  },
  displaced: {
    what: 'Another car was matched on this outlet.',
    next: 'Frames of a neighbouring outlet reach this one: normal where cables lie side by side.',
  },
  stopped: {
    what: 'Matching was stopped from above.',
    next: 'See the session for the reason.',
  },
} as const;

/** Every cause, for the documentation and the user interface. */
export const failureCauses: readonly Cause[] = (Object.keys(causes) as CauseCode[]).map((code) => ({
  code,
  ...causes[code],
}));
const byCode = new Map(failureCauses.map((cause) => [cause.code, cause]));
export const causeOf = (code: CauseCode): Cause => byCode.get(code) as Cause;
