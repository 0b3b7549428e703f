// CTransfer: HTTPS through libcurl. Swift cannot call curl_easy_setopt and curl_easy_getinfo (they are variadic) and
// cannot pass its closures as the callbacks they want; each function here exists for one of these two reasons. No
// function keeps a pointer it was given after it returns. Nothing is printed, nothing is read from curl's own files.

#ifndef CTRANSFER_H
#define CTRANSFER_H

#include <stddef.h>
#include <stdint.h>

// How a request ended. The order is the contract with Swift; append only.
enum zf_outcome {
  ZF_ANSWERED = 0,
  ZF_NO_NETWORK,        // no route from here
  ZF_NO_SUCH_NAME,      // the host's name was not found
  ZF_REFUSED,           // the host is there, nobody listens
  ZF_NO_ANSWER,         // nothing came back while connecting
  ZF_TIMED_OUT,         // connected, then too slow
  ZF_WRONG_CERTIFICATE, // not signed by the given CA, or for another host
  ZF_CERTIFICATE_TIME,  // expired or not valid yet by this machine's clock
  ZF_NOT_TLS,           // what answered does not speak TLS 1.3
  ZF_BROKEN_OFF,        // the connection ended in the middle
  ZF_TOO_LARGE,         // the answer is longer than allowed
  ZF_BAD_ADDRESS,
  ZF_UNSUPPORTED,       // this libcurl cannot pin a CA from memory (it needs 7.77 with OpenSSL)
  ZF_OUT_OF_MEMORY
};

// One client: a connection that is kept open between requests.
typedef struct zf_client zf_client;

// Opens a client; NULL without memory. (curl_easy_init and the callbacks' state.)
zf_client *zf_client_open(void);
void zf_client_close(zf_client *client);

// Sends one request and waits for its end. (Only variadic calls can set it up.)
//   headers      lines "Name: value" with '\n' between them
//   body         NULL for a request without one
//   ca, ca_size  the only CA that is trusted, PEM; with NULL NOTHING is verified: for fetching the CA itself, whose
//                fingerprint is compared before anything else is believed
//   proxy        `http://host:port`, or "" for a direct connection. The environment's http_proxy and its like are never
//                looked at; through a proxy the connection is TLS to the county all the same (CONNECT)
//   body_max     an answer longer than this ends the request
// HTTPS and TLS 1.3 only; redirects are answers, they are not followed.
enum zf_outcome zf_client_send(zf_client *client, const char *method, const char *url, const char *headers,
                               const uint8_t *body, size_t body_size, const uint8_t *ca, size_t ca_size,
                               const char *proxy, size_t body_max, long connect_milliseconds, long total_milliseconds);

// The last answer. The bytes live until the next request or the client's end.
long zf_client_status(const zf_client *client);
const uint8_t *zf_client_body(const zf_client *client, size_t *size);
const uint8_t *zf_client_head(const zf_client *client, size_t *size);

#endif
