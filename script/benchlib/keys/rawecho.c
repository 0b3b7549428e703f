// rawecho: the floor of the keys bench. Reads what is typed and writes it back, with nothing between; Backspace takes one column back.
// No program that shows what is typed can be faster through a terminal.

#include <string.h>
#include <termios.h>
#include <unistd.h>

static void put(const char *bytes, size_t count) {
  if (write(STDOUT_FILENO, bytes, count) < 0) _exit(1);
}

int main(void) {
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) != 0) return 1;
  cfmakeraw(&modes);
  tcsetattr(STDIN_FILENO, TCSANOW, &modes);
  put("READY\r\n", 7);
  char typed[4096];
  for (;;) {
    ssize_t count = read(STDIN_FILENO, typed, sizeof typed);
    if (count <= 0) return 0;
    ssize_t start = 0;
    for (ssize_t i = 0; i <= count; i++) {
      if (i < count && typed[i] != 0x7f) continue;
      if (i > start) put(typed + start, (size_t)(i - start));
      if (i < count) put("\b \b", 3);
      start = i + 1;
    }
  }
}
