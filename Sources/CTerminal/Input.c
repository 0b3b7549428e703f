// Input: bytes to events.
//
// Bytes are read one by one with getch and decoded here with a kept mbstate_t, because ncurses' own get_wch keeps its
// byte buffer in a local variable and loses a Chinese character whose bytes arrive in two reads. curses decodes the
// terminal's key sequences; what it does not know is swallowed here up to its final byte.

#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>

// Codes of our own for define_key, above KEY_MAX (0777) and any that ncurses gives to extended capabilities.
enum { KEY_PASTE_ON = 04000, KEY_PASTE_OFF = 04001 };

// A paste whose end mark does not come within this time is over: the terminal broke off.
enum { PASTE_STALL_MS = 1000, ESC_DELAY_MS = 50 };

static mbstate_t decoding;
static bool has_partial;    // the first bytes of a character are in `decoding`
static bool has_more;       // curses may hold bytes that poll cannot see
static int pushed = -1;     // a byte read too far
static char pasted[CT_PASTE_MAX];
static size_t pasted_length;

const void *ct_pasted(void) { return pasted; }

// Sequences that terminfo may not name for this TERM: PuTTY and rxvt send ESC[11~ for F1, the Linux console ESC[[A,
// and a terminal in application mode ESC O A for an arrow. They mean the same on every terminal, so they win.
static const struct {
  const char *sequence;
  int code;
} table[] = {
  {"\033[200~", KEY_PASTE_ON}, {"\033[201~", KEY_PASTE_OFF},
  {"\033[11~", KEY_F(1)}, {"\033[12~", KEY_F(2)}, {"\033[13~", KEY_F(3)}, {"\033[14~", KEY_F(4)},
  {"\033[15~", KEY_F(5)}, {"\033[17~", KEY_F(6)}, {"\033[18~", KEY_F(7)}, {"\033[19~", KEY_F(8)},
  {"\033[20~", KEY_F(9)}, {"\033[21~", KEY_F(10)}, {"\033[23~", KEY_F(11)}, {"\033[24~", KEY_F(12)},
  {"\033[[A", KEY_F(1)}, {"\033[[B", KEY_F(2)}, {"\033[[C", KEY_F(3)}, {"\033[[D", KEY_F(4)}, {"\033[[E", KEY_F(5)},
  {"\033OP", KEY_F(1)}, {"\033OQ", KEY_F(2)}, {"\033OR", KEY_F(3)}, {"\033OS", KEY_F(4)},
  {"\033[A", KEY_UP}, {"\033[B", KEY_DOWN}, {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
  {"\033OA", KEY_UP}, {"\033OB", KEY_DOWN}, {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT},
  {"\033[H", KEY_HOME}, {"\033[F", KEY_END}, {"\033OH", KEY_HOME}, {"\033OF", KEY_END},
  {"\033[1~", KEY_HOME}, {"\033[4~", KEY_END}, {"\033[7~", KEY_HOME}, {"\033[8~", KEY_END},
  {"\033[2~", KEY_IC}, {"\033[3~", KEY_DC}, {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE}, {"\033[Z", KEY_BTAB},
};

bool ct_input_open(void) {
  if (raw() == ERR || noecho() == ERR) {
    return false;
  }
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  intrflush(stdscr, FALSE);   // never flush input
  if (getenv("ESCDELAY") == NULL) set_escdelay(ESC_DELAY_MS);
  // A single control character is never a key of curses' (the Linux console's terminfo calls ^Z "suspend").
  for (char c = 1; c < 0x20; c++) {
    const char one[2] = {c, 0};
    if (key_defined(one) > 0) define_key(one, 0);
  }
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    define_key(table[i].sequence, table[i].code);
  }
  memset(&decoding, 0, sizeof decoding);
  has_partial = has_more = false;
  pushed = -1;
  return true;
}

static int next_code(void) {
  int code = pushed;
  pushed = -1;
  return code >= 0 ? code : getch();
}

// The first byte after poll has said that there is one: it is read at once. With nodelay curses would ask poll once more.
static int ready_code(void) {
  if (pushed >= 0) return next_code();
  nodelay(stdscr, FALSE);
  int code = getch();
  nodelay(stdscr, TRUE);
  return code;
}

