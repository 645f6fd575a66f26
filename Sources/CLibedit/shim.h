// libedit sets everything through variadic functions, which Swift cannot call; each wrapper below has the one
// signature that its operation takes. Only the wide API is used: libedit's narrow one reads single bytes as
// characters.
#ifndef ROTA_CLIBEDIT_SHIM_H
#define ROTA_CLIBEDIT_SHIM_H

#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/// Returns 1 + the number of characters read on success as libedit wants it: 1 with `*out` set, 0 at the end, -1 on
/// an error.
typedef int (*rota_read_function)(EditLine *, wchar_t *out);
typedef wchar_t *(*rota_prompt_function)(EditLine *);
/// A key's function; returns one of the CC_ constants.
typedef unsigned char (*rota_key_function)(EditLine *, int key);

/// Visible only with _XOPEN_SOURCE, which must not be set for a whole module.
extern int wcwidth(wchar_t character);

// MARK: Editor

/// `stdin`, `stdout` and `stderr` are variables, which Swift 6 takes for shared mutable state.
static inline EditLine *rota_editor_make(const char *program) { return el_init(program, stdin, stdout, stderr); }

static inline int rota_editor_set_client(EditLine *editor, void *client) {
    return el_wset(editor, EL_CLIENTDATA, client);
}

static inline void *rota_editor_client(EditLine *editor) {
    void *client = NULL;
    el_wget(editor, EL_CLIENTDATA, &client);
    return client;
}

static inline int rota_editor_set_reader(EditLine *editor, rota_read_function function) {
    return el_wset(editor, EL_GETCFN, function);
}

/// `toggle` stands before and after each escape sequence in the prompt; an escape may not come last.
static inline int rota_editor_set_prompt(EditLine *editor, rota_prompt_function function, wchar_t toggle) {
    return el_wset(editor, EL_PROMPT_ESC, function, toggle);
}

/// `name` must outlive the editor: libedit keeps the pointer.
static inline int rota_editor_add_function(EditLine *editor, const wchar_t *name, rota_key_function function) {
    return el_wset(editor, EL_ADDFN, name, L"rota", function);
}

static inline int rota_editor_bind(EditLine *editor, const wchar_t *key, const wchar_t *name) {
    return el_wset(editor, EL_BIND, key, name, NULL);
}

static inline int rota_editor_use_emacs_keys(EditLine *editor) { return el_wset(editor, EL_EDITOR, L"emacs"); }

/// While a line is edited, Ctrl-C, Ctrl-Z and Ctrl-\ are keys and not signals; libedit's own handlers stay out.
static inline int rota_editor_take_signals_as_keys(EditLine *editor) {
    if (el_wset(editor, EL_SIGNAL, 0) != 0) return -1;
    return el_wset(editor, EL_SETTY, L"-d", L"-isig", NULL);
}

/// While no line is edited the terminal shows nothing of what is typed: it comes up at the next prompt.
static inline int rota_editor_hide_keys_between_lines(EditLine *editor) {
    return el_wset(editor, EL_SETTY, L"-x", L"-echo", NULL);
}

/// Forgets what is on the screen and draws prompt and line from where the cursor stands.
static inline int rota_editor_redraw(EditLine *editor) { return el_wset(editor, EL_REFRESH); }

/// 1 puts the terminal into editing mode, 0 gives it back as it was.
static inline int rota_editor_prepare_terminal(EditLine *editor, int on) { return el_wset(editor, EL_PREP_TERM, on); }

// MARK: History

static inline int rota_editor_set_history(EditLine *editor, HistoryW *history) {
    return el_wset(editor, EL_HIST, history_w, history);
}

static inline int rota_history_set_size(HistoryW *history, int size) {
    HistEventW event;
    return history_w(history, &event, H_SETSIZE, size);
}

/// The entry is copied.
static inline int rota_history_enter(HistoryW *history, const wchar_t *entry) {
    HistEventW event;
    return history_w(history, &event, H_ENTER, entry);
}

// MARK: Terminal

/// Makes the C library read and write UTF-8, whatever the environment says: in the C locale libedit silently drops
/// every other character. Returns 0 when no UTF-8 locale is there.
static inline int rota_use_utf8(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

/// Columns and rows of the terminal on standard output; leaves both as they are when it does not say.
static inline void rota_terminal_size(int *columns, int *rows) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return;
    if (size.ws_col > 0) *columns = size.ws_col;
    if (size.ws_row > 0) *rows = size.ws_row;
}

/// Writes through the buffer that libedit writes to, so that the order stays, and empties it.
static inline void rota_terminal_write(const char *bytes, size_t count) {
    fwrite(bytes, 1, count, stdout);
    fflush(stdout);
}

/// Calls `handler` for `number` and keeps what was there in `*old`; system calls that it interrupts go on. A program that
/// is started gets the default handling back, which it would not with SIG_IGN.
static inline int rota_signal_install(int number, void (*handler)(int), struct sigaction *old) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return sigaction(number, &action, old);
}

static inline int rota_signal_restore(int number, const struct sigaction *old) { return sigaction(number, old, NULL); }

#endif
