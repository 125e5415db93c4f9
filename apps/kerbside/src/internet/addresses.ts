/** The bench's internet: documentation addresses, which are nobody's. RFC 5737, RFC 3849 */
export const INTERNET = {
  name: 'www.example',
  web: { v4: '203.0.113.80', v6: '2001:db8::80' },
  resolver: { v4: '203.0.113.53', v6: '2001:db8::53' },
  /** A private network behind the uplink, which no car may reach. */
  private: { v4: '10.99.99.99', v6: 'fd99::99' },
  /** Port 443 is TLS. */
  ports: [80, 443, 22, 8080],
} as const;