// One more byte of a character. True when `scalar` is complete.
static bool decode(int byte, uint32_t *scalar) {
  // ASCII is the same in every codeset served, except inside a character that has begun.
  if (!has_partial && byte < 0x80) {
    *scalar = (uint32_t)byte;
    return true;
  }
  char one = (char)byte;
  for (int attempt = 0; attempt < 2; attempt++) {
    wchar_t wide = 0;
    size_t n = mbrtowc(&wide, &one, 1, &decoding);
    if (n == (size_t)-2) {
      has_partial = true;
      return false;
    }
    if (n != (size_t)-1) {
      has_partial = false;
      *scalar = (uint32_t)wide;
      return true;
    }
    // A bad sequence: forget it, and try the byte that broke it as a beginning, else the next ASCII key is lost.
    memset(&decoding, 0, sizeof decoding);
    bool was_partial = has_partial;
    has_partial = false;
    if (!was_partial) return false;
  }
  return false;
}

static void forget_partial(void) {
  memset(&decoding, 0, sizeof decoding);
  has_partial = false;
}

static int key_of_curses(int code) {
  switch (code) {
    case KEY_ENTER: return CT_KEY_ENTER;
    case KEY_BTAB: return CT_KEY_BACK_TAB;
    case KEY_BACKSPACE: return CT_KEY_BACKSPACE;
    case KEY_DC: return CT_KEY_DELETE;
    case KEY_IC: return CT_KEY_INSERT;
    case KEY_UP: return CT_KEY_UP;
    case KEY_DOWN: return CT_KEY_DOWN;
    case KEY_LEFT: return CT_KEY_LEFT;
    case KEY_RIGHT: return CT_KEY_RIGHT;
    case KEY_HOME: case KEY_FIND: case KEY_A1: return CT_KEY_HOME;
    case KEY_END: case KEY_SELECT: case KEY_C1: return CT_KEY_END;
    case KEY_PPAGE: case KEY_A3: return CT_KEY_PAGE_UP;
    case KEY_NPAGE: case KEY_C3: return CT_KEY_PAGE_DOWN;
    default: break;
  }
  if (code >= KEY_F(1) && code <= KEY_F(12)) return CT_KEY_F1 + (code - KEY_F(1));
  return CT_KEY_UNKNOWN;
}

static int key_of_control(uint32_t c) {
  switch (c) {
    case '\t': return CT_KEY_TAB;
    case '\r': case '\n': return CT_KEY_ENTER;
    case 0x08: case 0x7f: return CT_KEY_BACKSPACE;
    default: break;
  }
  return c >= 1 && c <= 26 ? CT_KEY_CONTROL_A + (int)c - 1 : CT_KEY_UNKNOWN;
}

// After a lone ESC: the rest of a sequence no table knows is swallowed, so that it never appears as text in a field.
// CSI is ESC [ parameters final, SS3 is ESC O final; both are there at once or not at all.
static int key_of_escape(void) {
  int code = next_code();
  if (code == ERR) return CT_KEY_ESCAPE;
  if (code != '[' && code != 'O') {
    pushed = code;
    return CT_KEY_ESCAPE;
  }
  int introducer = code;
  code = next_code();
  if (code == ERR) {
    pushed = introducer;
    return CT_KEY_ESCAPE;
  }
  if (introducer == '[') {
    if (code == '[') code = next_code();   // the Linux console's F-keys: one more byte
    while (code >= 0x20 && code < 0x40) code = next_code();
  }
  return CT_KEY_UNKNOWN;
}

static void paste_scalar(uint32_t c) {
  char bytes[4];
  size_t n = 0;
  if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return;
  if (c < 0x80) {
    bytes[n++] = (char)c;
  } else if (c < 0x800) {
    bytes[n++] = (char)(0xc0 | c >> 6);
  } else if (c < 0x10000) {
    bytes[n++] = (char)(0xe0 | c >> 12);
    bytes[n++] = (char)(0x80 | (c >> 6 & 0x3f));
  } else {
    bytes[n++] = (char)(0xf0 | c >> 18);
    bytes[n++] = (char)(0x80 | (c >> 12 & 0x3f));
    bytes[n++] = (char)(0x80 | (c >> 6 & 0x3f));
  }
  if (c >= 0x80) bytes[n++] = (char)(0x80 | (c & 0x3f));
  if (pasted_length + n > sizeof pasted) {
    pasted_length = sizeof pasted + 1;   // full: nothing shorter may slip in behind what was cut
    return;
  }
  memcpy(pasted + pasted_length, bytes, n);
  pasted_length += n;
}

