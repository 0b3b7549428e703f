// The screen: opening and closing curses, drawing rows, following the size.

#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>
#undef columns   // term.h makes a macro of this word

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

enum { STYLES_MAX = 32 };

static SCREEN *screen;
static struct termios cooked;
static bool is_open, has_colour, is_cursor_shown;
static int cursor_row, cursor_column, known_rows, known_columns, failure;
static char term_name[64];
static attr_t attributes[STYLES_MAX];
static short pairs[STYLES_MAX];
static char restore[256];
static size_t restore_length;

int ct_errno(void) { return failure; }
const char *ct_term(void) { return term_name; }
int ct_has_colour(void) { return has_colour; }

static void write_all(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t n = write(CT_OUT, bytes, length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    bytes += n;
    length -= (size_t)n;
  }
}

// Adds a terminfo string to what a fatal signal writes, without its padding marks $<…>.
static void add_restore(const char *capability) {
  if (capability == NULL || capability == (const char *)-1) return;
  for (const char *c = capability; *c != 0 && restore_length < sizeof restore; c++) {
    if (c[0] == '$' && c[1] == '<') {
      while (*c != 0 && *c != '>') c++;
      if (*c == 0) return;
      continue;
    }
    restore[restore_length++] = *c;
  }
}

// newterm returns NULL for an unknown TERM where initscr would end the process. A terminal we have no description of
// is most often an xterm under a new name, so that is tried first.
static int open_screen(void) {
  const char *wanted = getenv("TERM");
  snprintf(term_name, sizeof term_name, "%s", wanted != NULL ? wanted : "");
  const char *const names[] = {term_name, "xterm-256color", "linux", "vt100"};
  for (size_t i = 0; i < sizeof names / sizeof *names && screen == NULL; i++) {
    if (names[i][0] != 0) screen = newterm(names[i], stdout, stdin);
  }
  if (screen == NULL) return CT_NO_TERMINFO;
  if (cursor_address != NULL) return CT_OPENED;
  endwin();
  delscreen(screen);
  screen = NULL;
  return CT_CANNOT_SERVE;
}

static void open_styles(const ct_style *styles, int count) {
  const char *refused = getenv("NO_COLOR");
  has_colour = (refused == NULL || refused[0] == 0) && has_colors() && start_color() == OK
      && use_default_colors() == OK;
  for (int i = 0; i < count && i < STYLES_MAX; i++) {
    attributes[i] = A_NORMAL | (styles[i].bold ? A_BOLD : 0) | (styles[i].underline ? A_UNDERLINE : 0)
        | (styles[i].reverse ? A_REVERSE : 0) | (styles[i].dim ? A_DIM : 0);
    pairs[i] = 0;
    if (has_colour && styles[i].colour >= 0 && init_pair((short)(i + 1), styles[i].colour, -1) == OK) {
      pairs[i] = (short)(i + 1);
    }
  }
}

static void at_exit(void) { ct_close(); }

int ct_open(const ct_style *styles, int count) {
  if (is_open) return CT_ALREADY_OPEN;
  if (!isatty(CT_IN) || !isatty(CT_OUT)) return CT_NO_TTY;
  if (ct_locale(NULL, 0) != 0) return CT_BAD_CODESET;
  if (tcgetattr(CT_IN, &cooked) != 0 || !ct_signals_remember()) {
    failure = errno;
    return CT_SYSTEM;
  }
  int verdict = open_screen();
  if (verdict != CT_OPENED) {
    ct_signals_remove();
    return verdict;
  }
  // Never trust these two: REP is missing in older PuTTY that calls itself xterm, and resetting the palette
  // (orig_colors) would undo the user's own; we never change it.
  repeat_char = NULL;
  orig_colors = NULL;
  typeahead(-1);            // an update is never broken off because keys are waiting
  scrollok(stdscr, FALSE);
  idcok(stdscr, FALSE);     // whole rows: no terminal has to shift wide characters right
  open_styles(styles, count);
  if (!ct_input_open()) {
    ct_close();
    return CT_SYSTEM;
  }
  restore_length = 0;
  add_restore(paste_off);
  add_restore(exit_attribute_mode);
  add_restore(keypad_local);
  add_restore(cursor_normal);
  add_restore(exit_ca_mode);
  ct_signals_install(restore, restore_length, &cooked);
  write_all(paste_on, sizeof paste_on - 1);
  is_open = is_cursor_shown = true;
  cursor_row = cursor_column = 0;
  known_rows = LINES;
  known_columns = COLS;
  ct_screen_follow_size();
  static bool is_registered;
  if (!is_registered) is_registered = atexit(at_exit) == 0;
  return CT_OPENED;
}

