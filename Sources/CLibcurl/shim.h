// libcurl sets and asks everything through variadic functions, which Swift cannot call; each wrapper below has the
// one signature that its option takes. Constants that are macros with casts or unions are functions here too.
#ifndef ROTA_CLIBCURL_SHIM_H
#define ROTA_CLIBCURL_SHIM_H

// The macros that check argument types see only constants, which a wrapper does not have.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/// Called with `count` bytes at `data` (`size` is always 1); returning anything but `count` ends the transfer.
typedef size_t (*rota_data_function)(char *data, size_t size, size_t count, void *client);
/// Called before each connection with the resolved address; returns a socket, or CURL_SOCKET_BAD to refuse.
typedef curl_socket_t (*rota_socket_function)(void *client, curlsocktype purpose, struct curl_sockaddr *address);

/// Must run once, before any other call, while no other thread is inside libcurl.
static inline CURLcode rota_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

// MARK: Options of a transfer

/// libcurl copies `value`, except for CURLOPT_POSTFIELDS: use CURLOPT_COPYPOSTFIELDS through the pointer form.
static inline CURLcode rota_easy_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode rota_easy_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

/// For the options whose names end in _LARGE.
static inline CURLcode rota_easy_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode rota_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

/// The list is not copied: it must live as long as the transfer.
static inline CURLcode rota_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode rota_easy_set_data_function(CURL *easy, CURLoption option, rota_data_function value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode rota_easy_set_socket_function(CURL *easy, rota_socket_function value) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

// MARK: Answers

/// What was stored with CURLOPT_PRIVATE.
static inline void *rota_easy_private(CURL *easy) {
    char *value = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value);
    return value;
}

/// `data` of a message is a union; for CURLMSG_DONE, the only kind there is, it holds the result.
static inline CURLcode rota_message_result(const CURLMsg *message) { return message->data.result; }

#endif
