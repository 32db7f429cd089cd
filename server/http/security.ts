/** @param isDevelopment development tools need looser rules for scripts. */
export function securityHeaders(isDevelopment: boolean): Record<string, string> {
  const policy = [
    "default-src 'self'",
    // Next puts its data into inline scripts; nothing that a person wrote is ever rendered as HTML.
    `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    // A playground's address is its key: no other site hears of it. With "no-referrer" a browser would
    // hide from this server, too, which of its pages a form comes from.
    'referrer-policy': 'same-origin',
  };
}