void ct_close(void) {
  if (screen == NULL) return;
  ct_signals_restored();
  write_all(paste_off, sizeof paste_off - 1);
  endwin();
  ct_signals_remove();
  delscreen(screen);
  screen = NULL;
  is_open = false;
}

void ct_screen_leave(void) {
  ct_signals_restored();
  write_all(paste_off, sizeof paste_off - 1);
  endwin();
}

void ct_screen_enter(void) {
  ct_signals_taken();
  write_all(paste_on, sizeof paste_on - 1);
  ct_redraw();   // after endwin a refresh re-enters raw modes, keypad and the alternate screen by itself
}

void ct_size(int *rows, int *columns) {
  *rows = is_open ? LINES : 0;
  *columns = is_open ? COLS : 0;
}

bool ct_screen_follow_size(void) {
  struct winsize size;
  if (ioctl(CT_OUT, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  int rows = size.ws_row < CT_ROWS_MAX ? size.ws_row : CT_ROWS_MAX;
  int columns = size.ws_col < CT_COLUMNS_MAX ? size.ws_col : CT_COLUMNS_MAX;
  // Our own numbers and not LINES and COLS: resuming after endwin, curses may have followed already, unseen.
  if (rows == known_rows && columns == known_columns) return false;
  known_rows = rows;
  known_columns = columns;
  // resize_term and not resizeterm: that one would also push a KEY_RESIZE among the typed keys.
  resize_term(rows, columns);
  werase(stdscr);
  clearok(curscr, TRUE);
  if (cursor_row >= rows) cursor_row = rows - 1;
  if (cursor_column >= columns) cursor_column = columns - 1;
  return true;
}

void ct_row(int row, int column, const uint32_t *scalars, const uint8_t *styles, int count) {
  if (!is_open || row < 0 || row >= LINES || column < 0 || column >= COLS) return;
  move(row, column);
  int start = 0;
  while (start < count) {
    int end = start + 1;
    while (end < count && styles[end] == styles[start]) end++;
    int style = styles[start] < STYLES_MAX ? styles[start] : 0;
    attr_set(attributes[style], pairs[style], NULL);
    addnwstr((const wchar_t *)(scalars + start), end - start);
    start = end;
  }
  attr_set(A_NORMAL, 0, NULL);
  // A full row has wrapped the cursor to the next one, or left it in the last cell of the last one.
  if (count == 0) clrtoeol();
}

void ct_show(int row, int column) {
  if (!is_open) return;
  bool is_shown = row >= 0;
  if (is_shown) {
    cursor_row = row;
    cursor_column = column;
  }
  if (is_shown != is_cursor_shown) {
    curs_set(is_shown ? 1 : 0);
    is_cursor_shown = is_shown;
  }
  move(cursor_row, cursor_column);
  wnoutrefresh(stdscr);
  doupdate();
}

void ct_redraw(void) {
  if (screen == NULL) return;
  clearok(curscr, TRUE);
  move(cursor_row, cursor_column);
  wnoutrefresh(stdscr);
  doupdate();
}

void ct_beep(void) {
  if (!is_open) return;
  beep();
}
