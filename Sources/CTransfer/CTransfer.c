#include "CTransfer.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

// libcurl is opened at the first request and not when the program starts: it brings some thirty libraries (TLS, LDAP,
// Kerberos…) that a typing program never needs. docs/benchmarks.md has the start time and the memory with and without.
static struct {
  __typeof__(curl_easy_init) *init;
  __typeof__(curl_easy_cleanup) *cleanup;
  __typeof__(curl_easy_reset) *reset;
  __typeof__(curl_easy_perform) *perform;
  __typeof__(curl_easy_getinfo) *getinfo;
  __typeof__(curl_easy_setopt) *setopt;
  __typeof__(curl_slist_append) *slist_append;
  __typeof__(curl_slist_free_all) *slist_free_all;
} api;

// Not thread-safe: one thread of one process transfers.
static int load(void) {
  if (api.init) return 1;
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return 0;
  *(void **)&api.cleanup = dlsym(library, "curl_easy_cleanup");
  *(void **)&api.reset = dlsym(library, "curl_easy_reset");
  *(void **)&api.perform = dlsym(library, "curl_easy_perform");
  *(void **)&api.getinfo = dlsym(library, "curl_easy_getinfo");
  *(void **)&api.setopt = dlsym(library, "curl_easy_setopt");
  *(void **)&api.slist_append = dlsym(library, "curl_slist_append");
  *(void **)&api.slist_free_all = dlsym(library, "curl_slist_free_all");
  if (!api.cleanup || !api.reset || !api.perform || !api.getinfo || !api.setopt || !api.slist_append ||
      !api.slist_free_all)
    return 0;
  *(void **)&api.init = dlsym(library, "curl_easy_init");
  return api.init != NULL;
}

#undef curl_easy_setopt
#undef curl_easy_getinfo
#define curl_easy_init api.init
#define curl_easy_cleanup api.cleanup
#define curl_easy_reset api.reset
#define curl_easy_perform api.perform
#define curl_easy_getinfo api.getinfo
#define curl_easy_setopt api.setopt
#define curl_slist_append api.slist_append
#define curl_slist_free_all api.slist_free_all

struct bytes {
  uint8_t *start;
  size_t size, room, max;
  int overflow;
};

struct zf_client {
  CURL *curl;
  struct bytes body, head;
  long status;
};

static const size_t head_max = 64 * 1024;

// Appends; refuses (and remembers) what goes beyond the limit.
static size_t take(struct bytes *into, const char *from, size_t count) {
  if (count > into->max - into->size) {
    into->overflow = 1;
    return 0;
  }
  if (into->size + count > into->room) {
    size_t room = into->room ? into->room : 4096;
    while (room < into->size + count) room *= 2;
    uint8_t *grown = realloc(into->start, room);
    if (!grown) return 0;
    into->start = grown;
    into->room = room;
  }
  memcpy(into->start + into->size, from, count);
  into->size += count;
  return count;
}

static size_t on_body(char *from, size_t size, size_t count, void *client) {
  return take(&((zf_client *)client)->body, from, size * count);
}

static size_t on_head(char *from, size_t size, size_t count, void *client) {
  zf_client *self = client;
  // A new status line begins a new head (an interim 100 comes before the answer).
  if (count * size >= 5 && memcmp(from, "HTTP/", 5) == 0) self->head.size = 0;
  return take(&self->head, from, size * count);
}

zf_client *zf_client_open(void) {
  if (!load()) return NULL;
  zf_client *client = calloc(1, sizeof *client);
  if (!client) return NULL;
  client->curl = curl_easy_init();
  if (!client->curl) {
    free(client);
    return NULL;
  }
  return client;
}

void zf_client_close(zf_client *client) {
  if (!client) return;
  curl_easy_cleanup(client->curl);
  free(client->body.start);
  free(client->head.start);
  free(client);
}

static struct curl_slist *header_list(const char *headers, int *failed) {
  struct curl_slist *list = NULL;
  *failed = 0;
  while (*headers) {
    size_t length = strcspn(headers, "\n");
    char *line = strndup(headers, length);
    struct curl_slist *longer = line ? curl_slist_append(list, line) : NULL;
    free(line);
    if (!longer) {
      *failed = 1;
      return list;
    }
    list = longer;
    headers += length;
    if (*headers) headers++;
  }
  return list;
}

