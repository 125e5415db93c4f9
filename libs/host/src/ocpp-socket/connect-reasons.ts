const byCode: Readonly<Record<string, (place: string) => string>> = {
  ECONNREFUSED: (place) => `nothing listens at ${place} (connection refused)`,
  ENOTFOUND: (place) => `the name of ${place} is not known`,
  EAI_AGAIN: (place) => `the name of ${place} can't be looked up now`,
  ETIMEDOUT: (place) => `${place} does not answer`,
  EHOSTUNREACH: (place) => `there is no way to ${place}`,
  ENETUNREACH: (place) => `there is no way to ${place}`,
  ECONNRESET: (place) => `${place} broke the connection off`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (place) => `${place} shows a certificate that it signed itself`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (place) => `the certificate of ${place} is not trusted`,
  SELF_SIGNED_CERT_IN_CHAIN: (place) => `the certificate of ${place} is not trusted`,
  CERT_HAS_EXPIRED: (place) => `the certificate of ${place} has expired`,
  ERR_TLS_CERT_ALTNAME_INVALID: (place) => `the certificate of ${place} is for another name`,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: (place) => `${place} sent a message that is too long`,
};

/** Why a connection could not be made or broke, for people. */
export function explainConnectError(error: Error, url: URL): string {
  const place = url.host;
  // Happy eyeballs: one error per address that was tried.
  const nested = (error as { errors?: readonly { code?: string }[] }).errors?.[0]?.code;
  const code = (error as { code?: string }).code ?? nested;
  const known = code === undefined ? undefined : byCode[code];
  if (known) return known(place);
  if (/subprotocol/i.test(error.message))
    return `${place} does not speak ocpp1.6 (${error.message.toLowerCase()})`;
  return `${place}: ${error.message || String(code)}`;
}

/** Why a CSMS answered the upgrade with a status of HTTP. */
export function explainStatus(status: number, message: string, url: URL): string {
  const said = `${status} ${message}`.trim();
  if (status === 401) return `the CSMS wants other credentials (${said})`;
  if (status === 403) return `the CSMS does not let this station in (${said})`;
  if (status === 404) return `the CSMS does not know ${url.pathname} (${said})`;
  if (status >= 300 && status < 400)
    return `the CSMS sends us elsewhere, which is not followed (${said})`;
  return `the CSMS refused the WebSocket (${said})`;
}
