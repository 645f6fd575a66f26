// libcurl, loaded when it is first used.
//
// libcurl brings in more than thirty libraries (TLS, Kerberos, LDAP …): 6 MB resident and 5 ms at every start, for a
// program that mostly waits. So it is not linked: each function here finds its namesake by dlsym(3). Two more reasons
// for wrappers: Swift cannot call variadic functions (`curl_easy_setopt`), and unions and macros with casts are not
// visible to it. Types and constants come from libcurl's own header.
#ifndef ROTA_CLIBCURL_H
#define ROTA_CLIBCURL_H

#include <curl/curl.h>
#include <stdbool.h>

/// Loads libcurl; false where it is not installed. Every other function needs it to have been true.
bool rota_curl_load(void);

/// Called with `count` bytes at `data` (`size` is always 1); returning anything but `count` ends the transfer.
typedef size_t (*rota_data_function)(char *data, size_t size, size_t count, void *client);
/// Called before each connection with the resolved address; returns a socket, or CURL_SOCKET_BAD to refuse.
typedef curl_socket_t (*rota_socket_function)(void *client, curlsocktype purpose, struct curl_sockaddr *address);

/// Must run once, before any other call, while no other thread is inside libcurl.
CURLcode rota_curl_global_init(void);

// MARK: Options of a transfer

/// libcurl copies `value`, except for CURLOPT_POSTFIELDS: use CURLOPT_COPYPOSTFIELDS through the pointer form.
CURLcode rota_easy_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode rota_easy_set_number(CURL *easy, CURLoption option, long value);
/// For the options whose names end in _LARGE.
CURLcode rota_easy_set_size(CURL *easy, CURLoption option, curl_off_t value);
CURLcode rota_easy_set_pointer(CURL *easy, CURLoption option, const void *value);
/// The list is not copied: it must live as long as the transfer.
CURLcode rota_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
CURLcode rota_easy_set_data_function(CURL *easy, CURLoption option, rota_data_function value);
CURLcode rota_easy_set_socket_function(CURL *easy, rota_socket_function value);

// MARK: Answers

/// What was stored with CURLOPT_PRIVATE.
void *rota_easy_private(CURL *easy);
/// `data` of a message is a union; for CURLMSG_DONE, the only kind there is, it holds the result.
static inline CURLcode rota_message_result(const CURLMsg *message) { return message->data.result; }

/// A number that libcurl knows of a transfer, or 0.
long rota_easy_number(CURL *easy, CURLINFO info);

// MARK: The rest, under libcurl's own names with `rota_` in front

CURL *rota_curl_easy_init(void);
void rota_curl_easy_cleanup(CURL *easy);
const char *rota_curl_easy_strerror(CURLcode code);
void rota_curl_free(void *memory);
time_t rota_curl_getdate(const char *text, const time_t *unused);
struct curl_slist *rota_curl_slist_append(struct curl_slist *list, const char *text);
void rota_curl_slist_free_all(struct curl_slist *list);

CURLM *rota_curl_multi_init(void);
CURLMcode rota_curl_multi_cleanup(CURLM *multi);
CURLMcode rota_curl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode rota_curl_multi_remove_handle(CURLM *multi, CURL *easy);
CURLMcode rota_curl_multi_perform(CURLM *multi, int *running);
CURLMcode rota_curl_multi_poll(CURLM *multi, struct curl_waitfd *extra, unsigned int count, int timeout, int *ready);
CURLMcode rota_curl_multi_wakeup(CURLM *multi);
CURLMsg *rota_curl_multi_info_read(CURLM *multi, int *left);

CURLU *rota_curl_url(void);
void rota_curl_url_cleanup(CURLU *url);
CURLUcode rota_curl_url_get(CURLU *url, CURLUPart part, char **value, unsigned int flags);
CURLUcode rota_curl_url_set(CURLU *url, CURLUPart part, const char *value, unsigned int flags);

#endif
