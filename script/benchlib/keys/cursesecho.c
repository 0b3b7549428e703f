// cursesecho: the floor of a program that draws with curses, and does nothing else: a key is read as ours reads it, one character put on
// the screen, the screen refreshed. What zoufang needs beyond this is its own; what this needs beyond rawecho is curses'.

#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <wchar.h>

#include <curses.h>

static void ignore(int signal) { (void)signal; }

int main(void) {
  setlocale(LC_ALL, "");
  signal(SIGTSTP, ignore);   // as zoufang: curses then leaves the signal alone during each update
  if (initscr() == NULL) return 1;
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  typeahead(-1);
  mvaddstr(0, 0, "READY");
  mvaddstr(LINES - 1, 0, "-");   // a screen that is not empty at its end, as every real one
  int column = 0;
  move(1, 0);
  refresh();
  mbstate_t decoding;
  memset(&decoding, 0, sizeof decoding);
  for (;;) {
    struct pollfd input = {0, POLLIN, 0};
    if (poll(&input, 1, -1) < 0) continue;
    int code = getch();
    if (code == ERR) return 0;
    if (code == 0x15) {   // Ctrl-U
      move(1, 0);
      clrtoeol();
      column = 0;
      refresh();
      continue;
    }
    char byte = (char)code;
    wchar_t character;
    if (mbrtowc(&character, &byte, 1, &decoding) > 1) continue;
    mvaddnwstr(1, column, &character, 1);
    column = getcurx(stdscr);
    refresh();
  }
}
