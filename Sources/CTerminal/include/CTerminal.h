// CTerminal: the thin C side of Terminal. Swift never sees curses.h: its globals (stdscr, LINES) are shared mutable
// state to Swift 6, its macros and variadic functions do not import, and it needs feature macros that a module map
// cannot carry. So curses is used in this module's .c files alone, and this header is plain integers and structs.
// One terminal a process, used from one thread; only ct_wake, ct_width, ct_encodable and ct_locale are for any thread.
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

enum { CT_ROWS_MAX = 300, CT_COLUMNS_MAX = 500, CT_PASTE_MAX = 4096, CT_WATCHED_MAX = 8 };

// What ct_open answers.
enum { CT_OPENED = 0, CT_NO_TTY, CT_BAD_CODESET, CT_NO_TERMINFO, CT_CANNOT_SERVE, CT_ALREADY_OPEN, CT_SYSTEM };

// What ct_wait answers; `value` is the scalar, key code, length, signal or descriptor.
enum {
  CT_EVENT_TIMEOUT = 0, CT_EVENT_CHARACTER, CT_EVENT_KEY, CT_EVENT_PASTE, CT_EVENT_RESIZED, CT_EVENT_WAKE,
  CT_EVENT_RESUMED, CT_EVENT_HANGUP, CT_EVENT_READABLE
};

enum {
  CT_KEY_UNKNOWN = 0, CT_KEY_ENTER, CT_KEY_TAB, CT_KEY_BACK_TAB, CT_KEY_BACKSPACE, CT_KEY_DELETE, CT_KEY_INSERT,
  CT_KEY_ESCAPE, CT_KEY_UP, CT_KEY_DOWN, CT_KEY_LEFT, CT_KEY_RIGHT, CT_KEY_HOME, CT_KEY_END, CT_KEY_PAGE_UP,
  CT_KEY_PAGE_DOWN,
  CT_KEY_F1 = 100,         // … 111: F12
  CT_KEY_CONTROL_A = 200   // … 225: Ctrl-Z
};

typedef struct {
  int32_t kind;
  uint32_t value;
} ct_event;

// How one style is drawn; the index in the array given to ct_open is the style's number in ct_row.
typedef struct {
  uint8_t bold, underline, reverse, dim;
  int8_t colour;  // 0 … 7, or -1 for the terminal's own
} ct_style;

// Chooses the locale once: the user's LC_CTYPE, or C.UTF-8 where that is C, POSIX or not installed. Copies the codeset
// and answers 0 where it can serve (UTF-8, GB18030, GBK, GB2312), else -1. C, because nl_langinfo's CODESET and the
// "once" must be one step before anything asks for a width.
int ct_locale(char *_Nullable codeset, int size);

// Columns of a scalar in the locale: 0, 1, 2; -1 unknown or not encodable. C, because Glibc's Swift module has no
// wcwidth.
int ct_width(uint32_t scalar);

// Whether the locale's codeset can write this scalar. C, because wcrtomb wants an mbstate_t zeroed by memset.
int ct_encodable(uint32_t scalar);

// Opens the terminal. C, because newterm, set_escdelay, define_key, start_color and terminfo strings are curses.
int ct_open(const ct_style *_Nullable styles, int count);

// Gives the screen back; harmless when not open. C, because endwin is curses.
void ct_close(void);

// errno of the last CT_SYSTEM. C, because errno is a macro and must be read before anything else runs.
int ct_errno(void);

// The value of TERM that was tried. C, because it is kept beside the terminal it failed for.
const char *_Nullable ct_term(void);

// The screen's size. C, because LINES and COLS are globals that resize_term changes.
void ct_size(int *rows, int *columns);

// 1 where colours are in use. C, because has_colors is curses.
int ct_has_colour(void);

// Draws a row from a column on: `count` scalars with a style each (a combining mark follows its base); with none, blanks.
// The column must not lie within a wide character that stands there, nor the end of what is drawn. The only way to draw.
// C, because it is waddnwstr with attributes, and cchar_t does not import.
void ct_row(int row, int column, const uint32_t *_Nullable scalars, const uint8_t *_Nullable styles, int count);

// Sends what changed and puts the cursor there; a negative row hides it. C, because move and doupdate are macros.
void ct_show(int cursor_row, int cursor_column);

// Everything is sent anew at once. C, because clearok(curscr) names a curses global.
void ct_redraw(void);

// C, because beep asks terminfo.
void ct_beep(void);

// Waits for one event. C, because the byte-wise getch, mbrtowc with a kept state, and the flags that signal handlers
// set must be one loop round one poll.
void ct_wait(int timeout_ms, const int *_Nullable watched, int count, ct_event *event);

// The bytes (UTF-8) of the paste just reported; valid until the next ct_wait.
const void *_Nullable ct_pasted(void);

// Ends the wait. C, because it must be async-signal-safe: one atomic store and one write.
void ct_wake(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
