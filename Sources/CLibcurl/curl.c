// The macros that check argument types see only constants, which a wrapper does not have.
#define CURL_DISABLE_TYPECHECK
#include "CLibcurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void *library;

static void load(void) {
    library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
}

bool rota_curl_load(void) {
    pthread_once(&once, load);
    return library != NULL;
}

/// The function of this name. Ending the program is all that is left where an installed libcurl lacks one of them.
static void *function(const char *name) {
    void *found = rota_curl_load() ? dlsym(library, name) : NULL;
    if (found == NULL) {
        fprintf(stderr, "rota: libcurl.so.4 with %s is needed; install the package libcurl4\n", name);
        abort();
    }
    return found;
}

/// Calls the function of this name, of the type that libcurl's header gives it.
#define CALL(name, ...) return ((__typeof__(&name))function(#name))(__VA_ARGS__)

CURLcode rota_curl_global_init(void) { CALL(curl_global_init, CURL_GLOBAL_DEFAULT); }

CURLcode rota_easy_set_text(CURL *easy, CURLoption option, const char *value) {
    CALL(curl_easy_setopt, easy, option, value);
}
CURLcode rota_easy_set_number(CURL *easy, CURLoption option, long value) {
    CALL(curl_easy_setopt, easy, option, value);
}
CURLcode rota_easy_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    CALL(curl_easy_setopt, easy, option, value);
}
CURLcode rota_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    CALL(curl_easy_setopt, easy, option, value);
}
CURLcode rota_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    CALL(curl_easy_setopt, easy, option, value);
}
CURLcode rota_easy_set_data_function(CURL *easy, CURLoption option, rota_data_function value) {
    CALL(curl_easy_setopt, easy, option, value);
}
CURLcode rota_easy_set_socket_function(CURL *easy, rota_socket_function value) {
    CALL(curl_easy_setopt, easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

static CURLcode information(CURL *easy, CURLINFO info, char **value) { CALL(curl_easy_getinfo, easy, info, value); }

void *rota_easy_private(CURL *easy) {
    char *value = NULL;
    information(easy, CURLINFO_PRIVATE, &value);
    return value;
}

static CURLcode number(CURL *easy, CURLINFO info, long *value) { CALL(curl_easy_getinfo, easy, info, value); }

long rota_easy_number(CURL *easy, CURLINFO info) {
    long value = 0;
    number(easy, info, &value);
    return value;
}

CURL *rota_curl_easy_init(void) { CALL(curl_easy_init); }
void rota_curl_easy_cleanup(CURL *easy) { CALL(curl_easy_cleanup, easy); }
const char *rota_curl_easy_strerror(CURLcode code) { CALL(curl_easy_strerror, code); }
void rota_curl_free(void *memory) { CALL(curl_free, memory); }
time_t rota_curl_getdate(const char *text, const time_t *unused) { CALL(curl_getdate, text, unused); }
struct curl_slist *rota_curl_slist_append(struct curl_slist *list, const char *text) {
    CALL(curl_slist_append, list, text);
}
void rota_curl_slist_free_all(struct curl_slist *list) { CALL(curl_slist_free_all, list); }

CURLM *rota_curl_multi_init(void) { CALL(curl_multi_init); }
CURLMcode rota_curl_multi_cleanup(CURLM *multi) { CALL(curl_multi_cleanup, multi); }
CURLMcode rota_curl_multi_add_handle(CURLM *multi, CURL *easy) { CALL(curl_multi_add_handle, multi, easy); }
CURLMcode rota_curl_multi_remove_handle(CURLM *multi, CURL *easy) { CALL(curl_multi_remove_handle, multi, easy); }
CURLMcode rota_curl_multi_perform(CURLM *multi, int *running) { CALL(curl_multi_perform, multi, running); }
CURLMcode rota_curl_multi_poll(CURLM *multi, struct curl_waitfd *extra, unsigned int count, int timeout, int *ready) {
    CALL(curl_multi_poll, multi, extra, count, timeout, ready);
}
CURLMcode rota_curl_multi_wakeup(CURLM *multi) { CALL(curl_multi_wakeup, multi); }
CURLMsg *rota_curl_multi_info_read(CURLM *multi, int *left) { CALL(curl_multi_info_read, multi, left); }

CURLU *rota_curl_url(void) { CALL(curl_url); }
void rota_curl_url_cleanup(CURLU *url) { CALL(curl_url_cleanup, url); }
CURLUcode rota_curl_url_get(CURLU *url, CURLUPart part, char **value, unsigned int flags) {
    CALL(curl_url_get, url, part, value, flags);
}
CURLUcode rota_curl_url_set(CURLU *url, CURLUPart part, const char *value, unsigned int flags) {
    CALL(curl_url_set, url, part, value, flags);
}
