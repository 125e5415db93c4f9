import type { slacEn } from './slac-en.ts';
import type { Texts } from './texts.ts';

/** Texte der Seite zur Fahrzeugkommunikation, auf Deutsch. */
export const slacDe: Texts<typeof slacEn> = {
  title: 'Fahrzeugkommunikation',
  pageTitle: 'EVSE {{id}}: Fahrzeugkommunikation',
  back: 'EVSE {{id}}',
  open: 'Fahrzeugkommunikation',
  loading: 'Lädt',
  off: 'Dieser Ladepunkt lädt nur über das Pilotsignal: Es gibt kein Powerline-Modem.',
  state: {
    off: 'Aus',
    'interface-missing': 'Schnittstelle fehlt',
    unmatched: 'Kein Auto zu verbinden',
    waiting: 'Wartet auf das Auto',
    matching: 'Verbindet',
    joining: 'Wartet auf die Verbindung',
    matched: 'Verbunden',
    failed: 'Fehlgeschlagen',
    paused: 'Pausiert',
  },
  meaning: {
    off: 'Hier wird kein Auto verbunden.',
    'interface-missing':
      'Die Schnittstelle des Modems ist nicht nutzbar; alle 2 s wird es erneut versucht.',
    unmatched: 'Auto einstecken: Die Verbindung beginnt von selbst.',
    unmatchedPlugged:
      'Ein Auto steckt, wird aber gerade nicht verbunden: Es lädt nur über den Piloten, oder der Pilot macht vor dem nächsten Versuch eine Pause.',
    waiting: 'Ein Auto ist eingesteckt; seine erste Nachricht wird erwartet.',
    matching: 'Das Auto sendet Prüftöne und wählt seine Ladestation.',
    joining: 'Das Auto hat den Netzschlüssel; sein Modem tritt bei.',
    matched: 'Die Powerline zum Auto steht: ISO 15118 kann folgen.',
    failed:
      'Der Pilot zeigt einige Sekunden einen Fehler, dann folgt ein neuer Versuch oder Laden nur über den Piloten.',
    paused: 'Der Vorgang ruht; Schlüssel und Netz bleiben.',
  },
  pilot: 'Pilot {{state}} · {{output}}',
  remaining: 'noch {{seconds}} s für {{what}}',
  overdue: 'Zeit für {{what}} ist um',
  timerOf: '{{timer}}, {{limit}}',
  link: 'die Powerline-Verbindung',
  sessionsNow: '{{count}} Autos verbinden sich',
  verdictTitle: 'Befund',
  nextTitle: 'Als Nächstes prüfen',
  nothingNext: 'Nichts zu tun.',
  attemptOf: 'Versuch vom {{time}}',
  running: 'läuft',
  live: 'Live',
  liveShown: 'Angezeigt: live',
  showLive: 'Laufenden Versuch zeigen',
  download: 'pcap herunterladen',
  emptyTitle: 'Noch kein Versuch',
  emptyText:
    'Sobald ein Auto eingesteckt wird, steht hier alles, was Auto und Ladestation einander sagen.',
  needsFrames: 'Nachrichten und Mitschnitte brauchen die Rolle Bediener oder höher.',
  steps: {
    title: 'Zeiten gegen die Grenzen der Norm',
    step: 'Schritt',
    timer: 'Zeitgeber',
    taken: 'Gebraucht',
    limit: 'Grenze',
    init: 'Eingesteckt → erste Anfrage',
    parameters: 'Anfrage → Parameter',
    start: 'Parameter → Beginn der Töne',
    sounds: 'Beginn → letzter Ton',
    average: 'Letztes Profil → Dämpfung gesendet',
    response: 'Dämpfung → Antwort des Autos',
    choice: 'Antwort → das Auto wählt',
    confirmation: 'Wahl → Netzschlüssel',
    join: 'Netzschlüssel → Verbindung',
    of: '{{taken}} von {{limit}}',
    patience: 'gewartet wird bis {{limit}} ({{timer}})',
  },
  level: {
    ok: 'rechtzeitig',
    near: 'knapp',
    over: 'zu spät',
    waiting: 'erwartet',
    missing: 'kam nie',
    'not-reached': 'nicht erreicht',
  },
  ladder: {
    title: 'Nachrichten',
    label: 'Nachrichten zwischen Auto, Ladestation und Modem',
    hint: 'Eine Nachricht wählen zeigt Felder und Bytes.',
    ev: 'Auto',
    evse: 'Ladestation',
    modem: 'Modem',
    foreign: 'anderes Auto',
    time: 'Zeit',
    delta: 'danach',
    direction: '{{name}}, {{from}} an {{to}}, bei {{at}}, {{delta}} nach der vorigen',
    sounds: '{{sounds}} × {{soundName}}',
    group: '{{sounds}} Töne und {{profiles}} Profile, {{first}} bis {{last}}',
    expand: 'Einzeln zeigen',
    collapse: 'Einklappen',
    leftOut_one: '{{count}} Nachricht dazwischen ist ausgelassen.',
    leftOut_other: '{{count}} Nachrichten dazwischen sind ausgelassen.',
    suppressed: '{{count}} weitere waren zu viele in einer Sekunde und sind nicht aufgezeichnet.',
    empty: 'Keine Nachricht wurde gesehen.',
    number: 'Nachricht {{n}}',
    from: 'Von',
    to: 'An',
    at: 'Zeit',
    size: 'Größe',
    bytes: '{{count}} Bytes',
    cut: '{{count}} Bytes, die ersten {{kept}} sind aufbewahrt',
    timing: 'Zeitgrenze',
    fields: 'Felder',
    hex: 'Bytes',
    keyMasked: 'Der Netzschlüssel ist hier verdeckt und in den Bytes null.',
  },
  attenuation: {
    title: 'Dämpfung',
    label:
      'Dämpfung über 58 Trägergruppen: Mittel {{mean}} dB, von {{lowest}} bis {{highest}} dB über {{profiles}} Profile',
    mean: 'Mittel',
    spread: 'Niedrigste bis höchste',
    ghost: 'Letzte gute an diesem Ladepunkt',
    group: 'Trägergruppe',
    groupHint: 'Gruppe 1 bis 58, je rund 0,5 MHz, von 1,8 bis 30 MHz',
    good: 'gut 20–35 dB',
    poor: 'schlecht über 40 dB',
    implausible: 'unplausibel unter 20 dB',
    meanDb: 'Mittlere Dämpfung',
    verdictGood: 'gut',
    verdictFair: 'mäßig',
    verdictPoor: 'schlecht',
    verdictImplausible: 'unplausibel',
    profiles: 'Töne gemessen',
    heard: 'Töne gehört',
    of: '{{count}} von {{all}}',
    compare: 'Gegenüber der letzten guten ({{time}})',
    better: '{{db}} dB niedriger',
    worse: '{{db}} dB höher',
    same: 'gleich',
    unheard: 'Nicht gehört: Töne Nummer {{list}}',
    unmeasured: 'Gehört, aber nicht gemessen: Töne Nummer {{list}}',
    empty: 'In diesem Versuch wurde keine Dämpfung gemessen.',
    sounds: 'Jeder Ton',
    cnt: 'Nummer',
    heardAt: 'Gehört',
    soundMean: 'Mittel',
    soundRange: 'Spanne',
    notHeard: 'nicht gehört',
    notMeasured: 'nicht gemessen',
  },
  identity: {
    title: 'Wer',
    evMac: 'Auto (MAC)',
    runId: 'Run-ID',
    evseMac: 'Ladestation (MAC)',
    modemMac: 'Modem (MAC)',
    nid: 'Netz (NID)',
    nmk: 'Netzschlüssel (NMK)',
    masked: 'geheim, nie aufgezeichnet',
    session: 'Ladevorgang',
    openSession: 'Öffnen',
    foreign: 'Andere Autos gehört',
  },
  retries: {
    title: 'Wiederholungen',
    parmReq: 'Anfragen wiederholt (CM_SLAC_PARM.REQ)',
    attenCharInd: 'Dämpfung wiederholt (CM_ATTEN_CHAR.IND)',
    matchReq: 'Wahl wiederholt (CM_SLAC_MATCH.REQ)',
    setKey: 'Schlüssel ans Modem wiederholt (CM_SET_KEY.REQ)',
    cycle: 'Versuch dieses Vorgangs',
    processes: 'Prozesse in 10 s',
    foreign: 'Andere Autos zur gleichen Zeit',
    tolerated: 'Geduldete Abweichungen',
    undecodable: 'Nicht lesbare Rahmen',
    ignored: 'Nicht angenommene Anfragen',
    others: 'Andere Prozesse',
    processResult: {
      running: 'läuft',
      unanswered: 'nicht beantwortet',
      matched: 'verbunden',
      failed: 'fehlgeschlagen',
    },
    othersLeftOut: '{{count}} weitere sind ausgelassen.',
  },
  modem: {
    title: 'Modem',
    state: 'Zustand',
    at: {
      starting: 'startet',
      probing: 'wird gefragt, wer es ist',
      keying: 'bekommt den Schlüssel',
      resetting: 'startet neu',
      ready: 'bereit',
      none: 'keines',
    },
    vendor: 'Hersteller',
    vendors: { unknown: 'nicht bekannt', qualcomm: 'Qualcomm', lumissil: 'Lumissil' },
    version: 'Version',
    firmware: 'Firmware',
    stations: 'Stationen seines Netzes',
    station: '{{mac}}: {{tx}} Mbit/s hin, {{rx}} Mbit/s zurück',
    tolerated: 'Geduldet seit dem Start',
    toleratedOf: '{{what}}: {{count}}×',
    mac: 'MAC',
    interface: 'Schnittstelle',
    interfaceOk: 'arbeitet',
    setKey: 'Letzter Schlüssel',
    setKeyResult: 'bestätigt mit Ergebnis {{result}}',
    setKeyPending: 'nicht bestätigt',
    setKeyRequests_one: '{{count}} Anfrage',
    setKeyRequests_other: '{{count}} Anfragen',
    link: 'Verbindung',
    linkUp: 'gesehen',
    linkUnknown: 'nicht feststellbar',
    linkDown: 'nicht gesehen',
    linkLost: 'verloren {{after}} nach dem Beginn',
    trouble: {
      'no-answer':
        'Es antwortet nicht. Strom, Schnittstelle und Verdrahtung prüfen; es wird alle 5 s gefragt.',
      'refuses-key': 'Es lehnt den Schlüssel ab. Neu starten; Firmware prüfen.',
      'refuses-reset':
        'Es lehnt den Neustart ab und behält seinen Schlüssel. Neustart abschalten; Firmware prüfen.',
      'waits-for-firmware':
        'Es wartet auf seine Firmware. Mit den Werkzeugen des Herstellers laden.',
    },
  },
  history: {
    title: 'Versuche',
    rate: '{{rate}} % verbunden',
    rateOf: '{{matched}} von {{all}} Versuchen verbunden',
    median: 'Median vom Beginn bis zur Verbindung: {{time}}',
    filter: 'Auto (MAC)',
    filterAll: 'Alle Autos',
    filterThis: 'Nur dieses Auto',
    open: 'Versuch vom {{time}}: {{result}}',
    more: 'Mehr laden',
    empty: 'Noch sind keine Versuche aufbewahrt.',
    emptyFilter: 'Von diesem Auto sind keine Versuche aufbewahrt.',
    result: {
      running: 'läuft',
      matched: 'verbunden',
      failed: 'fehlgeschlagen',
      ended: 'beendet',
    },
  },
  toleranceWords: {
    'no-rsp': 'CM_SLAC_MATCH.REQ ohne CM_ATTEN_CHAR.RSP',
    'no-toggles': 'CM_SLAC_MATCH.REQ mitten in einer Validierung',
    'mvf-order': 'MVFLength in falscher Byte-Reihenfolge',
    'evse-mac': 'EVSE_MAC ist nicht die Ladestation',
    'pev-id': 'PEV_ID ist nicht null',
    'evse-id': 'EVSE_ID ist nicht null',
    'resp-type': 'RESP_TYPE 0 in CM_START_ATTEN_CHAR.IND',
    'forwarding-sta': 'FORWARDING_STA ist nicht das Auto',
    unicast: 'eine Nachricht an alle, nur an die Ladestation gesendet',
    'sender-id': 'SenderID eines Tons ist nicht null',
    'profile-source': 'Profile von einer Adresse, die nicht die des Modems ist, das antwortete',
  },
  verdict: {
    running: { what: 'Die Verbindung läuft.', next: [] },
    matched: { what: 'Das Auto ist verbunden, die Powerline steht.', next: [] },
    'matched-link-not-checked': {
      what: 'Das Auto hat den Schlüssel. Kein Modem konnte sagen, ob die Verbindung steht.',
      next: [
        'Folgt V2G-Kommunikation, ist alles gut.',
        'Prüfen, warum das Modem seinem Host nicht antwortet: Schnittstelle, Strom, Firmware.',
      ],
    },
    'matched-after-retries': {
      what: 'Das Auto ist verbunden, aber Nachrichten mussten wiederholt werden.',
      next: [
        'Rahmen gehen verloren: Dämpfung mit der letzten guten dieses Ladepunkts vergleichen.',
        'Geschieht es mit mehreren Autos, nach einem Störer am Kabel suchen.',
      ],
    },
    'matched-attenuation-poor': {
      what: 'Das Auto ist verbunden, aber die mittlere Dämpfung von {{meanDb}} dB ist schlecht (über 40 dB).',
      next: [
        'Kopplung des Modems an Pilot und PE prüfen, und das Kabel.',
        'Mit einem anderen Auto vergleichen: Sind alle schlecht, liegt es am Ladepunkt.',
      ],
    },
    'matched-attenuation-implausible': {
      what: 'Das Auto ist verbunden, aber eine mittlere Dämpfung von {{meanDb}} dB ist unplausibel niedrig (unter 20 dB).',
      next: [
        'Sendepegel und Kalibrierung des Modems prüfen: Amplitude Map, Einstellungen.',
        'Manche Autos halten einen zu niedrigen Wert für einen Defekt.',
      ],
    },
    'link-lost': {
      what: 'Das Auto war verbunden, dann ging die Powerline verloren.',
      next: [
        'Stecker und Kabel prüfen.',
        'Plötzlicher Verlust an mehreren Ladepunkten zugleich deutet auf einen Störer in der Nähe.',
      ],
    },
    'no-parm-req': {
      what: 'Das Auto hat nie CM_SLAC_PARM.REQ gesendet.',
      next: [
        'Steht der Pilot auf 5 %, und sieht das Auto Zustand B?',
        'Ist das Modem an Pilot und PE gekoppelt?',
        'Kann das Auto überhaupt digital kommunizieren? Viele AC-Autos können es nicht.',
        'Manche Autos warten nach einem Fehlschlag 30 s: neu einstecken und warten.',
      ],
    },
    'parm-req-invalid': {
      what: 'Das Auto hat CM_SLAC_PARM.REQ gesendet, aber nicht zum Laden ({{fault}}).',
      next: [
        'Auto oder Modem sind für eine andere Nutzung von HomePlug eingestellt: Software prüfen.',
      ],
    },
    'parm-req-outside': {
      what: 'CM_SLAC_PARM.REQ kam, als der Pilot es nicht verlangte, und seitdem nicht wieder.',
      next: [
        'Zeiten von Pilot und Anfrage vergleichen: Der Pilotzustand der Platine kann spät oder falsch sein.',
        'Die Anfrage kann von einem Auto an einem Nachbar-Ladepunkt stammen: siehe Adresse.',
      ],
    },
    'interface-down': {
      what: 'Die Ladestation konnte an der Schnittstelle ihres Modems nicht senden.',
      next: [
        'Schnittstelle prüfen: Ist sie aktiv, der Treiber geladen, das Modem versorgt und verdrahtet?',
      ],
    },
    'modem-silent': {
      what: 'Kein Auto war zu hören, und auch das Modem der Ladestation antwortet nicht.',
      next: [
        'Zuerst das Modem prüfen: Strom, Schnittstelle, Verdrahtung, Firmware.',
        'Ist die eingestellte Schnittstelle die dieses Ladepunkts?',
      ],
    },
    'modem-without-firmware': {
      what: 'Kein Auto war zu hören: Das Modem der Ladestation wartet auf seine Firmware.',
      next: ['Firmware des Modems mit den Werkzeugen des Herstellers laden.'],
    },
    'frames-unreadable': {
      what: 'Kein CM_SLAC_PARM.REQ war zu sehen, aber {{undecodable}} nicht lesbare Rahmen.',
      next: [
        'Schnittstelle und Treiber prüfen: Rahmen können abgeschnitten oder vermischt sein.',
        'Etwas anderes sendet vielleicht mit EtherType 0x88E1 an dieser Schnittstelle.',
      ],
    },
    'no-start-atten-char': {
      what: 'Das Auto fragte nach Parametern, begann aber nicht innerhalb von TT_match_sequence (400 ms) mit den Tönen.',
      next: [
        'Das Auto hört die Ladestation vielleicht nicht: Kopplung und Sendepegel des Modems prüfen.',
        'Mehrere Ladestationen antworten vielleicht an einer Leitung: je Modem eine Schnittstelle.',
      ],
    },
    'parm-cnf-not-taken': {
      what: 'Das Auto wiederholt CM_SLAC_PARM.REQ ({{requests}} Mal): Es hört die Antwort nicht oder nimmt sie nicht an.',
      next: [
        'Richtung Ladestation zum Auto prüfen: Kopplung, Sendepegel, Amplitude Map.',
        'Hört es andere Nachrichten, lehnt seine Software die Werte von CM_SLAC_PARM.CNF ab.',
      ],
    },
    'start-atten-char-late': {
      what: 'Das Auto begann zu spät mit den Tönen: {{elapsedMs}} ms nach CM_SLAC_PARM.CNF, erlaubt sind 400 ms.',
      next: ['Das Auto ist langsam: nach neuerer Software suchen.', 'Ein anderes Auto versuchen.'],
    },
    'start-atten-char-invalid': {
      what: 'CM_START_ATTEN_CHAR.IND des Autos ist nicht gültig ({{fault}}).',
      next: ['Die Software des Autos weicht von der Norm ab: dem Hersteller melden.'],
    },
    'wrong-run-id': {
      what: '{{message}} des Autos trägt eine andere Run-ID als sein Prozess.',
      next: ['Die Software des Autos weicht von der Norm ab: dem Hersteller melden.'],
    },
    'no-profiles': {
      what: '{{sounds}} Töne waren zu hören, aber das Modem lieferte kein CM_ATTEN_PROFILE.IND.',
      next: [
        'Ist es ein Modem für Ladestationen (QCA7000-Familie oder Lumissil) mit deren Firmware?',
        'Gehört das Modem zu dieser Schnittstelle? Profile gehen vielleicht an einen anderen Host.',
      ],
    },
    'profiles-wrong-modem': {
      what: 'Das Modem meldet die Dämpfung nur mit VS_ATTENUATION_CHARACTERISTICS.IND (0xA14E): Es ist kein Modem für Ladestationen.',
      next: [
        'Modem oder Firmware tauschen: Modems für den Haushalt (AR7420 und ähnliche) senden kein CM_ATTEN_PROFILE.IND.',
      ],
    },
    'profiles-wrong-groups': {
      what: 'Die Profile des Modems haben {{fault}}; nötig sind 58.',
      next: ['Firmware des Modems prüfen.'],
    },
    'profiles-of-another-car': {
      what: 'Das Modem hat nur die Töne eines anderen Autos gemessen.',
      next: [
        'Ein Auto an einem Nachbar-Ladepunkt sendet zugleich Töne: danach erneut versuchen.',
        'Bleibt es so, sind Kabel oder Modems zweier Ladepunkte vielleicht vertauscht.',
      ],
    },
    'no-sounds': {
      what: 'Das Auto kündigte Töne an, aber keiner war zu hören und keiner gemessen.',
      next: [
        'Die Dämpfung vom Auto zur Ladestation kann zu hoch sein: Kopplung und Kabel prüfen.',
        'Modem prüfen: Ist seine Schnittstelle die eingestellte?',
      ],
    },
    'no-atten-char-rsp': {
      what: 'Das Auto antwortete nicht auf CM_ATTEN_CHAR.IND, {{sent}} Mal gesendet.',
      next: [
        'Das Auto hört die Ladestation nicht: Dämpfung von der Ladestation zum Auto und Amplitude Map prüfen.',
        'Ein anderes Auto versuchen: Manche antworten nie auf eine Wiederholung.',
      ],
    },
    'atten-char-rsp-invalid': {
      what: 'Das Auto antwortete auf CM_ATTEN_CHAR.IND, aber nicht gültig ({{fault}}).',
      next: ['Die Software des Autos weicht von der Norm ab: dem Hersteller melden.'],
    },
    'atten-char-rsp-late': {
      what: 'Das Auto antwortete zu spät auf CM_ATTEN_CHAR.IND: {{elapsedMs}} ms nach dem letzten, erlaubt sind 200 ms.',
      next: [
        'Das Auto ist langsam, oder Rahmen warten: Ist die Schnittstelle ausgelastet?',
        'Ein anderes Auto versuchen.',
      ],
    },
    'no-match-req': {
      what: 'Das Auto kennt die Dämpfung ({{meanDb}} dB), sandte aber in 10 s kein CM_SLAC_MATCH.REQ.',
      next: [
        'Es hat vielleicht eine andere Ladestation gewählt: Nachbar-Ladepunkte ansehen.',
        'Mittlere Dämpfung mit der letzten guten dieses Ladepunkts vergleichen.',
      ],
    },
    'no-match-req-attenuation-poor': {
      what: 'Das Auto hat diese Ladestation nicht gewählt: Eine mittlere Dämpfung von {{meanDb}} dB ist schlecht (über 40 dB).',
      next: [
        'Kopplung des Modems an Pilot und PE prüfen, und das Kabel.',
        'Meldet ein anderer Ladepunkt für dieses Auto weniger? Dann sind Kabel oder Modems vielleicht vertauscht.',
      ],
    },
    'no-match-req-attenuation-implausible': {
      what: 'Das Auto hat diese Ladestation nicht gewählt: Eine mittlere Dämpfung von {{meanDb}} dB ist unplausibel niedrig (unter 20 dB).',
      next: [
        'Sendepegel und Kalibrierung des Modems prüfen: Amplitude Map, Einstellungen.',
        'Manche Autos halten einen zu niedrigen Wert für einen Defekt.',
      ],
    },
    'match-req-other-evse': {
      what: 'Das Auto sandte CM_SLAC_MATCH.REQ für eine andere Ladestation ({{otherEvse}}).',
      next: [
        'Es hört jene Ladestation besser: dort nach seinem Vorgang sehen.',
        'Steckt das Auto hier, sind Kabel oder Modems zweier Ladepunkte vielleicht vertauscht.',
      ],
    },
    'match-req-invalid': {
      what: 'CM_SLAC_MATCH.REQ des Autos ist nicht gültig ({{fault}}).',
      next: [
        'Die Prüfung steht vielleicht auf streng: nachsichtig duldet, was von Autos im Feld bekannt ist.',
        'Die Software des Autos weicht von der Norm ab: dem Hersteller melden.',
      ],
    },
    'validation-wanted': {
      what: 'Das Auto verlangte die Prüfung durch Pilotwechsel und ging nicht weiter.',
      next: [
        'Mehrere Ladestationen sehen für das Auto gleich aus: Dämpfung an den Nachbar-Ladepunkten vergleichen.',
        'Das Auto besteht vielleicht auf der Prüfung: Bietet die Ladestation sie an?',
      ],
    },
    'validation-stalled': {
      what: 'Das Auto begann eine Validierung über den Pilotkontakt und fuhr nicht fort.',
      next: [
        'Das Auto hat CM_VALIDATE.CNF vielleicht nicht gehört: Dämpfung von der Ladestation zum Auto prüfen.',
        'Neu einstecken.',
      ],
    },
    'validation-aborted': {
      what: 'Das Auto brach seine Validierung selbst ab.',
      next: [
        'Es hat seine Ladestation vielleicht anderswo gefunden: Nachbar-Ladepunkte ansehen.',
        'Mittlere Dämpfung mit der letzten guten dieses Ladepunkts vergleichen.',
      ],
    },
    'no-toggles': {
      what: 'Das Auto validierte, doch der Pilotkontakt dieses Ladepunkts wechselte nicht.',
      next: [
        'Das Auto steckt wohl an einem anderen Ladepunkt.',
        'Falls nicht: Liefert die Platine die Flanken des Pilotkontakts rechtzeitig?',
      ],
    },
    'no-match-after-validation': {
      what: 'Die Validierung endete, doch CM_SLAC_MATCH.REQ folgte nicht rechtzeitig.',
      next: [
        'Das Auto zählte vielleicht andere Wechsel als die Ladestation: Pilotkontakt auf Störungen prüfen.',
      ],
    },
    'no-amp-map-cnf': {
      what: 'Das Auto bestätigte die dreimal gesandte Amplituden-Tabelle nicht.',
      next: ['Keine Amplituden-Tabelle senden (ampMap.send), wenn das Auto keine annimmt.'],
    },
    'link-not-formed': {
      what: 'Das Auto hat den Schlüssel, aber in TT_match_join stand keine Verbindung.',
      next: [
        'Das Modem des Autos startet vielleicht beim Schlüssel neu: Versucht es das Auto noch einmal?',
        'Modem der Ladestation neu starten; seine Firmware prüfen.',
      ],
    },
    'link-key-refused': {
      what: 'Keine Verbindung: Das Modem der Ladestation lehnte den Schlüssel ab (Ergebnis {{result}}).',
      next: [
        'Modem neu starten: Manche lehnen einen Schlüssel direkt nach einem Vorgang ab.',
        'Firmware prüfen, und welches Ergebnis sie für Erfolg gibt.',
      ],
    },
    'link-key-unconfirmed': {
      what: 'Keine Verbindung: Das Modem der Ladestation bestätigte den Schlüssel nicht.',
      next: [
        'Das Modem hat noch einen alten Schlüssel: Strom und Schnittstelle prüfen, dann neu einstecken.',
        'Es startet vielleicht bei jedem Schlüssel neu: siehe Firmware.',
      ],
    },
    'match-cnf-not-taken': {
      what: 'Das Auto wiederholte CM_SLAC_MATCH.REQ ({{requests}} Mal): Es hört die Antwort mit dem Schlüssel nicht.',
      next: [
        'Richtung Ladestation zum Auto prüfen: Kopplung, Sendepegel, Amplitude Map.',
        'Die Software des Autos lehnt CM_SLAC_MATCH.CNF vielleicht ab.',
      ],
    },
    'unplugged-unasked': {
      what: 'Der Pilot verließ Zustand B, bevor das Auto etwas fragte.',
      next: ['Nichts zu prüfen, außer das Auto wurde nicht ausgesteckt: dann den Piloten ansehen.'],
    },
    unplugged: {
      what: 'Das Auto wurde während der Verbindung ausgesteckt.',
      next: ['Nichts zu prüfen; neu einstecken. Wurde es nicht ausgesteckt, den Piloten ansehen.'],
    },
    restarted: {
      what: 'Das Auto begann einen neuen Prozess, bevor dieser endete.',
      next: ['Nichts zu prüfen, wenn der neue Prozess gelingt.'],
    },
    displaced: {
      what: 'Ein anderes Auto wurde an diesem Ladepunkt verbunden.',
      next: [
        'Rahmen eines Nachbar-Ladepunkts kommen hier an: üblich, wo Kabel nebeneinander liegen.',
      ],
    },
    stopped: {
      what: 'Die Ladestation beendete die Verbindung selbst.',
      next: ['Grund im Ladevorgang nachsehen: eine Freigabe, ein Fehler, ein Befehl.'],
    },
  },
};
