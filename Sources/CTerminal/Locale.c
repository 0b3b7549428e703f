// The locale: which codeset the terminal speaks, and how wide a character is in it.

#include "internal.h"

#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char chosen[64];
static bool serves, is_utf8, has_all_han;

static void choose(void) {
  const char *locale = setlocale(LC_CTYPE, "");
  const char *codeset = nl_langinfo(CODESET);
  // glibc calls the codeset of C and POSIX "ANSI_X3.4-1968"; a locale that is not installed leaves us there, too.
  // C.UTF-8 is part of the C library and needs no "locales" package; older systems spell it differently.
  if (locale == NULL || strcmp(codeset, "ANSI_X3.4-1968") == 0) {
    static const char *const fallbacks[] = {"C.UTF-8", "C.utf8", "zh_CN.UTF-8", "en_US.UTF-8"};
    for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks; i++) {
      if (setlocale(LC_CTYPE, fallbacks[i]) != NULL) break;
    }
    codeset = nl_langinfo(CODESET);
  }
  snprintf(chosen, sizeof chosen, "%s", codeset);
  is_utf8 = strcmp(chosen, "UTF-8") == 0;
  serves = is_utf8 || strcmp(chosen, "GB18030") == 0 || strcmp(chosen, "GBK") == 0 || strcmp(chosen, "GB2312") == 0;
  has_all_han = serves && strcmp(chosen, "GB2312") != 0 && wcwidth(0x4e00) == 2 && wcwidth(0x9fa5) == 2;
}

int ct_locale(char *codeset, int size) {
  pthread_once(&once, choose);
  if (codeset != NULL && size > 0) snprintf(codeset, (size_t)size, "%s", chosen);
  return serves ? 0 : -1;
}

int ct_encodable(uint32_t scalar) {
  pthread_once(&once, choose);
  char bytes[16];
  mbstate_t state;
  memset(&state, 0, sizeof state);
  return wcrtomb(bytes, (wchar_t)scalar, &state) != (size_t)-1;
}

int ct_width(uint32_t scalar) {
  pthread_once(&once, choose);
  // The 20,902 common Chinese characters are one block, all of it in UTF-8, GBK and GB18030.
  if (has_all_han && scalar >= 0x4e00 && scalar <= 0x9fa5) return 2;
  int width = wcwidth((wchar_t)scalar);
  // In GBK a character may have a width and still no bytes; curses would print a blank for it.
  if (width > 0 && !is_utf8 && !ct_encodable(scalar)) return -1;
  return width;
}