// Reads up to the end mark; everything else in between is text or nothing.
static size_t read_paste(void) {
  size_t end = 0;
  pasted_length = 0;
  forget_partial();
  for (;;) {
    int code = next_code();
    if (code == KEY_PASTE_OFF) break;
    if (code == ERR) {
      struct pollfd input = {CT_IN, POLLIN, 0};
      int n = poll(&input, 1, PASTE_STALL_MS);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0 || (input.revents & POLLIN) == 0) break;
      continue;
    }
    uint32_t scalar;
    if (code <= 0xff && decode(code, &scalar) && pasted_length <= sizeof pasted) paste_scalar(scalar);
    if (pasted_length <= sizeof pasted) end = pasted_length;
  }
  forget_partial();
  return end;
}

// The next event from bytes that are there; false when they are used up. `is_ready`: poll has just said that there are some.
static bool next_input(ct_event *event, bool is_ready) {
  for (;;) {
    int code = is_ready ? ready_code() : next_code();
    is_ready = false;
    if (code == ERR) {
      has_more = false;
      return false;
    }
    if (code == KEY_RESIZE) continue;
    if (code > 0xff) {
      forget_partial();
      has_more = false;
      if (code == KEY_PASTE_OFF) continue;
      if (code == KEY_PASTE_ON) {
        *event = (ct_event){CT_EVENT_PASTE, (uint32_t)read_paste()};
      } else {
        *event = (ct_event){CT_EVENT_KEY, (uint32_t)key_of_curses(code)};
      }
      return true;
    }
    uint32_t scalar;
    if (!decode(code, &scalar)) continue;
    if (scalar == 0x1b) {
      has_more = true;
      *event = (ct_event){CT_EVENT_KEY, (uint32_t)key_of_escape()};
    } else if (scalar < 0x20 || scalar == 0x7f) {
      *event = (ct_event){CT_EVENT_KEY, (uint32_t)key_of_control(scalar)};
    } else {
      *event = (ct_event){CT_EVENT_CHARACTER, scalar};
    }
    return true;
  }
}

static int64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void ct_wait(int timeout_ms, const int *watched, int count, ct_event *event) {
  int64_t deadline = timeout_ms >= 0 ? now_ms() + timeout_ms : 0;
  if (count > CT_WATCHED_MAX) count = CT_WATCHED_MAX;
  for (;;) {
    if (ct_signals_next(event)) return;
    if ((has_more || pushed >= 0) && next_input(event, false)) return;

    struct pollfd polled[2 + CT_WATCHED_MAX] = {{CT_IN, POLLIN, 0}, {ct_signals_pipe(), POLLIN, 0}};
    for (int i = 0; i < count; i++) polled[2 + i] = (struct pollfd){watched[i], POLLIN, 0};
    int64_t left = -1;
    if (timeout_ms >= 0) {
      left = deadline - now_ms();
      if (left < 0) left = 0;
    }
    if (ct_signals_is_woken()) left = 0;
    int ready = poll(polled, (nfds_t)(2 + count), (int)left);
    if (ready < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
      *event = (ct_event){CT_EVENT_HANGUP, SIGHUP};
      return;
    }
    if (ct_signals_next(event)) return;
    if ((polled[0].revents & POLLIN) != 0 && next_input(event, true)) return;
    if ((polled[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
      *event = (ct_event){CT_EVENT_HANGUP, SIGHUP};
      return;
    }
    if (ct_signals_take_wake()) {
      *event = (ct_event){CT_EVENT_WAKE, 0};
      return;
    }
    for (int i = 0; i < count; i++) {
      if (polled[2 + i].revents != 0) {
        *event = (ct_event){CT_EVENT_READABLE, (uint32_t)watched[i]};
        return;
      }
    }
    if (ready == 0) {
      *event = (ct_event){CT_EVENT_TIMEOUT, 0};
      return;
    }
  }
}
