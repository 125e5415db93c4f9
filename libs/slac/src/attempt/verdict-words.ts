/** What came of an attempt, finer than its cause: in words, with what to check next, the likeliest first. */
export const verdictWords = {
  running: { what: 'Matching is under way.', next: [] },
  matched: { what: 'The car is matched, and the power line link stands.', next: [] },
  'matched-link-not-checked': {
    what: 'The car got the key. No modem could tell whether the link stands.',
    next: [
      'If V2G communication follows, all is well.',
      'Check why the modem does not answer its host: interface, power, firmware.',
    ],
  },
  'matched-after-retries': {
    what: 'The car is matched, but messages had to be repeated.',
    next: [
      'Frames get lost: compare the attenuation with the last good one of this outlet.',
      'Look for a disturber on the cable if it happens with several cars.',
    ],
  },
  'matched-attenuation-poor': {
    what: 'The car is matched, but the mean attenuation of {{meanDb}} dB is poor (over 40 dB).',
    next: [
      'Check the coupling of the modem to pilot and PE, and the cable.',
      'Compare with another car: if all are poor, the outlet is at fault.',
    ],
  },
  'matched-attenuation-implausible': {
    what: 'The car is matched, but a mean attenuation of {{meanDb}} dB is implausibly low (under 20 dB).',
    next: [
      'Check the transmit level and the calibration of the modem: its amplitude map, its settings.',
      'Some cars take too low a value for a defect.',
    ],
  },
  'link-lost': {
    what: 'The car was matched, then the power line link was lost.',
    next: [
      'Check plug and cable.',
      'A sudden loss at several outlets at once points to a disturber nearby.',
    ],
  },
  'no-parm-req': {
    what: 'The car never sent CM_SLAC_PARM.REQ.',
    next: [
      'Is the control pilot at 5 % duty cycle, and does the car see state B?',
      'Is the modem coupled to pilot and PE?',
      'Can the car do high-level communication at all? Many AC cars cannot.',
      'Some cars wait 30 s after a failed session: plug in anew and wait.',
    ],
  },
  'parm-req-invalid': {
    what: 'The car sent CM_SLAC_PARM.REQ, but of a kind that is not for charging ({{fault}}).',
    next: ['The car or its modem is set up for another use of HomePlug: check its software.'],
  },
  'parm-req-outside': {
    what: 'CM_SLAC_PARM.REQ was seen while the pilot did not ask for it, and not again since.',
    next: [
      'Compare the times of pilot and request: the pilot state, as the board reports it, may come late or be wrong.',
      'The request may come from a car at a neighbouring outlet: see its address.',
    ],
  },
  'interface-down': {
    what: 'The charger could not send on the interface of its modem.',
    next: ['Check the interface: is it up, is the driver loaded, is the modem powered and wired?'],
  },
  'modem-silent': {
    what: 'No car was heard, and the modem of the charger does not answer either.',
    next: [
      'Check the modem first: power, interface, wiring, firmware.',
      'Is the configured interface the one of this outlet?',
    ],
  },
  'modem-without-firmware': {
    what: 'No car was heard: the modem of the charger waits for its firmware.',
    next: ['Load the firmware of the modem with the tools of its maker.'],
  },
  'frames-unreadable': {
    what: 'No CM_SLAC_PARM.REQ was seen, but {{undecodable}} frames that could not be read.',
    next: [
      'Check the interface and its driver: frames may be cut or mixed up.',
      'Something else may send with EtherType 0x88E1 on this interface.',
    ],
  },
  'no-start-atten-char': {
    what: 'The car asked for parameters, but did not begin to sound within TT_match_sequence (400 ms).',
    next: [
      'The car may not hear the charger: check the coupling and the transmit level of the modem.',
      'Several chargers may answer on one wire: use one interface for each modem.',
    ],
  },
  'parm-cnf-not-taken': {
    what: 'The car repeats CM_SLAC_PARM.REQ ({{requests}} times): it does not hear the answer, or does not accept it.',
    next: [
      'Check the direction from charger to car: coupling, transmit level, amplitude map.',
      'If it hears other messages of the charger, its software refuses the values of CM_SLAC_PARM.CNF.',
    ],
  },
  'start-atten-char-late': {
    what: 'The car began to sound too late: {{elapsedMs}} ms after CM_SLAC_PARM.CNF, allowed are 400 ms.',
    next: ['The car is slow: look for newer software of the car.', 'Try another car.'],
  },
  'start-atten-char-invalid': {
    what: 'CM_START_ATTEN_CHAR.IND of the car is not valid ({{fault}}).',
    next: ['The software of the car deviates from the standard: tell its maker.'],
  },
  'wrong-run-id': {
    what: '{{message}} of the car carries another run id than its process.',
    next: ['The software of the car deviates from the standard: tell its maker.'],
  },
  'no-profiles': {
    what: '{{sounds}} sounds were heard, but the modem delivered no CM_ATTEN_PROFILE.IND.',
    next: [
      'Is it a modem for chargers (QCA7000 family or Lumissil), with the firmware of a charger?',
      'Check that the modem belongs to this interface: profiles may go to another host.',
    ],
  },
  'profiles-wrong-modem': {
    what: 'The modem reports attenuation only by VS_ATTENUATION_CHARACTERISTICS.IND (0xA14E): it is not a modem for chargers.',
    next: [
      'Replace the modem or its firmware: consumer modems (AR7420 and the like) do not send CM_ATTEN_PROFILE.IND.',
    ],
  },
  'profiles-wrong-groups': {
    what: 'The profiles of the modem have {{fault}}; 58 are needed.',
    next: ['Check the firmware of the modem.'],
  },
  'profiles-of-another-car': {
    what: 'The modem measured the sounds of another car only.',
    next: [
      'A car at a neighbouring outlet sounds at the same time: try again when it is done.',
      'If it stays, cables or modems of two outlets may be swapped.',
    ],
  },
  'no-sounds': {
    what: 'The car announced its sounds, but none was heard and none measured.',
    next: [
      'The attenuation from car to charger may be too high: check coupling and cable.',
      'Check the modem: is its interface the configured one?',
    ],
  },
  'no-atten-char-rsp': {
    what: 'The car did not answer CM_ATTEN_CHAR.IND, sent {{sent}} times.',
    next: [
      'The car does not hear the charger: check attenuation from charger to car, and the amplitude map of the modem.',
      'Try another car: some never answer a repeat.',
    ],
  },
  'atten-char-rsp-invalid': {
    what: 'The car answered CM_ATTEN_CHAR.IND, but not validly ({{fault}}).',
    next: ['The software of the car deviates from the standard: tell its maker.'],
  },
  'atten-char-rsp-late': {
    what: 'The car answered CM_ATTEN_CHAR.IND too late: {{elapsedMs}} ms after the last one, allowed are 200 ms.',
    next: ['The car is slow, or frames wait: look for a busy interface.', 'Try another car.'],
  },
  'no-match-req': {
    what: 'The car knows the attenuation ({{meanDb}} dB), but did not send CM_SLAC_MATCH.REQ within 10 s.',
    next: [
      'It may have chosen another charger: look at the neighbouring outlets.',
      'Compare the mean attenuation with the last good one of this outlet.',
    ],
  },
  'no-match-req-attenuation-poor': {
    what: 'The car did not choose this charger: a mean attenuation of {{meanDb}} dB is poor (over 40 dB).',
    next: [
      'Check the coupling of the modem to pilot and PE, and the cable.',
      'Does another outlet report a lower attenuation for this car? Then cables or modems may be swapped.',
    ],
  },
  'no-match-req-attenuation-implausible': {
    what: 'The car did not choose this charger: a mean attenuation of {{meanDb}} dB is implausibly low (under 20 dB).',
    next: [
      'Check the transmit level and the calibration of the modem: its amplitude map, its settings.',
      'Some cars take too low a value for a defect.',
    ],
  },
  'match-req-other-evse': {
    what: 'The car sent CM_SLAC_MATCH.REQ for another charger ({{otherEvse}}).',
    next: [
      'It hears that charger better: look there for its session.',
      'If the car is plugged in here, cables or modems of two outlets may be swapped.',
    ],
  },
  'match-req-invalid': {
    what: 'CM_SLAC_MATCH.REQ of the car is not valid ({{fault}}).',
    next: [
      'Validation may be set to strict: lenient tolerates what is known of cars in the field.',
      'The software of the car deviates from the standard: tell its maker.',
    ],
  },
  'validation-wanted': {
    what: 'The car asked for validation by pilot toggles, and did not go on to match.',
    next: [
      'Several chargers look alike to the car: compare the attenuation at the neighbouring outlets.',
      'The car may insist on validation: see whether the charger offers it.',
    ],
  },
  'validation-stalled': {
    what: 'The car began a validation by pilot toggles and did not go on.',
    next: [
      'The car may have lost CM_VALIDATE.CNF: check the attenuation from charger to car.',
      'Plug in again.',
    ],
  },
  'validation-aborted': {
    what: 'The car ended its validation itself.',
    next: [
      'It may have found its charger elsewhere: look at the neighbouring outlets.',
      'Compare the mean attenuation with the last good one of this outlet.',
    ],
  },
  'no-toggles': {
    what: 'The car validated, but the pilot of this outlet did not toggle.',
    next: [
      'The car is likely plugged in at another outlet.',
      'If it is not: does the board deliver edges of the pilot in time?',
    ],
  },
  'no-match-after-validation': {
    what: 'The validation ended, but CM_SLAC_MATCH.REQ did not follow in time.',
    next: [
      'The car may have counted other toggles than the charger: check the pilot for disturbance.',
    ],
  },
  'no-amp-map-cnf': {
    what: 'The car did not confirm the amplitude map, sent three times.',
    next: ['Send no amplitude map (ampMap.send), if the car cannot take one.'],
  },
  'link-not-formed': {
    what: 'The car got the key, but no link stood within TT_match_join.',
    next: [
      'The modem of the car may restart when it takes the key: see whether the car tries again.',
      'Restart the modem of the charger; check its firmware.',
    ],
  },
  'link-key-refused': {
    what: 'No link was formed: the modem of the charger refused the key (result {{result}}).',
    next: [
      'Restart the modem: some refuse a key directly after a session.',
      'Check its firmware, and which result it gives for success.',
    ],
  },
  'link-key-unconfirmed': {
    what: 'No link was formed: the modem of the charger did not confirm the key.',
    next: [
      'The modem still has an old key: check power and interface of the modem, then plug in anew.',
      'It may restart when it takes a key: see its firmware.',
    ],
  },
  'match-cnf-not-taken': {
    what: 'The car repeated CM_SLAC_MATCH.REQ ({{requests}} times): it does not hear the answer with the key.',
    next: [
      'Check the direction from charger to car: coupling, transmit level, amplitude map.',
      'The software of the car may refuse CM_SLAC_MATCH.CNF.',
    ],
  },
  'unplugged-unasked': {
    what: 'The pilot left state B before the car asked for anything.',
    next: ['Nothing to check, unless the car was not unplugged: then see the pilot.'],
  },
  unplugged: {
    what: 'The car was unplugged while matching.',
    next: ['Nothing to check; plug in again. If it was not unplugged, see the pilot.'],
  },
  restarted: {
    what: 'The car began a new matching process before this one ended.',
    next: ['Nothing to check if the new process succeeds.'],
  },
  displaced: {
    what: 'Another car was matched on this outlet.',
    next: ['Frames of a neighbouring outlet reach this one: normal where cables lie side by side.'],
  },
  stopped: {
    what: 'The charger ended matching itself.',
    next: ['See the session for the reason: an authorisation, a fault, an order.'],
  },
} as const satisfies Record<string, { readonly what: string; readonly next: readonly string[] }>;

export type VerdictCode = keyof typeof verdictWords;
/** Every verdict, for the documentation and the user interface. */
export const verdictCodes = Object.keys(verdictWords) as VerdictCode[];
