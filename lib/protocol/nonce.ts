/**
 * What the server tells the pages that it has Next render: the nonce without which a browser runs no inline script of
 * the answer. It is another one for each request.
 */
export const nonceHeader = 'x-colatent-nonce';
