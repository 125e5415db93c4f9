/** Texts of the page on vehicle communication, in English. */
export const slacEn = {
  title: 'Vehicle communication',
  pageTitle: 'EVSE {{id}}: vehicle communication',
  back: 'EVSE {{id}}',
  open: 'Vehicle communication',
  loading: 'Loading',
  off: 'This outlet charges by pilot alone: there is no power line modem.',
  state: {
    off: 'Off',
    'interface-missing': 'Interface missing',
    unmatched: 'No car to match',
    waiting: 'Waiting for the car',
    matching: 'Matching',
    joining: 'Waiting for the link',
    matched: 'Matched',
    failed: 'Failed',
    paused: 'Paused',
  },
  meaning: {
    off: 'No car is matched here.',
    'interface-missing': 'The interface of the modem can not be used; it is tried every 2 s.',
    unmatched: 'Plug in a car: matching begins by itself.',
    unmatchedPlugged:
      'A car is plugged in, but not asked to match now: it charges by pilot alone, or the pilot takes a pause before the next try.',
    waiting: 'A car is plugged in; its first message is awaited.',
    matching: 'The car sounds and chooses its charger.',
    joining: 'The car has the network key; its modem joins.',
    matched: 'The power line to the car stands: ISO 15118 can follow.',
    failed:
      'The pilot shows an error for some seconds, then it is tried again or charged by pilot alone.',
    paused: 'The session sleeps; key and network are kept.',
  },
  pilot: 'Pilot {{state}} · {{output}}',
  remaining: '{{seconds}} s left for {{what}}',
  overdue: 'time for {{what}} is over',
  timerOf: '{{timer}}, {{limit}}',
  link: 'the power line link',
  sessionsNow: '{{count}} cars are matching',
  verdictTitle: 'Verdict',
  nextTitle: 'Check next',
  nothingNext: 'Nothing to do.',
  attemptOf: 'Attempt of {{time}}',
  running: 'under way',
  live: 'Live',
  liveShown: 'Shown: live',
  showLive: 'Show the live attempt',
  download: 'Download pcap',
  emptyTitle: 'No attempt yet',
  emptyText:
    'When a car is plugged in, everything that it and the charger say to each other is shown here.',
  needsFrames: 'Frames and captures need the role operator or higher.',
  steps: {
    title: 'Times against the standard’s limits',
    step: 'Step',
    timer: 'Timer',
    taken: 'Taken',
    limit: 'Limit',
    init: 'Plugged in → first request',
    parameters: 'Request → parameters',
    start: 'Parameters → begin of sounding',
    sounds: 'Begin → last sound',
    average: 'Last profile → attenuation sent',
    response: 'Attenuation → answer of the car',
    choice: 'Answer → the car chooses',
    confirmation: 'Choice → network key',
    join: 'Network key → link',
    of: '{{taken}} of {{limit}}',
    patience: 'waited for up to {{limit}} ({{timer}})',
  },
  level: {
    ok: 'in time',
    near: 'close to the limit',
    over: 'over the limit',
    waiting: 'awaited',
    missing: 'never came',
    'not-reached': 'not reached',
  },
  ladder: {
    title: 'Messages',
    label: 'Messages between car, charger and modem',
    hint: 'Choose a message for its fields and bytes.',
    ev: 'Car',
    evse: 'Charger',
    modem: 'Modem',
    foreign: 'another car',
    time: 'Time',
    delta: 'after',
    direction: '{{name}}, {{from}} to {{to}}, at {{at}}, {{delta}} after the one before',
    sounds: '{{sounds}} × {{soundName}}',
    group: '{{sounds}} sounds and {{profiles}} profiles, {{first}} to {{last}}',
    expand: 'Show each',
    collapse: 'Fold',
    leftOut_one: '{{count}} message in between is left out.',
    leftOut_other: '{{count}} messages in between are left out.',
    suppressed: '{{count}} more were too many in a second and not recorded.',
    empty: 'No message was seen.',
    number: 'Message {{n}}',
    from: 'From',
    to: 'To',
    at: 'At',
    size: 'Size',
    bytes: '{{count}} bytes',
    cut: '{{count}} bytes, the first {{kept}} are kept',
    timing: 'Time limit',
    fields: 'Fields',
    hex: 'Bytes',
    keyMasked: 'The network key is masked here and zero in the bytes.',
  },
  attenuation: {
    title: 'Attenuation',
    label:
      'Attenuation over 58 carrier groups: mean {{mean}} dB, from {{lowest}} to {{highest}} dB over {{profiles}} profiles',
    mean: 'Mean',
    spread: 'Lowest to highest',
    ghost: 'Last good one of this outlet',
    group: 'Carrier group',
    groupHint: 'Group 1 to 58, about 0.5 MHz each, from 1.8 to 30 MHz',
    good: 'good 20–35 dB',
    poor: 'poor over 40 dB',
    implausible: 'implausible under 20 dB',
    meanDb: 'Mean attenuation',
    verdictGood: 'good',
    verdictFair: 'fair',
    verdictPoor: 'poor',
    verdictImplausible: 'implausible',
    profiles: 'Sounds measured',
    heard: 'Sounds heard',
    of: '{{count}} of {{all}}',
    compare: 'Against the last good one ({{time}})',
    better: '{{db}} dB lower',
    worse: '{{db}} dB higher',
    same: 'the same',
    unheard: 'Not heard: sounds number {{list}}',
    unmeasured: 'Heard, but not measured: sounds number {{list}}',
    empty: 'No attenuation was measured in this attempt.',
    sounds: 'Each sound',
    cnt: 'Number',
    heardAt: 'Heard',
    soundMean: 'Mean',
    soundRange: 'Range',
    notHeard: 'not heard',
    notMeasured: 'not measured',
  },
  identity: {
    title: 'Who',
    evMac: 'Car (MAC)',
    runId: 'Run id',
    evseMac: 'Charger (MAC)',
    modemMac: 'Modem (MAC)',
    nid: 'Network (NID)',
    nmk: 'Network key (NMK)',
    masked: 'secret, never recorded',
    session: 'Charging session',
    openSession: 'Open',
    foreign: 'Other cars heard',
  },
  retries: {
    title: 'Retries',
    parmReq: 'Requests repeated (CM_SLAC_PARM.REQ)',
    attenCharInd: 'Attenuation repeated (CM_ATTEN_CHAR.IND)',
    matchReq: 'Choice repeated (CM_SLAC_MATCH.REQ)',
    setKey: 'Key to the modem repeated (CM_SET_KEY.REQ)',
    cycle: 'Attempt of this session',
    processes: 'Processes within 10 s',
    foreign: 'Other cars at the same time',
    tolerated: 'Tolerated deviations',
    undecodable: 'Frames that could not be read',
    ignored: 'Requests not taken',
    others: 'Other processes',
    processResult: {
      running: 'under way',
      unanswered: 'not answered',
      matched: 'matched',
      failed: 'failed',
    },
    othersLeftOut: '{{count}} more are left out.',
  },
  modem: {
    title: 'Modem',
    state: 'State',
    at: {
      starting: 'starting',
      probing: 'asked who it is',
      keying: 'gets the key',
      resetting: 'restarts',
      ready: 'ready',
      none: 'none',
    },
    vendor: 'Vendor',
    vendors: { unknown: 'not known', qualcomm: 'Qualcomm', lumissil: 'Lumissil' },
    version: 'Firmware',
    mac: 'MAC',
    interface: 'Interface',
    interfaceOk: 'works',
    setKey: 'Last key',
    setKeyResult: 'confirmed with result {{result}}',
    setKeyPending: 'not confirmed',
    setKeyRequests_one: '{{count}} request',
    setKeyRequests_other: '{{count}} requests',
    link: 'Link',
    linkUp: 'seen',
    linkUnknown: 'can not be told',
    linkDown: 'not seen',
    linkLost: 'lost {{after}} after the begin',
    trouble: {
      'no-answer': 'It does not answer. Check power, interface and wiring; it is asked every 5 s.',
      'refuses-key': 'It refuses the key. Restart it; check its firmware.',
      'refuses-reset':
        'It refuses to restart, and goes on with its key. Switch the restart off; check its firmware.',
      'waits-for-firmware': 'It waits for its firmware. Load it with the tools of its maker.',
    },
  },
  history: {
    title: 'Attempts',
    rate: '{{rate}} % matched',
    rateOf: '{{matched}} of {{all}} attempts matched',
    filter: 'Car (MAC)',
    filterAll: 'All cars',
    filterThis: 'Only this car',
    open: 'Attempt of {{time}}: {{result}}',
    more: 'Load more',
    empty: 'No attempts are kept yet.',
    emptyFilter: 'No attempts of this car are kept.',
    result: { running: 'under way', matched: 'matched', failed: 'failed', ended: 'ended' },
  },
  verdict: {
    running: { what: 'Matching is under way.', next: [] as string[] },
    matched: { what: 'The car is matched, and the power line link stands.', next: [] as string[] },
    'matched-link-not-checked': {
      what: 'The car got the key. No modem could tell whether the link stands.',
      next: [
        'If V2G communication follows, all is well.',
        'Check why the modem does not answer its host: interface, power, firmware.',
      ] as string[],
    },
    'matched-after-retries': {
      what: 'The car is matched, but messages had to be repeated.',
      next: [
        'Frames get lost: compare the attenuation with the last good one of this outlet.',
        'Look for a disturber on the cable if it happens with several cars.',
      ] as string[],
    },
    'matched-attenuation-poor': {
      what: 'The car is matched, but the mean attenuation of {{meanDb}} dB is poor (over 40 dB).',
      next: [
        'Check the coupling of the modem to pilot and PE, and the cable.',
        'Compare with another car: if all are poor, the outlet is at fault.',
      ] as string[],
    },
    'matched-attenuation-implausible': {
      what: 'The car is matched, but a mean attenuation of {{meanDb}} dB is implausibly low (under 20 dB).',
      next: [
        'Check the transmit level and the calibration of the modem: its amplitude map, its settings.',
        'Some cars take too low a value for a defect.',
      ] as string[],
    },
    'link-lost': {
      what: 'The car was matched, then the power line link was lost.',
      next: [
        'Check plug and cable.',
        'A sudden loss at several outlets at once points to a disturber nearby.',
      ] as string[],
    },
    'no-parm-req': {
      what: 'The car never sent CM_SLAC_PARM.REQ.',
      next: [
        'Is the control pilot at 5 % duty cycle, and does the car see state B?',
        'Is the modem coupled to pilot and PE?',
        'Can the car do high-level communication at all? Many AC cars cannot.',
        'Some cars wait 30 s after a failed session: plug in anew and wait.',
      ] as string[],
    },
    'parm-req-invalid': {
      what: 'The car sent CM_SLAC_PARM.REQ, but of a kind that is not for charging ({{fault}}).',
      next: [
        'The car or its modem is set up for another use of HomePlug: check its software.',
      ] as string[],
    },
    'parm-req-outside': {
      what: 'CM_SLAC_PARM.REQ was seen while the pilot did not ask for it, and not again since.',
      next: [
        'Compare the times of pilot and request: the pilot state, as the board reports it, may come late or be wrong.',
        'The request may come from a car at a neighbouring outlet: see its address.',
      ] as string[],
    },
    'interface-down': {
      what: 'The charger could not send on the interface of its modem.',
      next: [
        'Check the interface: is it up, is the driver loaded, is the modem powered and wired?',
      ] as string[],
    },
    'modem-silent': {
      what: 'No car was heard, and the modem of the charger does not answer either.',
      next: [
        'Check the modem first: power, interface, wiring, firmware.',
        'Is the configured interface the one of this outlet?',
      ] as string[],
    },
    'modem-without-firmware': {
      what: 'No car was heard: the modem of the charger waits for its firmware.',
      next: ['Load the firmware of the modem with the tools of its maker.'] as string[],
    },
    'frames-unreadable': {
      what: 'No CM_SLAC_PARM.REQ was seen, but {{undecodable}} frames that could not be read.',
      next: [
        'Check the interface and its driver: frames may be cut or mixed up.',
        'Something else may send with EtherType 0x88E1 on this interface.',
      ] as string[],
    },
    'no-start-atten-char': {
      what: 'The car asked for parameters, but did not begin to sound within TT_match_sequence (400 ms).',
      next: [
        'The car may not hear the charger: check the coupling and the transmit level of the modem.',
        'Several chargers may answer on one wire: use one interface for each modem.',
      ] as string[],
    },
    'parm-cnf-not-taken': {
      what: 'The car repeats CM_SLAC_PARM.REQ ({{requests}} times): it does not hear the answer, or does not accept it.',
      next: [
        'Check the direction from charger to car: coupling, transmit level, amplitude map.',
        'If it hears other messages of the charger, its software refuses the values of CM_SLAC_PARM.CNF.',
      ] as string[],
    },
    'start-atten-char-late': {
      what: 'The car began to sound too late: {{elapsedMs}} ms after CM_SLAC_PARM.CNF, allowed are 400 ms.',
      next: [
        'The car is slow: look for newer software of the car.',
        'Try another car.',
      ] as string[],
    },
    'start-atten-char-invalid': {
      what: 'CM_START_ATTEN_CHAR.IND of the car is not valid ({{fault}}).',
      next: ['The software of the car deviates from the standard: tell its maker.'] as string[],
    },
    'wrong-run-id': {
      what: '{{message}} of the car carries another run id than its process.',
      next: ['The software of the car deviates from the standard: tell its maker.'] as string[],
    },
    'no-profiles': {
      what: '{{sounds}} sounds were heard, but the modem delivered no CM_ATTEN_PROFILE.IND.',
      next: [
        'Is it a modem for chargers (QCA7000 family or Lumissil), with the firmware of a charger?',
        'Check that the modem belongs to this interface: profiles may go to another host.',
      ] as string[],
    },
    'profiles-wrong-modem': {
      what: 'The modem reports attenuation only by VS_ATTENUATION_CHARACTERISTICS.IND (0xA14E): it is not a modem for chargers.',
      next: [
        'Replace the modem or its firmware: consumer modems (AR7420 and the like) do not send CM_ATTEN_PROFILE.IND.',
      ] as string[],
    },
    'profiles-wrong-groups': {
      what: 'The profiles of the modem have {{fault}}; 58 are needed.',
      next: ['Check the firmware of the modem.'] as string[],
    },
    'profiles-of-another-car': {
      what: 'The modem measured the sounds of another car only.',
      next: [
        'A car at a neighbouring outlet sounds at the same time: try again when it is done.',
        'If it stays, cables or modems of two outlets may be swapped.',
      ] as string[],
    },
    'no-sounds': {
      what: 'The car announced its sounds, but none was heard and none measured.',
      next: [
        'The attenuation from car to charger may be too high: check coupling and cable.',
        'Check the modem: is its interface the configured one?',
      ] as string[],
    },
    'no-atten-char-rsp': {
      what: 'The car did not answer CM_ATTEN_CHAR.IND, sent {{sent}} times.',
      next: [
        'The car does not hear the charger: check attenuation from charger to car, and the amplitude map of the modem.',
        'Try another car: some never answer a repeat.',
      ] as string[],
    },
    'atten-char-rsp-invalid': {
      what: 'The car answered CM_ATTEN_CHAR.IND, but not validly ({{fault}}).',
      next: ['The software of the car deviates from the standard: tell its maker.'] as string[],
    },
    'atten-char-rsp-late': {
      what: 'The car answered CM_ATTEN_CHAR.IND too late: {{elapsedMs}} ms after the last one, allowed are 200 ms.',
      next: [
        'The car is slow, or frames wait: look for a busy interface.',
        'Try another car.',
      ] as string[],
    },
    'no-match-req': {
      what: 'The car knows the attenuation ({{meanDb}} dB), but did not send CM_SLAC_MATCH.REQ within 10 s.',
      next: [
        'It may have chosen another charger: look at the neighbouring outlets.',
        'Compare the mean attenuation with the last good one of this outlet.',
      ] as string[],
    },
    'no-match-req-attenuation-poor': {
      what: 'The car did not choose this charger: a mean attenuation of {{meanDb}} dB is poor (over 40 dB).',
      next: [
        'Check the coupling of the modem to pilot and PE, and the cable.',
        'Does another outlet report a lower attenuation for this car? Then cables or modems may be swapped.',
      ] as string[],
    },
    'no-match-req-attenuation-implausible': {
      what: 'The car did not choose this charger: a mean attenuation of {{meanDb}} dB is implausibly low (under 20 dB).',
      next: [
        'Check the transmit level and the calibration of the modem: its amplitude map, its settings.',
        'Some cars take too low a value for a defect.',
      ] as string[],
    },
    'match-req-other-evse': {
      what: 'The car sent CM_SLAC_MATCH.REQ for another charger ({{otherEvse}}).',
      next: [
        'It hears that charger better: look there for its session.',
        'If the car is plugged in here, cables or modems of two outlets may be swapped.',
      ] as string[],
    },
    'match-req-invalid': {
      what: 'CM_SLAC_MATCH.REQ of the car is not valid ({{fault}}).',
      next: [
        'Validation may be set to strict: lenient tolerates what is known of cars in the field.',
        'The software of the car deviates from the standard: tell its maker.',
      ] as string[],
    },
    'validation-wanted': {
      what: 'The car asked for validation by pilot toggles, and did not go on to match.',
      next: [
        'Several chargers look alike to the car: compare the attenuation at the neighbouring outlets.',
        'The car may insist on validation: see whether the charger offers it.',
      ] as string[],
    },
    'validation-stalled': {
      what: 'The car began a validation by pilot toggles and did not go on.',
      next: [
        'The car may have lost CM_VALIDATE.CNF: check the attenuation from charger to car.',
        'Plug in again.',
      ] as string[],
    },
    'validation-aborted': {
      what: 'The car ended its validation itself.',
      next: [
        'It may have found its charger elsewhere: look at the neighbouring outlets.',
        'Compare the mean attenuation with the last good one of this outlet.',
      ] as string[],
    },
    'no-toggles': {
      what: 'The car validated, but the pilot of this outlet did not toggle.',
      next: [
        'The car is likely plugged in at another outlet.',
        'If it is not: does the board deliver edges of the pilot in time?',
      ] as string[],
    },
    'no-match-after-validation': {
      what: 'The validation ended, but CM_SLAC_MATCH.REQ did not follow in time.',
      next: [
        'The car may have counted other toggles than the charger: check the pilot for disturbance.',
      ] as string[],
    },
    'no-amp-map-cnf': {
      what: 'The car did not confirm the amplitude map, sent three times.',
      next: ['Send no amplitude map (ampMap.send), if the car cannot take one.'] as string[],
    },
    'link-not-formed': {
      what: 'The car got the key, but no link stood within TT_match_join.',
      next: [
        'The modem of the car may restart when it takes the key: see whether the car tries again.',
        'Restart the modem of the charger; check its firmware.',
      ] as string[],
    },
    'link-key-refused': {
      what: 'No link was formed: the modem of the charger refused the key (result {{result}}).',
      next: [
        'Restart the modem: some refuse a key directly after a session.',
        'Check its firmware, and which result it gives for success.',
      ] as string[],
    },
    'link-key-unconfirmed': {
      what: 'No link was formed: the modem of the charger did not confirm the key.',
      next: [
        'The modem still has an old key: check power and interface of the modem, then plug in anew.',
        'It may restart when it takes a key: see its firmware.',
      ] as string[],
    },
    'match-cnf-not-taken': {
      what: 'The car repeated CM_SLAC_MATCH.REQ ({{requests}} times): it does not hear the answer with the key.',
      next: [
        'Check the direction from charger to car: coupling, transmit level, amplitude map.',
        'The software of the car may refuse CM_SLAC_MATCH.CNF.',
      ] as string[],
    },
    'unplugged-unasked': {
      what: 'The pilot left state B before the car asked for anything.',
      next: ['Nothing to check, unless the car was not unplugged: then see the pilot.'] as string[],
    },
    unplugged: {
      what: 'The car was unplugged while matching.',
      next: [
        'Nothing to check; plug in again. If it was not unplugged, see the pilot.',
      ] as string[],
    },
    restarted: {
      what: 'The car began a new matching process before this one ended.',
      next: ['Nothing to check if the new process succeeds.'] as string[],
    },
    displaced: {
      what: 'Another car was matched on this outlet.',
      next: [
        'Frames of a neighbouring outlet reach this one: normal where cables lie side by side.',
      ] as string[],
    },
    stopped: {
      what: 'The charger ended matching itself.',
      next: ['See the session for the reason: an authorisation, a fault, an order.'] as string[],
    },
  },
};