static enum zf_outcome why_not_connected(CURL *curl) {
  long number = 0;
  curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &number);
  switch (number) {
    case ENETUNREACH: case ENETDOWN: case EHOSTUNREACH: case EADDRNOTAVAIL: return ZF_NO_NETWORK;
    default: return ZF_REFUSED;
  }
}

static enum zf_outcome why_not_trusted(CURL *curl) {
  long result = 0;
  curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &result);
  // X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL.
  return result == 9 || result == 10 ? ZF_CERTIFICATE_TIME : ZF_WRONG_CERTIFICATE;
}

static enum zf_outcome why_timed_out(CURL *curl) {
  curl_off_t secured = 0;
  long fresh = 0;
  curl_easy_getinfo(curl, CURLINFO_APPCONNECT_TIME_T, &secured);
  curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &fresh);
  return fresh > 0 && secured == 0 ? ZF_NO_ANSWER : ZF_TIMED_OUT;
}

static enum zf_outcome outcome(zf_client *client, CURLcode code) {
  switch (code) {
    case CURLE_OK: return ZF_ANSWERED;
    case CURLE_UNSUPPORTED_PROTOCOL: case CURLE_URL_MALFORMAT: return ZF_BAD_ADDRESS;
    case CURLE_COULDNT_RESOLVE_HOST: case CURLE_COULDNT_RESOLVE_PROXY: return ZF_NO_SUCH_NAME;
    case CURLE_COULDNT_CONNECT: return why_not_connected(client->curl);
    case CURLE_OPERATION_TIMEDOUT: return why_timed_out(client->curl);
    case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_ISSUER_ERROR: return why_not_trusted(client->curl);
    case CURLE_SSL_CONNECT_ERROR: return ZF_NOT_TLS;
    case CURLE_FILESIZE_EXCEEDED: return ZF_TOO_LARGE;
    case CURLE_WRITE_ERROR:
      return client->body.overflow || client->head.overflow ? ZF_TOO_LARGE : ZF_OUT_OF_MEMORY;
    case CURLE_OUT_OF_MEMORY: return ZF_OUT_OF_MEMORY;
    case CURLE_NOT_BUILT_IN: case CURLE_UNKNOWN_OPTION: case CURLE_SSL_CACERT_BADFILE: return ZF_UNSUPPORTED;
    default: return ZF_BROKEN_OFF;
  }
}

// Only the given CA, or nothing at all.
static CURLcode trust(CURL *curl, const uint8_t *ca, size_t ca_size) {
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, ca ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, ca ? 2L : 0L);
  curl_easy_setopt(curl, CURLOPT_CAINFO, NULL);
  curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_3);
  if (!ca) return CURLE_OK;
  struct curl_blob blob = {(void *)ca, ca_size, CURL_BLOB_COPY};
  return curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &blob);
}

enum zf_outcome zf_client_send(zf_client *client, const char *method, const char *url, const char *headers,
                               const uint8_t *body, size_t body_size, const uint8_t *ca, size_t ca_size,
                               const char *proxy, size_t body_max, long connect_milliseconds, long total_milliseconds) {
  CURL *curl = client->curl;
  client->status = 0;
  client->body.size = client->head.size = 0;
  client->body.overflow = client->head.overflow = 0;
  client->body.max = body_max;
  client->head.max = head_max;
  int failed = 0;
  struct curl_slist *list = header_list(headers, &failed);
  if (failed) {
    curl_slist_free_all(list);
    return ZF_OUT_OF_MEMORY;
  }
  // Resets every option and keeps the connection.
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_URL, url);
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
#else
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)CURLPROTO_HTTPS);
#endif
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  // Both are set so that curl looks at no variable of the environment.
  curl_easy_setopt(curl, CURLOPT_PROXY, proxy);
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "");
  // What a proxy answers to CONNECT is not the county's head.
  curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, total_milliseconds);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, client);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_head);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, client);
  if (body) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body_size);
  }
  CURLcode code = trust(curl, ca, ca_size);
  if (code == CURLE_OK) code = curl_easy_perform(curl);
  if (code == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &client->status);
  enum zf_outcome result = outcome(client, code);
  // The caller's memory must not be reachable after this returns.
  curl_easy_reset(curl);
  curl_slist_free_all(list);
  return result;
}

long zf_client_status(const zf_client *client) { return client->status; }

const uint8_t *zf_client_body(const zf_client *client, size_t *size) {
  *size = client->body.size;
  return client->body.start;
}

const uint8_t *zf_client_head(const zf_client *client, size_t *size) {
  *size = client->head.size;
  return client->head.start;
}
